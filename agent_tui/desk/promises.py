"""Promises that agents make to customers, "I will be back in five minutes", and until when they hold. Pure.

Only what agents send is looked at, never a customer's words. The newest answer of a human decides: if it
promises a time, the promise is open; any answer after it fulfils it. What is said within a breath of the
promise belongs to it and does not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Final

from msgspec import Struct

from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.promise_words import (
    Tongue,
    clock,
    is_promise_with_a_time,
    naked,
    other_day,
    sentences,
    tomorrow,
    tongues,
)
from agent_tui.desk.standing import assigned_to_me
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.desk.transcript import Fate, Line
from agent_tui.desk.view import Given
from api_client.models.conversation import Status
from api_client.models.identity import ConversationId
from api_client.models.message import MessageKind

BREATH: Final = 30.0
"""Seconds after a promise in which further words belong to it."""
LONGEST: Final = 12 * 3600.0
"""Seconds: nobody keeps an eye on what is due later than that."""
_LOOKED_AT: Final = 300
"""Lines that are looked at."""
_LONG: Final = 10_000
"""Characters of a text that are looked at."""
_HALF_DAY: Final = 12


class OpenPromise(Struct, frozen=True):
    """A promise that nobody has kept yet, in a conversation of the agent's."""

    conversation: ConversationId
    customer: Displayable
    by: Displayable
    """Who made it."""
    given: Given


@lru_cache(maxsize=256)
def promised(text: str, at: float, zone: tzinfo | None = None) -> Given | None:
    """The promise in a text that was sent at ``at``; the one due first when there are several.

    Args:
        text: what an agent wrote.
        at: epoch seconds.
        zone: where the clock times in it are read; ``None`` is the machine's own zone.
    """
    return _promised(text, at, zone)


@lru_cache(maxsize=1)
def _promised_in_draft(text: str, at: float) -> Given | None:
    """As :func:`promised`; a text that grows by every key is remembered in its newest state only."""
    return _promised(text, at, None)


def _promised(text: str, at: float, zone: tzinfo | None) -> Given | None:
    found = [
        Given(at, until, clean_line(sentence))
        for sentence in sentences(text[:_LONG])
        if is_promise_with_a_time(sentence) and (until := _until(sentence.casefold(), at, zone)) is not None
    ]
    return min(found, key=lambda given: given.until, default=None)


def _until(sentence: str, at: float, zone: tzinfo | None) -> float | None:
    moments = [at + 60 * minutes for minutes in _minutes(sentence)] or [*_clock_times(sentence, at, zone)]
    return min((moment for moment in moments if at < moment <= at + LONGEST), default=None)


def _minutes(sentence: str) -> Iterator[float]:
    """What is within a longer expression was not said: "an hour" of "an hour and a half"."""
    found = [one for tongue in tongues() for one in _spans(tongue, sentence)]
    for span, minutes in found:
        if not any(_within(span, other) for other, _ in found):
            yield minutes


def _within(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def _spans(tongue: Tongue, sentence: str) -> Iterator[tuple[tuple[int, int], float]]:
    for expression, minutes in tongue.sayings:
        yield from ((found.span(), minutes) for found in expression.finditer(sentence))
    for found in tongue.spans.finditer(sentence):
        yield found.span(), _number(tongue, found["to"]) * (60 if found["hours"] else 1)


def _number(tongue: Tongue, word: str) -> float:
    return tongue.numbers[word] if word in tongue.numbers else float(word.replace(",", "."))


def _clock_times(sentence: str, at: float, zone: tzinfo | None) -> Iterator[float]:
    if other_day().search(sentence):
        return
    for found in clock().finditer(sentence):
        marked = found["marked"] or found["half"] or found["uur"] or naked().match(sentence, found.start())
        if found["minute"] or marked:
            hour = int(found["hour"]) % (_HALF_DAY if found["half"] else 24)
            hour += _HALF_DAY if found["half"] == "p" else 0
            days = 1 if tomorrow().search(sentence) else 0
            yield _moment(at, zone, hour, int(found["minute"] or 0), days)


def _moment(at: float, zone: tzinfo | None, hour: int, minute: int, days: int) -> float:
    """The next time that the clock reads so; past times of a clock with twelve hours are of the afternoon."""
    there = datetime.fromtimestamp(at, tz=UTC).astimezone(zone)
    # Without a fixed offset, so that the night between takes its hour or gives one.
    clock = there.replace(tzinfo=zone, hour=hour, minute=minute, second=0, microsecond=0, fold=0)
    moments = [(clock + timedelta(days=days, hours=hours)).timestamp() for hours in (0, _HALF_DAY)]
    if days or hour >= _HALF_DAY:
        return moments[0]
    return next((moment for moment in moments if moment > at), moments[0])


def open_in(chat: Chat, zone: tzinfo | None = None) -> tuple[Line, Given] | None:
    """The promise to the customer that no answer has fulfilled, with the line it stands in."""
    if chat.status is Status.RESOLVED:
        return None
    newest: float | None = None
    for line in _spoken(chat):
        if line.kind is MessageKind.AGENT and not line.deleted and line.fate is not Fate.FAILED:
            newest = line.at if newest is None else newest
            if newest - line.at > BREATH:
                return None
            given = promised(line.raw, line.at, zone)
            if given is not None:
                return line, given
    return None


def _spoken(chat: Chat) -> Iterator[Line]:
    """Lines from the end, without the customer's behind our newest answer: those may be hundreds."""
    lines, sending = chat.transcript.lines, chat.transcript.sending
    settled = len(lines) - sending
    answered = bisect_right(lines, chat.answered, 0, settled, key=attrgetter("order"))
    return chain(reversed(lines[settled:]), reversed(lines[max(0, answered - _LOOKED_AT) : answered]))


def open_promise(state: DeskState, chat: Chat) -> Given | None:
    """As :func:`open_in`, for what the agent is to keep; none where the team does not want them shown."""
    if not state.rules.waits.promises or not assigned_to_me(state, chat):
        return None
    found = open_in(chat)
    return None if found is None else found[1]


def open_promises(state: DeskState) -> list[OpenPromise]:
    """What was promised to the agent's customers, by them or a colleague; the first due first."""
    if not state.rules.waits.promises:
        return []
    found = [
        OpenPromise(chat.id, chat.card.name, line.author, given)
        for chat in map(state.chats.__getitem__, state.tabs)
        if assigned_to_me(state, chat)
        for line, given in filter(None, [open_in(chat)])
    ]
    return sorted(found, key=lambda promise: promise.given.until)


def in_draft(state: DeskState, at: float) -> Given | None:
    """What the text that the agent is writing would promise if it left at ``at``."""
    chat = None if state.active is None else state.chats.get(state.active)
    if chat is None or chat.draft.note or not state.rules.waits.promises:
        return None
    return _promised_in_draft(chat.draft.text, float(int(at)))
