"""Rows of a file made into responses and back; a name or value that does not fit is told with its remedy."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from canned.model import ANY, After, Attachment, Link, Original, Owner, Priority, Response
from canned.places import Place, Problem
from canned.rows import Row

MAX_TEXT: Final = 20_000
_Line = Annotated[str, Meta(max_length=300)]
_Text = Annotated[str, Meta(max_length=MAX_TEXT)]
_Shortcut = Annotated[str, Meta(pattern=r"^\S+$", max_length=64)]
_Language = Annotated[str, Meta(pattern="^[a-z]{2,3}$")]
_Lines = Annotated[list[_Line], Meta(max_length=100)]
_Address = Annotated[str, Meta(pattern=r"^https?://\S+$", max_length=2_000)]


class _Attachment(Struct, forbid_unknown_fields=True):
    path: Annotated[str, Meta(min_length=1, max_length=500)]
    name: _Line = ""


class _Link(Struct, forbid_unknown_fields=True):
    url: _Address
    title: _Line = ""
    language: _Language | None = None


class _After(Struct, forbid_unknown_fields=True):
    tags: _Lines = []
    priority: Priority | None = None
    snooze: Annotated[int, Meta(ge=1, le=525_600)] | None = None
    resolve: bool = False


class _Original(Struct, forbid_unknown_fields=True):
    shortcut: _Shortcut
    hash: Annotated[str, Meta(pattern="^[0-9a-f]{16}$")]


class _Response(Struct, forbid_unknown_fields=True):
    """A response as files have it."""

    shortcut: _Shortcut
    text: _Text | dict[_Language, _Text] = ""
    title: _Line = ""
    category: _Line = ""
    tags: _Lines = []
    queues: _Lines = []
    attachments: Annotated[list[str | _Attachment], Meta(max_length=20)] = []
    links: Annotated[list[str | _Link], Meta(max_length=100)] = []
    when: Annotated[str, Meta(max_length=2_000)] = ""
    version: _Line = ""
    after: _After = msgspec.field(default_factory=_After)
    auto_send: bool = False
    original: _Original | None = None


NAMES: Final = _Response.__struct_fields__
"""What a response may say of itself in a file."""
ANY_NAME: Final = "any"
"""How files spell the text for every other language, beside texts by language."""


class RowError(Exception):
    """A row that is no response."""

    def __init__(self, name: str, what: str, remedy: str) -> None:
        super().__init__(f"{what}; {remedy}")
        self.name, self.what, self.remedy = name, what, remedy


def tidy(text: str) -> str:
    """The text with plain line ends and no blank space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def path_of(category: str) -> tuple[str, ...]:
    """The category's path: ``tax / cards`` is two steps."""
    return tuple(filter(None, (step.strip() for step in category.split("/"))))


def read_rows(
    rows: Iterable[Row], file: str, owner: Owner, keys: str, category: tuple[str, ...] = ()
) -> tuple[list[tuple[Response, Place]], list[Problem]]:
    """The responses of a file, with their places, and what could not be read.

    Args:
        rows: the file, taken apart.
        file: its name for people.
        owner: whose they are.
        keys: put before each shortcut to make its key.
        category: for responses that name none.
    """
    read: list[tuple[Response, Place]] = []
    problems: list[Problem] = []
    for row in rows:
        try:
            read.append((from_values(row.values, owner, keys, category), Place(file, row.line)))
        except RowError as error:
            problems.append(Problem(Place(file, row.line_of(error.name)), error.what, error.remedy))
    return read, problems


def from_values(
    values: Mapping[str, Any], owner: Owner = Owner.SHARED, keys: str = "", category: tuple[str, ...] = ()
) -> Response:
    """The response that a file's names and values tell. What is ``None`` counts as not there.

    Raises:
        RowError: they tell none.
    """
    given = _given(values)
    any_text = given["text"].pop(ANY_NAME, "") if isinstance(given.get("text"), dict) else ""
    try:
        row = msgspec.convert(given, _Response, strict=False)
        any_text = msgspec.convert(any_text, _Text)
    except msgspec.ValidationError as error:
        raise _told(str(error), given) from None
    bodies = {k: tidy(v) for k, v in row.text.items()} if isinstance(row.text, dict) else {}
    bodies = {language: text for language, text in bodies.items() if text}
    text = tidy(any_text if isinstance(row.text, dict) else row.text)
    if not text and not bodies:
        raise RowError("text", f"{row.shortcut} has no text", 'add text = "..."')
    return Response(
        key=f"{keys}{row.shortcut.casefold()}",
        shortcut=row.shortcut,
        text=text,
        title=row.title.strip(),
        category=path_of(row.category) or category,
        tags=tuple(row.tags),
        queues=tuple(row.queues),
        bodies=bodies,
        attachments=tuple(
            Attachment(one) if isinstance(one, str) else Attachment(one.path, one.name)
            for one in row.attachments
        ),
        links=tuple(_link(one) for one in row.links),
        when=tidy(row.when),
        owner=owner,
        version=row.version,
        after=After(tuple(row.after.tags), row.after.priority, row.after.snooze, row.after.resolve),
        auto_send=row.auto_send,
        original=None if row.original is None else Original(row.original.shortcut, row.original.hash),
    )


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values without those that are ``None``, two tables deep, in new tables."""
    return {
        name: {inner: deep for inner, deep in value.items() if deep is not None}
        if isinstance(value, dict)
        else value
        for name, value in values.items()
        if value is not None
    }


def _link(one: str | _Link) -> Link:
    if isinstance(one, _Link):
        return Link(one.url, one.title, one.language or ANY)
    if not re.match(r"^https?://\S+$", one):
        raise RowError("links", f"{one[:60]!r} is no address", "write it with https:// in front")
    return Link(one)


_EXPECTED: Final[Mapping[str, str]] = {
    "shortcut": "write one word without blanks",
    "text": "write a text in quotes, or one for each language such as fi and sv",
    "category": "write a path such as tax/cards in quotes",
    "tags": "write a list of texts",
    "queues": "write a list of texts",
    "attachments": "write a list of files",
    "links": "write a list of addresses that begin with https://",
    "after": "it takes tags, priority (low, medium, high, urgent), snooze (minutes) and resolve",
    "auto_send": "write true or false",
    "original": "it takes shortcut and hash, as the program writes them",
}


def _told(message: str, given: Mapping[str, Any]) -> RowError:
    """What the checker says, for a person."""
    place = re.search(r"at `(?:key` in `)?\$\.?(\w*)", message)
    name = place[1] if place else ""
    unknown = re.search(r"unknown field `(.*?)`", message)
    missing = re.search(r"missing required field `(.*?)`", message)
    if unknown and not name:
        near = difflib.get_close_matches(unknown[1], NAMES, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(NAMES)}"
        return RowError(unknown[1], f"unknown name {unknown[1][:60]}", hint)
    if missing and not name:
        return RowError("", f"{missing[1]} is missing", f'add {missing[1]} = "..."')
    who = given.get("shortcut")
    of = f" of {who[:64]}" if isinstance(who, str) and name != "shortcut" else ""
    return RowError(name, f"{name or 'this'}{of} does not fit", _EXPECTED.get(name, "write a text in quotes"))


def to_values(response: Response) -> dict[str, Any]:
    """The response as files have it: what differs from the default, texts first."""
    text: Any = response.text
    if response.bodies:
        text = ({ANY_NAME: response.text} if response.text else {}) | response.bodies
    values: dict[str, Any] = {
        "shortcut": response.shortcut,
        "title": response.title,
        "category": "/".join(response.category),
        "tags": list(response.tags),
        "queues": list(response.queues),
        "when": response.when,
        "version": response.version,
        "auto_send": response.auto_send,
        "attachments": [
            {"path": one.path, "name": one.name} if one.name else one.path for one in response.attachments
        ],
        "links": [_link_values(link) for link in response.links],
        "text": text,
        "after": _set(response.after),
        "original": _set(response.original) if response.original else {},
    }
    return {name: value for name, value in values.items() if value}


def _link_values(link: Link) -> str | dict[str, Any]:
    values = _set(link)
    return link.url if len(values) == 1 else values


def _set(struct: Struct) -> dict[str, Any]:
    """What a record says that is not empty."""
    return {name: value for name, value in msgspec.to_builtins(struct).items() if value}
