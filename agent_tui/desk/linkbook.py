"""What the desk knows about addresses: which answer and which do not. Pure."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from msgspec import Struct

from agent_tui.desk.addresses import Address, addresses, may_be_asked

MOST_ANSWERS: Final = 300
"""Answers kept; the oldest go."""
GOOD_FOR: Final = 900.0
"""Seconds for which an answer holds."""
BAD_FOR: Final = 60.0
"""Seconds for which it holds that there was none: a page may come back."""
MOST_AT_ONCE: Final = 8
"""Addresses asked for one text or list."""


class Health(enum.Enum):
    """What came of asking an address."""

    ANSWERS = "answers"
    DEAD = "dead"
    """The page or its host is not there."""
    SILENT = "silent"
    """No answer in time; it may be us."""


class Answer(Struct, frozen=True):
    """What an address said, and when (local time)."""

    health: Health
    at_local: float


@dataclass(slots=True)
class Linkbook:
    """Addresses that have been asked or are being asked."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asking: set[str] = field(default_factory=set)


def to_ask(book: Linkbook, wanted: Iterable[Address], now: float) -> tuple[str, ...]:
    """Those of ``wanted`` that nothing fresh is known of and that may be asked; they count as being asked."""
    fresh = dict.fromkeys(one.url for one in wanted if may_be_asked(one) and not _known(book, one.url, now))
    urls = tuple(fresh)[:MOST_AT_ONCE]
    book.asking.update(urls)
    return urls


def _known(book: Linkbook, url: str, now: float) -> bool:
    answer = book.answers.get(url)
    if url in book.asking or answer is None:
        return url in book.asking
    return now < answer.at_local + (GOOD_FOR if answer.health is Health.ANSWERS else BAD_FOR)


def take_answer(book: Linkbook, url: str, health: Health, now: float) -> None:
    """An address has been asked."""
    book.asking.discard(url)
    book.answers.pop(url, None)
    book.answers[url] = Answer(health, now)
    while len(book.answers) > MOST_ANSWERS:
        del book.answers[next(iter(book.answers))]


def health_of(book: Linkbook, url: str) -> Health | None:
    """What is known of an address."""
    answer = book.answers.get(url)
    return None if answer is None else answer.health


def whole_ones(before: str, text: str) -> tuple[Address, ...]:
    """The addresses in ``text`` that are not just being typed: one at its end came in one go, or goes on."""
    found = addresses(text)
    typing = abs(len(text) - len(before)) <= 1
    return tuple(one for one in found if not (typing and one.end == len(text)))
