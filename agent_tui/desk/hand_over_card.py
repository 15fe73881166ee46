"""The hand-over card: the form of the note in which a conversation is laid out for whoever is next. Pure.

The form is plain text that colleagues read in any client. Its signs, not its words, say what is what, so that
a card written in one language is a card in every other::

    ⇄ Hand-over card
    ? Open question
    - My card was declined at the till
    » For you
    - The settlement goes out at five
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from agent_tui.desk.text import Displayable, clean_line

MOST_ITEMS: Final = 8
"""Of one part that are read or written; the log has the rest."""
ITEM_LIMIT: Final = 300
"""Characters of one item."""
_READ_LIMIT: Final = 20_000
"""Characters of a note that are looked at."""
_HEAD: Final = "⇄ "
_READ: Final = "⇄ ✓ "
_ITEM: Final = "- "
_CALL: Final = re.compile(r"(?<!\S)(@+)(?=[^\s@])")
_LINK: Final = re.compile(r"\](?=[(\[:])")


class Part(enum.Enum):
    """What a card tells, by the sign that begins it, in the order shown."""

    QUESTION = "?"
    """What the customer wants to know now."""
    KNOWN = "·"
    """What is known of the matter."""
    TRIED = "✓"
    """What was said and done about it."""
    SENT = "↗"
    """Prepared texts and addresses the customer has."""
    PROMISED = "!"
    """What the customer was told would happen."""
    TAGS = "◇"
    FOR_YOU = "»"
    """A word from the one who hands over."""


class HandOverCard(Struct, frozen=True):
    """Items by part; a part without items is left out."""

    items: Mapping[Part, tuple[Displayable, ...]]

    def of(self, part: Part) -> tuple[Displayable, ...]:
        """The items of a part."""
        return self.items.get(part, ())


def card_of(items: Mapping[Part, tuple[str, ...]]) -> HandOverCard:
    """A card with what of ``items`` can be shown, each once, at most :data:`MOST_ITEMS` of a part."""
    return HandOverCard({part: found for part in Part if (found := _fit(items.get(part, ())))})


def _fit(items: tuple[str, ...]) -> tuple[Displayable, ...]:
    cleaned = (clean_line(item, limit=ITEM_LIMIT) for item in items)
    return tuple(dict.fromkeys(filter(None, cleaned)))[:MOST_ITEMS]


def written(card: HandOverCard, head: str, titles: Mapping[Part, str]) -> str:
    """The card as a note. ``head`` and ``titles`` are the writer's words for the note and its parts."""
    rows = [f"{_HEAD}{head}"]
    for part in Part:
        if card.of(part):
            rows.append(f"{part.value} {titles[part]}")
            rows += [f"{_ITEM}{_harmless(item)}" for item in card.of(part)]
    return "\n".join(rows)


def _harmless(item: str) -> str:
    """Quoted words call nobody in, and are no link or picture in a client that knows Markdown."""
    return _LINK.sub("] ", _CALL.sub(r"\1 ", item))


def parsed(text: str) -> HandOverCard | None:
    """The card in a note, ``None`` when it is none. Takes any text whatever."""
    head, _, rest = text[:_READ_LIMIT].strip().partition("\n")
    if not head.startswith(_HEAD) or head.startswith(_READ):
        return None
    items: dict[Part, list[str]] = {}
    part = Part.FOR_YOU
    for row in rest.splitlines():
        found = _part_of(row)
        part = found or part
        if found is None and row.strip():
            items.setdefault(part, []).append(row.strip().removeprefix(_ITEM.strip()).strip())
    return card_of({one: tuple(said) for one, said in items.items()})


def _part_of(row: str) -> Part | None:
    sign, blank, _ = row.partition(" ")
    return next((part for part in Part if blank and part.value == sign), None)


def receipt(words: str) -> str:
    """The note that says that a card was read."""
    return f"{_READ}{words}"


def is_receipt(text: str) -> bool:
    """Whether a note says that a card was read."""
    return text.lstrip().startswith(_READ)
