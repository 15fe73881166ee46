"""The desk's invented customers, all of them: who comes when, and everything due at its time.

One agenda holds when each customer next does something, so a customer who waits costs nothing. The
agenda is worked off in order of time and then of arrival, one call after another: with the same seed
and the same deeds of the staff, a stepped run repeats event for event.
"""

from __future__ import annotations

import asyncio
import heapq
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from practice.app import create_app
from practice.clock import RunningClock, SteppedClock
from practice.customers.arrivals import arrivals, constant
from practice.customers.automatic import AutomaticMessages
from practice.customers.door import Door, DoorError
from practice.customers.hearing import Ears, Heard
from practice.customers.machine import NEVER, Action, AgentSaid, Depart, Phase, Resolved, Say, Tick
from practice.customers.visitor import Visitor
from practice.desk import Desk
from practice.scenario.model import Persona, Scenario
from practice.scenario.model import Phase as Stretch
from practice.scenario.sources import ScenarioError
from practice.store import people

ARRIVAL = 0
"""The agenda's number for the next arrival; visits count from 1."""

log = logging.getLogger("practice.customers")


class Due(NamedTuple):
    """A line of the agenda: a visit's next step, or its automatic message."""

    at: float
    number: int
    automatic: bool = False


@dataclass(slots=True)
class Tally:
    """How it went so far. ``skipped`` arrivals found every persona present; ``failed`` were refused."""

    arrived: int = 0
    skipped: int = 0
    content: int = 0
    unserved: int = 0
    failed: int = 0


class Simulation:
    """Customers of ``scenario`` at ``desk``, arriving by the ``pattern`` with this key.

    ``rate`` replaces the pattern by so many arrivals a minute; 0 keeps everybody away. Time begins with
    the first call of :meth:`run` or :meth:`advance_to`.

    Raises:
        ScenarioError: the scenario has no such pattern.
    """

    def __init__(
        self, desk: Desk, scenario: Scenario, *, seed: int, pattern: str = "calm", rate: float | None = None
    ) -> None:
        self.tally = Tally()
        self._desk = desk
        self._seed = seed
        self._stretches = _stretches(scenario, pattern, rate)
        self._queues = {queue.key: queue for queue in scenario.queues}
        self._personas = scenario.personas
        self._inboxes = {inbox.key: inbox.identifier for inbox in people.all_inboxes(desk.db)}
        self._automatic = AutomaticMessages(scenario)
        self._door = Door(create_app(desk))
        self._ears = Ears(desk)
        self._agenda: list[Due] = []
        self._present: dict[int, Visitor] = {}
        self._visits: Counter[str] = Counter()
        self._arrivals: Iterator[float] | None = None
        self._number = int(desk.db.values("SELECT count(*) FROM contact_inboxes")[0])
        """Visits are numbered on from those that a kept database remembers, and so draw anew."""

    @property
    def present(self) -> int:
        """How many customers are under way: here, or away but coming back."""
        return len(self._present)

    async def run(self) -> None:
        """Let customers come and go by the desk's running clock, until cancelled."""
        clock = self._desk.clock
        if not isinstance(clock, RunningClock):
            raise TypeError("only a running clock can be followed; step the other kind with advance_to")
        self._begin()
        while True:
            self._ears.woken.clear()
            while self._next_at() <= clock.now():
                await self._next()
                await asyncio.sleep(0)  # calls in this process never wait, and the desk has others to serve
            await self._sleep((self._next_at() - clock.now()) / clock.speed)

    async def advance_to(self, at: float) -> None:
        """Do everything due up to desk time ``at``, in order; return when all of it has reached the desk.

        A stepped clock is taken along, to each deed's own time and at last to ``at``.
        """
        self._begin()
        while self._next_at() <= at:
            self._take_clock_to(self._next_at())
            await self._next()
        self._take_clock_to(at)

    # The agenda

    def _begin(self) -> None:
        if self._arrivals is None:
            chance = Random(f"{self._seed}/arrivals/{self._number}")  # noqa: S311  wanted: repeatable
            self._arrivals = arrivals(self._stretches, self._desk.clock.now(), chance)
            self._expect_next()

    def _expect_next(self) -> None:
        at = next(self._arrivals, NEVER) if self._arrivals else NEVER
        if at < NEVER:
            heapq.heappush(self._agenda, Due(at, ARRIVAL))

    def _next_at(self) -> float:
        due = self._agenda[0].at if self._agenda else NEVER
        return min(due, self._ears.heard[0].at) if self._ears.heard else due

    async def _next(self) -> None:
        heard = self._ears.heard
        if heard and (not self._agenda or heard[0].at <= self._agenda[0].at):
            await self._hear(heard.popleft())
        else:
            await self._keep(heapq.heappop(self._agenda))

    async def _keep(self, due: Due) -> None:
        visitor = self._present.get(due.number)
        if due.number == ARRIVAL:
            self._arrive(due.at)
            self._expect_next()
        elif visitor is None:
            return
        elif due.automatic:
            self._send_automatic(visitor, due.at)
        elif due.at == visitor.visit.due:
            visitor.scheduled = NEVER
            await self._act(visitor, due.at, visitor.visit.step(due.at, Tick()))

    async def _hear(self, heard: Heard) -> None:
        visitor = self._present.get(heard.visit)
        if visitor is None:
            return
        if isinstance(heard.what, AgentSaid | Resolved):
            self._automatic.answered(heard.visit)
        await self._act(visitor, heard.at, visitor.visit.step(heard.at, heard.what))

    async def _sleep(self, seconds: float) -> None:
        if self._ears.heard:
            return
        try:
            async with asyncio.timeout(seconds if seconds < NEVER else None):
                await self._ears.woken.wait()
        except TimeoutError:
            return

    def _take_clock_to(self, at: float) -> None:
        clock = self._desk.clock
        if isinstance(clock, SteppedClock) and at > clock.now():
            clock.advance(at - clock.now())

    # The customers

    def _arrive(self, at: float) -> None:
        self._number += 1
        chance = Random(f"{self._seed}/{self._number}")  # noqa: S311  wanted: repeatable
        persona = self._pick(chance)
        if persona is None:
            self.tally.skipped += 1
            return
        queue = self._queues[persona.queue]
        inbox = self._inboxes[queue.key]
        visitor = Visitor(self._number, persona, queue, inbox, at=at, chance=chance)
        self._visits[persona.key] += 1
        self._present[self._number] = visitor
        self.tally.arrived += 1
        self._schedule(visitor)

    def _pick(self, chance: Random) -> Persona | None:
        """Somebody who is not here: of a queue by its share, and there of those who came least often."""
        here = {visitor.persona.key for visitor in self._present.values()}
        absent = [persona for persona in self._personas if persona.key not in here]
        reachable = {persona.queue for persona in absent}
        queues = [queue for queue in self._queues.values() if queue.key in reachable]
        if not queues:
            return None
        chosen = chance.choices(queues, [queue.share for queue in queues])[0]
        there = [persona for persona in absent if persona.queue == chosen.key]
        fewest = min(self._visits[persona.key] for persona in there)
        return chance.choice([persona for persona in there if self._visits[persona.key] == fewest])

    async def _act(self, visitor: Visitor, at: float, actions: list[Action]) -> None:
        try:
            for action in actions:
                await visitor.perform(action, self._door)
                self._take_note(visitor, at, action)
        except DoorError as error:
            log.warning("customer %s gives up: %s", visitor.persona.key, error)
            self.tally.failed += 1
            self._part(visitor)
        else:
            self._schedule(visitor)

    def _take_note(self, visitor: Visitor, at: float, action: Action) -> None:
        if isinstance(action, Say) and visitor.visit.phase is not Phase.CONTENT:  # thanks await no answer
            due = self._automatic.spoke(visitor.number, visitor.queue.key, at)
            if due is not None:
                heapq.heappush(self._agenda, Due(due, visitor.number, automatic=True))
        elif isinstance(action, Depart):
            self.tally.content += action.how == "content"
            self.tally.unserved += action.how == "unserved"

    def _schedule(self, visitor: Visitor) -> None:
        """Put the visit's next step on the agenda; see and hear only while they are here."""
        if visitor.visit.phase is Phase.GONE:
            self._part(visitor)
            return
        if visitor.visit.phase is Phase.AWAY:
            self._ears.close(visitor.number)
        elif visitor.session is not None:
            self._ears.open(visitor.number, visitor.session)
        due = visitor.visit.due
        if due not in (visitor.scheduled, NEVER):
            visitor.scheduled = due
            heapq.heappush(self._agenda, Due(due, visitor.number))

    def _part(self, visitor: Visitor) -> None:
        self._automatic.answered(visitor.number)
        self._ears.close(visitor.number)
        self._present.pop(visitor.number, None)

    def _send_automatic(self, visitor: Visitor, at: float) -> None:
        text = self._automatic.take(visitor.number, visitor.queue.key, visitor.persona.language, at)
        if text is not None:
            self._desk.send_automatic(visitor.conversation_id, text)


def _stretches(scenario: Scenario, pattern: str, rate: float | None) -> list[Stretch]:
    patterns = {one.key: one for one in scenario.patterns}
    if rate is not None:
        return constant(rate)
    if pattern not in patterns:
        known = ", ".join(patterns)
        raise ScenarioError(f"there is no arrival pattern {pattern!r}; use one of: {known}")
    return patterns[pattern].phases
