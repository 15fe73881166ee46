"""What calls the lead at the board: one paced tone for all of it, by urgency, until acted on. Pure."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct, field

from agent_tui.desk.metrics.board import QueueFigures
from agent_tui.desk.metrics.figures import Figures
from agent_tui.desk.metrics.levels import Formula
from agent_tui.desk.model import Colleague, DeskState
from agent_tui.desk.quiet import CALLED_ONCE, Alerts
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.view import Urgency
from agent_tui.desk.waiting import counted, urgency
from api_client.models.people import Availability

PACE: Final = 5.0
"""Seconds between two tones, however much happens meanwhile."""
ENOUGH: Final = 5
"""First answers and customers who left that a service level must be made of to be worth a call."""


class AlarmKind(enum.Enum):
    """What is wrong, the worst first."""

    BREACH = "breach"
    """Somebody waits past the limit."""
    HELP = "help"
    """An agent calls for help."""
    UNSERVED = "unserved"
    """Somebody waits and nobody is there to answer."""
    WARNING = "warning"
    """Somebody waits near the limit."""
    LEVEL = "level"
    """The service level is below what is wanted."""


_ORDER: Final = list(AlarmKind)
_INSISTENT: Final = {AlarmKind.BREACH, AlarmKind.HELP, AlarmKind.UNSERVED}
"""Called for again until they are acted on; the others once."""


class Alarm(Struct, frozen=True):
    """One thing that is wrong now."""

    kind: AlarmKind
    about: str
    """The queue's, the agent's or the call's id; empty for the whole desk."""
    name: Displayable
    measure: float = 0.0
    """Seconds of the wait, or the level from 0 to 1."""

    @property
    def key(self) -> tuple[AlarmKind, str]:
        """What makes it the same alarm a second later."""
        return self.kind, self.about


def alarms(
    rows: Iterable[QueueFigures], desk: Figures, now: float, *, there: int, target: float
) -> list[Alarm]:
    """What is wrong in the queues and with the whole desk, the worst first.

    Args:
        rows: every queue.
        desk: the figures of all of them together.
        now: server's epoch seconds.
        there: how many agents take chats.
        target: the service level that is wanted, from 0 to 1; 0: none.
    """
    found = list(filter(None, (_of_queue(row, now) for row in rows)))
    if desk.longest_since is not None and not there:
        waits = max(0.0, now - desk.longest_since)
        found.append(Alarm(AlarmKind.UNSERVED, "", NOTHING, waits))
    level = desk.levels[Formula.STILL_WAITING_COUNTS]
    enough = (desk.arrivals_per_minute * 30) >= ENOUGH
    if level is not None and level < target and enough:
        found.append(Alarm(AlarmKind.LEVEL, "", NOTHING, level))
    return ordered(found)


def at_hand(state: DeskState, *, but: Colleague | None) -> int:
    """How many colleagues take chats, ``but`` one who only looks on."""
    return sum(
        each.availability is Availability.ONLINE
        for each in state.colleagues.values()
        if but is None or each.id != but.id
    )


def ordered(found: Iterable[Alarm]) -> list[Alarm]:
    """The worst first; of one kind the longest."""
    return sorted(found, key=lambda alarm: (_ORDER.index(alarm.kind), -alarm.measure, alarm.about))


def _of_queue(row: QueueFigures, now: float) -> Alarm | None:
    since = row.figures.longest_since
    if since is None:
        return None
    waits = counted(row.promise, since, now)
    how = urgency(row.promise, waits)
    kinds = {Urgency.BREACH: AlarmKind.BREACH, Urgency.WARNING: AlarmKind.WARNING}
    return Alarm(kinds[how], row.queue, row.name, waits) if how in kinds else None


class Watch(Struct):
    """What stands at the board, what the lead has acted on, and when it last rang."""

    alerts: Alerts = CALLED_ONCE
    target: float = 0.0
    """The service level that is wanted, from 0 to 1; 0: none."""
    standing: list[Alarm] = field(default_factory=list)
    """The worst first."""
    heeded: set[tuple[AlarmKind, str]] = field(default_factory=set)
    """Acted on: silent until it is over and comes anew."""
    _called: dict[tuple[AlarmKind, str], float] = field(default_factory=dict)
    """When it was last called for."""
    _rang: float | None = None

    def look(self, found: Sequence[Alarm], now: float, minute: int) -> Alarm | None:
        """Take in what is wrong now; what to ring for, if it is time to.

        Args:
            found: all of it, the worst first.
            now: local seconds that do not go back.
            minute: of the local day, for the quiet hours.
        """
        self.standing = list(found)
        keys = {alarm.key for alarm in found}
        self.heeded &= keys
        self._called = {key: at for key, at in self._called.items() if key in keys}
        if self._is_quiet(minute) or (self._rang is not None and now < self._rang + PACE):
            return None
        due = [alarm for alarm in found if self._is_due(alarm, now)]
        if not due:
            return None
        # One tone says all of it: what it was rung for is called for at once.
        self._called |= {alarm.key: now for alarm in due}
        self._rang = now
        return due[0]

    def heed(self) -> Alarm | None:
        """The lead acts on the worst that is not acted on yet; returns it."""
        first = next((alarm for alarm in self.standing if alarm.key not in self.heeded), None)
        if first is not None:
            self.heeded.add(first.key)
        return first

    @property
    def open(self) -> list[Alarm]:
        """What is not acted on yet, the worst first."""
        return [alarm for alarm in self.standing if alarm.key not in self.heeded]

    def _is_due(self, alarm: Alarm, now: float) -> bool:
        if alarm.key in self.heeded:
            return False
        called = self._called.get(alarm.key)
        if called is None:
            return True
        repeat = self.alerts.repeat
        return alarm.kind in _INSISTENT and repeat > 0 and now >= called + repeat

    def _is_quiet(self, minute: int) -> bool:
        quiet = self.alerts.quiet
        return quiet is not None and quiet.cover(minute)
