"""Where canned responses stand in a text being written, and what in them is to be filled in. Pure.

Places count characters of the text. They follow what is typed before, in and after them.
"""

from __future__ import annotations

from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from canned.model import After


class Place(Struct, frozen=True):
    """From ``start`` up to ``end``."""

    start: int
    end: int


class Field(Place, frozen=True):
    """A place to fill in. Its words come from files: they are cleaned where they are shown."""

    name: str
    choices: tuple[str, ...] = ()
    hint: str = ""
    default: str = ""


class Passage(Place, frozen=True):
    """A canned response that was put into the text, as the agent has changed it since."""

    key: str
    """Of the response, as in ``canned.model``."""
    shortcut: str
    language: str = ""
    """Of the text that was taken; empty when it stands for any language."""
    plain: str = ""
    """What was put in, without its fields; to measure what the agent changed."""
    tags: tuple[str, ...] = ()
    """Suggested for the conversation."""
    after: After = After()
    files: tuple[str, ...] = ()
    """Paths of the files that go with it."""


class Marks(Struct, frozen=True):
    """Fields and passages of one text, each in reading order."""

    fields: tuple[Field, ...] = ()
    passages: tuple[Passage, ...] = ()
    current: int | None = None
    """The field being filled in: what is typed at its end belongs to it."""

    @property
    def field(self) -> Field | None:
        """The field being filled in."""
        return None if self.current is None else self.fields[self.current]


NO_MARKS: Final = Marks()
_Place = TypeVar("_Place", bound=Place)


def moved(marks: Marks, start: int, end: int, length: int) -> Marks:
    """The marks once ``length`` characters have taken the place of those from ``start`` to ``end``.

    A field stays when the change is within it; one that is partly overwritten is a field no more. A passage
    keeps what is left of it, and goes with its last character.
    """
    if not (marks.fields or marks.passages):
        return marks
    kept: list[tuple[Field, bool]] = []
    for index, field in enumerate(marks.fields):
        current = index == marks.current
        place = _field_moved(field, start, end, length, current=current)
        if place is not None:
            kept.append((place, current))
    passages = (_passage_moved(passage, start, end, length) for passage in marks.passages)
    return Marks(
        tuple(field for field, _ in kept),
        tuple(passage for passage in passages if passage is not None),
        next((index for index, (_, current) in enumerate(kept) if current), None),
    )


def _field_moved(field: Field, start: int, end: int, length: int, *, current: bool) -> Field | None:
    by = length - (end - start)
    if _is_within(field, start, end, current=current):
        return replace(field, end=field.end + by)
    if end <= field.start:
        return _shifted(field, by)
    return field if start >= field.end else None


def _is_within(field: Field, start: int, end: int, *, current: bool) -> bool:
    if start == end and not current:
        return field.start < start < field.end
    return field.start <= start and end <= field.end


def _passage_moved(passage: Passage, start: int, end: int, length: int) -> Passage | None:
    by = length - (end - start)
    if start >= passage.end:
        return passage
    if end <= passage.start:
        return _shifted(passage, by)
    if start <= passage.start and end >= passage.end:
        return None
    first = start + length if start <= passage.start else passage.start
    last = start if end >= passage.end else passage.end + by
    return replace(passage, start=first, end=last)


def _shifted(place: _Place, by: int) -> _Place:
    return replace(place, start=place.start + by, end=place.end + by)


def with_passage(marks: Marks, passage: Passage, fields: tuple[Field, ...], at: int) -> Marks:
    """The marks with a passage put in at ``at``; its own places count from its beginning."""
    new = tuple(_shifted(field, at) for field in fields)
    return Marks(
        tuple(sorted((*marks.fields, *new), key=lambda field: (field.start, field.end))),
        tuple(sorted((*marks.passages, _shifted(passage, at)), key=lambda one: one.start)),
    )


def without_fields(text: str, start: int, end: int, fields: tuple[Field, ...]) -> str:
    """What stands in ``text`` from ``start`` to ``end`` besides the fields: those are there to be changed."""
    parts: list[str] = []
    at = start
    for field in fields:
        if start <= field.start and field.end <= end and field.start >= at:
            parts.append(text[at : field.start])
            at = field.end
    return "".join((*parts, text[at:end]))
