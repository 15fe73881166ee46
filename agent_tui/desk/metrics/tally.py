"""The running figures of one scope: the whole desk, a queue, an agent, a channel, a tag or an hour."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from agent_tui.desk.metrics.levels import Outcome
from agent_tui.desk.metrics.window import Whole, Window
from api_client.models.identity import ConversationId

MINUTE: Final = 60_000
HOUR: Final = 3_600_000
_MINUTES_KEPT: Final = 60


class Rules(Struct, frozen=True):
    """What the figures are measured by. Milliseconds."""

    window: int = 30 * MINUTE
    """How far back the sliding figures look."""
    target: int = MINUTE
    """A first answer within it is in time."""
    short: int = 6_000
    """Who left within it is not held against the desk where a formula says so."""


class Count(Struct):
    """What happened since the facts begin."""

    arrivals: int = 0
    answers: int = 0
    handled: int = 0
    abandoned: int = 0
    messages_in: int = 0
    messages_out: int = 0


class Waits:
    """Who waits now, longest first."""

    def __init__(self) -> None:
        self._entries: list[tuple[int, ConversationId]] = []

    def add(self, since: int, conversation: ConversationId) -> None:
        """A wait that runs since then."""
        insort(self._entries, (since, conversation))

    def remove(self, since: int, conversation: ConversationId) -> None:
        """It no longer runs here."""
        del self._entries[bisect_left(self._entries, (since, conversation))]

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[tuple[int, ConversationId]]:
        return iter(self._entries)

    @property
    def first(self) -> tuple[int, ConversationId] | None:
        """The longest wait."""
        return self._entries[0] if self._entries else None

    def longer_than(self, length: int, now: int) -> int:
        """How many wait longer than ``length``."""
        return bisect_left(self._entries, (now - length, ConversationId("")))


class Tally:
    """Counts and windows of one scope. Every change costs a search by halves at most.

    ``whole``: the windows do not slide; everything entered stays.
    """

    def __init__(self, rules: Rules, *, whole: bool = False) -> None:
        def window() -> Window | Whole:
            return Whole() if whole else Window(rules.window)

        self.rules = rules
        self.waits_first = Waits()
        """For a first answer."""
        self.waits_next = Waits()
        self.arrived = window()
        self.first = window()
        """Waits for a first answer that were answered, by the time of the answer."""
        self.next = window()
        self.abandoned = window()
        """Waits that ended without any answer."""
        self.handled = window()
        """Handle times."""
        self.total = Count()
        self.minutes: dict[int, int] = {}
        """Arrivals by minutes since the epoch; the newest 60."""

    def arrive(self, at: int) -> None:
        """A conversation began."""
        self.arrived.add(at)
        self.minutes[at // MINUTE] = self.minutes.get(at // MINUTE, 0) + 1
        while len(self.minutes) > _MINUTES_KEPT:
            del self.minutes[min(self.minutes)]
        self.total.arrivals += 1

    def answer_first(self, at: int, wait: int) -> None:
        """A customer got the first answer after ``wait``."""
        self.first.add(at, wait)
        self.total.answers += 1

    def close(self, at: int, handle_time: int) -> None:
        """A conversation that was answered ended."""
        self.handled.add(at, handle_time)
        self.total.handled += 1

    def abandon(self, at: int, wait: int) -> None:
        """A conversation ended without an answer."""
        self.abandoned.add(at, wait)
        self.total.abandoned += 1

    def messages(self, came: int, went: int) -> None:
        """So many messages came from customers, and so many went to them."""
        self.total.messages_in += came
        self.total.messages_out += went

    def move_to(self, now: int) -> None:
        """Let the windows slide."""
        for window in (self.arrived, self.first, self.next, self.abandoned, self.handled):
            window.move_to(now)

    def outcome(self, now: int) -> Outcome:
        """What the service levels are worked out from."""
        target = self.rules.target
        return Outcome(
            answered=len(self.first),
            answered_in_time=self.first.at_most(target),
            abandoned=len(self.abandoned),
            abandoned_in_time=self.abandoned.at_most(target),
            abandoned_short=self.abandoned.at_most(self.rules.short),
            waiting_too_long=self.waits_first.longer_than(target, now),
        )
