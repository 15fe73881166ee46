"""What is looked at before a reply leaves, each check by itself; the rules say which are wanted. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from agent_tui.desk.addresses import Oddity, addresses
from agent_tui.desk.concerns import (
    Concern,
    GapLeft,
    LinkDead,
    LinkInternal,
    NumberGiven,
    SaidBefore,
    WrongLanguage,
)
from agent_tui.desk.late import pattern
from agent_tui.desk.linkbook import Health, health_of
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.private_numbers import private_numbers
from agent_tui.desk.speech import newest_first, spoken
from agent_tui.desk.text import clean_line
from agent_tui.desk.transcript import Fate
from api_client.models.message import MessageKind
from canned.certainty import sure_of
from canned.spans import gaps

_LONG: Final = 60
"""Characters of a paragraph that nobody writes twice by chance."""
_SHORT: Final = 25
"""A whole text shorter than this may well be said twice."""
_template: Final = pattern(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}")
_blank: Final = pattern(
    r"(?<!\w)\[(?=[^\W\d_])[\w .,'’-]{1,30}\](?![(\[:])"
    r"|(?<!\w)\{[^\W\d_]\w{0,30}\}"
    r"|(?<!\w)<[^\W\d_][\w ]{1,30}>(?!\w)"
)
"""What people write for a gap: ``[name]``, ``{name}``, ``<name>``."""


def concerns(state: DeskState, chat: Chat, text: str, *, note: bool) -> tuple[Concern, ...]:
    """What speaks against sending ``text``, the gravest first; nothing where all is well.

    A note is for colleagues: only what a template left open is told.
    """
    checks = state.rules.checks
    found: list[Concern] = [*_gaps(text, note=note)] if checks.gaps else []
    if note:
        return tuple(found)
    if checks.numbers:
        found += [NumberGiven(number.kind) for number in private_numbers(text)[:1]]
    if checks.links:
        found += _links(state, text)
    if checks.language:
        found += _language(chat, text)
    if checks.repeated:
        found += _said_before(chat, text)
    return tuple(found)


def _gaps(text: str, *, note: bool) -> Iterator[GapLeft]:
    open_ones = [*gaps(text), *_template().findall(text), *([] if note else _blank().findall(text))]
    yield from (GapLeft(clean_line(name)) for name in open_ones[:1])


def _links(state: DeskState, text: str) -> Iterator[Concern]:
    for address in addresses(text):
        if Oddity.INTERNAL in address.oddities:
            yield LinkInternal(address.host)
            return
        if health_of(state.linkbook, address.url) is Health.DEAD:
            yield LinkDead(address.shown)
            return


def _language(chat: Chat, text: str) -> Iterator[WrongLanguage]:
    wanted, found = spoken(chat), sure_of(text)
    if found and wanted and found not in wanted:
        yield WrongLanguage(chat.card.name, found, wanted[0])


def _said_before(chat: Chat, text: str) -> Iterator[SaidBefore]:
    wanted = _pieces(text)
    for line in newest_first(chat):
        arrived = line.kind is MessageKind.AGENT and line.fate is not Fate.FAILED and not line.deleted
        if arrived and not wanted.isdisjoint(_pieces(line.raw)):
            yield SaidBefore(line.at)
            return


def _pieces(text: str) -> frozenset[str]:
    """The text as a whole, and each of its longer paragraphs, as they are compared.

    A prepared text with a greeting before it is still the same prepared text.
    """
    whole = _folded(text)
    longer = (part for part in map(_folded, text.split("\n")) if len(part) >= _LONG)
    return frozenset((whole, *longer)) if len(whole) >= _SHORT else frozenset()


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
