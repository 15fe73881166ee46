"""Checks of a library: what would embarrass an agent or a customer, found before either meets it."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from canned.addresses import addresses
from canned.languages import guess
from canned.likeness import near_duplicates
from canned.model import ANY, Response, folded
from canned.places import Place, Problem
from canned.readability import limit, lix
from canned.render import Inspected, TemplateError, inspect
from canned.variables import KNOWN, nearest


class Check(enum.Enum):
    """What is looked for. The value is its name on the command line and in JSON."""

    UNREADABLE = "unreadable"
    TEMPLATE = "template"
    UNKNOWN_VARIABLE = "unknown-variable"
    FIELD_WITHOUT_DEFAULT = "field-without-default"
    DUPLICATE_SHORTCUT = "duplicate-shortcut"
    MISSING_TRANSLATION = "missing-translation"
    DEAD_LINK = "dead-link"
    UNUSED = "unused"
    NEAR_DUPLICATE = "near-duplicate"
    HARD_TO_READ = "hard-to-read"
    ATTACHMENT_MISSING = "attachment-missing"


ADVICE = frozenset({Check.MISSING_TRANSLATION, Check.UNUSED, Check.NEAR_DUPLICATE, Check.HARD_TO_READ})
"""Checks whose findings are for a person to weigh; all others are mistakes."""


class Finding(Struct, frozen=True):
    """Something to look at."""

    check: Check
    mistake: bool
    """It must be put right; else it is advice."""
    shortcut: str
    language: str
    """Of the text concerned; empty when it concerns all."""
    file: str
    """Empty for a response that comes from no file."""
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        where = Place(self.file, self.line) if self.file else self.shortcut
        return f"{where}: {self.what}; {self.remedy} [{self.check.value}]"


class Wishes(Struct, frozen=True):
    """What a team wants of its library."""

    languages: tuple[str, ...] = ()
    """Languages every response must have; none: those that other responses with translations have."""
    unused_days: int = 0
    """Days without use from which on a response is worth a thought; 0: not looked at."""
    today: date = date.min
    last_used: Mapping[str, date] = {}
    """When each response was last used, by key."""


class _Told(Struct, frozen=True):
    """Something about one response, before it is known where that stands."""

    check: Check
    response: Response
    what: str
    remedy: str
    language: str = ANY


def check(
    responses: Sequence[Response],
    wishes: Wishes,
    places: Mapping[str, Place],
    problems: Iterable[Problem] = (),
) -> list[Finding]:
    """All that is found, in the order of files and lines. Links are asked for elsewhere, they take time.

    Args:
        responses: the library, or one folder of it.
        wishes: what the team wants.
        places: where responses stand, by key.
        problems: what could not be read.
    """
    told = [
        *_texts(responses),
        *_duplicates(responses),
        *_translations(responses, wishes.languages),
        *_attachments(responses),
        *_unused(responses, wishes),
        *_alike(responses),
    ]
    found = [_placed(one, places) for one in told]
    found += [
        Finding(_kind(one), True, "", ANY, one.place.file, one.place.line, one.what, one.remedy)
        for one in problems
    ]
    return sorted(found, key=lambda one: (one.file, one.line, one.shortcut, one.check.value, one.language))


def _kind(problem: Problem) -> Check:
    twice = "is there already" in problem.what
    return Check.DUPLICATE_SHORTCUT if twice else Check.UNREADABLE


def dead_links(
    responses: Iterable[Response], dead: Mapping[str, str], places: Mapping[str, Place]
) -> list[Finding]:
    """Findings for the addresses in ``dead``, which maps each to what is wrong with it."""
    return [
        _placed(
            _Told(Check.DEAD_LINK, response, f"{url} {dead[url]}", "correct or remove it", language), places
        )
        for response in responses
        for language, url in addresses(response)
        if url in dead
    ]


def _placed(told: _Told, places: Mapping[str, Place]) -> Finding:
    place = places.get(told.response.key, Place(""))
    return Finding(
        told.check,
        told.check not in ADVICE,
        told.response.shortcut,
        told.language,
        place.file,
        place.line,
        f"{told.response.shortcut}{f' ({told.language})' if told.language else ''}: {told.what}",
        told.remedy,
    )


# --- each text ---------------------------------------------------------------------------------------


def _texts(responses: Iterable[Response]) -> Iterator[_Told]:
    for response in responses:
        for language, text in response.texts.items():
            try:
                asked = inspect(text)
            except TemplateError as error:
                line = f"line {error.line} of its text: " if error.line else ""
                yield _Told(Check.TEMPLATE, response, f"{line}{error}", "see docs/canned.md", language)
                continue
            yield from _asked(response, language, asked)
            yield from _hard(response, language, text)


def _asked(response: Response, language: str, asked: Inspected) -> Iterator[_Told]:
    for name in sorted(asked.variables - KNOWN):
        near = nearest(name)
        remedy = f"did you mean {near}?" if near else "see docs/canned.md for those there are"
        yield _Told(Check.UNKNOWN_VARIABLE, response, f"there is no {name[:80]}", remedy, language)
    for name in sorted(asked.unknown_filters):
        yield _Told(
            Check.TEMPLATE, response, f"there is no filter {name[:80]}", "see docs/canned.md", language
        )
    if response.auto_send:
        for field in asked.open_fields:
            what = f"the field {field} has no default, but this is sent by itself"
            yield _Told(Check.FIELD_WITHOUT_DEFAULT, response, what, 'add default: "..."', language)


def _hard(response: Response, language: str, text: str) -> Iterator[_Told]:
    spoken = language or guess(text)
    found, most = lix(text), limit(spoken)
    if found is not None and found > most:
        what = f"hard to read (LIX {found:.0f}, at most {most:.0f})"
        yield _Told(Check.HARD_TO_READ, response, what, "use shorter sentences and words", language)


# --- each response -----------------------------------------------------------------------------------


def _duplicates(responses: Iterable[Response]) -> Iterator[_Told]:
    seen: dict[str, Response] = {}
    for response in responses:
        first = seen.setdefault(folded(response.shortcut), response)
        if first is not response:
            what = "another response has this shortcut"
            yield _Told(Check.DUPLICATE_SHORTCUT, response, what, "rename one of them")


def _translations(responses: Sequence[Response], wanted: tuple[str, ...]) -> Iterator[_Told]:
    expected = set(wanted) or {language for response in responses for language in response.bodies}
    for response in responses:
        has = set(response.bodies) | ({guess(response.text)} if response.text else set())
        if wanted or response.bodies:
            for language in sorted(expected - has):
                what = f"there is no text in {language}"
                yield _Told(Check.MISSING_TRANSLATION, response, what, f"add {language} below text")


def _attachments(responses: Iterable[Response]) -> Iterator[_Told]:
    for response in responses:
        for one in response.attachments:
            if not Path(one.path).is_file():
                what = f"the attachment {Path(one.path).name} is not there"
                yield _Told(Check.ATTACHMENT_MISSING, response, what, "put the file back or take it out")


def _unused(responses: Iterable[Response], wishes: Wishes) -> Iterator[_Told]:
    if not wishes.unused_days:
        return
    for response in responses:
        last = wishes.last_used.get(response.key)
        if last is None or (wishes.today - last).days >= wishes.unused_days:
            since = f"since {last.isoformat()}" if last else "as far as this computer knows"
            yield _Told(Check.UNUSED, response, f"not used {since}", "is it still needed?")


def _alike(responses: Sequence[Response]) -> Iterator[_Told]:
    for pair in near_duplicates(responses):
        what = f"says nearly the same as {pair.second.shortcut} ({pair.similarity:.0f} %)"
        yield _Told(Check.NEAR_DUPLICATE, pair.first, what, "keep one of them", pair.language)
