"""Addresses in lines of the log: set apart from the text, and told where they really lead. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, assert_never

from agent_tui.desk.addresses import Address, Oddity
from agent_tui.desk.text import Displayable
from agent_tui.widgets.painting import Piece
from agent_tui.wording import count, say
from themes.contract import Ink

_MOST_REMARKS: Final = 4
"""Hosts told one by one below a line; further ones are counted."""
_WARNED_OF: Final = frozenset({Oddity.MIXED, Oddity.FOREIGN, Oddity.HIDDEN, Oddity.NUMBER})
"""What is told below a line; the rest is told where links are listed."""


def set_apart(text: Displayable, start: int, end: int, found: Sequence[Address], ink: Ink) -> Iterator[Piece]:
    """``text`` from ``start`` up to ``end`` without the blanks there, its addresses in another ink."""
    end = start + len(text[start:end].rstrip())
    done = start
    for address in found:
        first, last = max(done, address.start), min(end, address.end)
        if first < last:
            if done < first:
                yield Piece(Displayable(text[done:first]), ink)
            yield Piece(Displayable(text[first:last]), Ink.ACCENT)
            done = last
    if done < end or done == start:
        yield Piece(Displayable(text[done:end]), ink)


def remarks(found: Sequence[Address]) -> Iterator[Displayable]:
    """What a person should know before they trust one of the addresses."""
    odd = {one.host: one for one in found if not _WARNED_OF.isdisjoint(one.oddities)}
    for address in islice(odd.values(), _MOST_REMARKS):
        words = [oddity_words(oddity) for oddity in address.oddities if oddity in _WARNED_OF]
        yield say(
            "! This address leads to {host}: {why}.", host=address.host, why=Displayable(" · ".join(words))
        )
    if (more := len(odd) - _MOST_REMARKS) > 0:
        yield count("! {n} more address here is odd too.", "! {n} more addresses here are odd too.", more)


def oddity_words(oddity: Oddity) -> Displayable:
    """What is odd about an address, in a few words."""
    match oddity:
        case Oddity.MIXED:
            return say("letters of several alphabets that look alike")
        case Oddity.FOREIGN:
            return say("letters beyond a to z")
        case Oddity.HIDDEN:
            return say("another name stands before the @")
        case Oddity.NUMBER:
            return say("a number in place of a name")
        case Oddity.INTERNAL:
            return say("inside of the house")
        case Oddity.OPEN:
            return say("not encrypted")
        case _:
            assert_never(oddity)
