"""What the desk knows about addresses: published ones, those sent in each queue, which answer. Pure."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Final

from msgspec import Struct, field

from agent_tui.desk.addresses import Address, addresses, is_personal, may_be_asked
from api_client.models.identity import QueueId
from canned.model import Bookmark

MOST_ANSWERS: Final = 300
"""Answers kept; the oldest go."""
GOOD_FOR: Final = 900.0
"""Seconds for which an answer holds."""
BAD_FOR: Final = 60.0
"""Seconds for which it holds that there was none: a page may come back."""
MOST_KNOWN: Final = 3_000
"""Published addresses remembered; the oldest go."""
MOST_USES: Final = 500
"""Uses remembered; those longest ago go."""
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


class LinkUse(Struct, frozen=True):
    """An address that was sent to customers of a queue. Holds nothing of theirs."""

    queue: QueueId
    url: str
    title: str
    language: str
    """Two letters, or empty: for all."""
    times: int
    at: float
    """The last time (server's)."""


class Linkbook(Struct):
    """Addresses to put into answers, those that were, and which of them answer."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asking: set[str] = field(default_factory=set)
    bookmarks: tuple[Bookmark, ...] = ()
    known: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Title and language of addresses that the team or the help centre has published."""
    uses: dict[tuple[QueueId, str], LinkUse] = field(default_factory=dict)


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


def publish(book: Linkbook, url: str, title: str, language: str) -> None:
    """An address is the team's or the help centre's: that it was sent says nothing about a customer."""
    if is_personal(url):
        return
    book.known.pop(url, None)
    book.known[url] = (title, language)
    if len(book.known) > MOST_KNOWN:
        del book.known[next(iter(book.known))]


def use(book: Linkbook, queue: QueueId, text: str, at: float) -> list[LinkUse]:
    """A reply with ``text`` goes to a customer of ``queue``: the published addresses in it, counted."""
    urls = dict.fromkeys(one.url for one in addresses(text) if one.url in book.known)
    return [_used(book, queue, url, at) for url in urls]


def _used(book: Linkbook, queue: QueueId, url: str, at: float) -> LinkUse:
    title, language = book.known[url]
    before = book.uses.pop((queue, url), None)
    now = LinkUse(queue, url, title, language, 1 if before is None else before.times + 1, at)
    book.uses[queue, url] = now
    if len(book.uses) > MOST_USES:
        del book.uses[next(iter(book.uses))]
    return now


def health_of(book: Linkbook, url: str) -> Health | None:
    """What is known of an address."""
    answer = book.answers.get(url)
    return None if answer is None else answer.health


def whole_ones(before: str, text: str) -> tuple[Address, ...]:
    """The addresses in ``text`` that are not just being typed: one at its end came in one go, or goes on."""
    found = addresses(text)
    typing = abs(len(text) - len(before)) <= 1
    return tuple(one for one in found if not (typing and one.end == len(text)))
