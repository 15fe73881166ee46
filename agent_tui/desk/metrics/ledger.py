"""Takes facts one by one and keeps the figures of the desk, its queues and its agents up to date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, assert_never

from agent_tui.desk.metrics.facts import Fact, Kind
from agent_tui.desk.metrics.figures import Figures, figures_of, sparkline
from agent_tui.desk.metrics.load import Load
from agent_tui.desk.metrics.tally import Rules, Tally, Waits
from api_client.models.identity import AgentId, ConversationId, QueueId

NOBODY: Final = AgentId("")


@dataclass(slots=True)
class Case:
    """What the ledger remembers of a conversation that is open."""

    queue: QueueId
    holder: AgentId = NOBODY
    since: int | None = None
    """When the running wait began."""
    begun: int | None = None
    """When it was first taken or answered."""
    answered: bool = False
    arrived: bool = False


class Ledger:
    """The books of one desk. The cost of a fact does not grow with the number of conversations."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.rules = rules or Rules()
        self.desk = Tally(self.rules)
        self.queues: dict[QueueId, Tally] = {}
        self.agents: dict[AgentId, Tally] = {}
        self.loads: dict[AgentId, Load] = {}
        self._cases: dict[ConversationId, Case] = {}
        self._now = 0

    def take(self, fact: Fact) -> None:
        """Enter a fact. Facts of one conversation come in the order they happened."""
        self._now = max(self._now, fact.at)
        match fact.kind:
            case Kind.CAME | Kind.WENT:
                self._load(fact.agent).be(fact.at, there=fact.kind is Kind.CAME)
            case Kind.WROTE | Kind.REPLIED:
                self._message(fact)
            case Kind.ARRIVED:
                self._arrived(fact)
            case Kind.WAITS:
                self._waits(fact)
            case Kind.ANSWERED:
                self._answered(fact)
            case Kind.TAKEN | Kind.RELEASED:
                self._held(fact)
            case Kind.MOVED:
                self._moved(fact)
            case Kind.PAUSED:
                self._case(fact)
                self._stop_wait(fact.conversation)
            case Kind.CLOSED:
                self._closed(fact)
            case _:
                assert_never(fact.kind)

    @property
    def newest(self) -> int:
        """The latest moment known, in milliseconds; 0 before the first fact."""
        return self._now

    # --- reading -------------------------------------------------------------------------------------

    def of_desk(self, now: int) -> Figures:
        """The whole desk at ``now``."""
        return self._figures(self.desk, None, now)

    def of_queue(self, queue: QueueId, now: int) -> Figures:
        """One queue at ``now``."""
        return self._figures(self._queue(queue), None, now)

    def of_agent(self, agent: AgentId, now: int) -> Figures:
        """One agent at ``now``."""
        return self._figures(self._agent(agent), self._load(agent), now)

    def arrivals(self, queue: QueueId, now: int) -> tuple[int, ...]:
        """Arrivals of the last hour in twelve parts."""
        return sparkline(self._queue(queue), max(now, self._now))

    def _figures(self, tally: Tally, load: Load | None, now: int) -> Figures:
        # A clock that is corrected backwards must not bring back what has slid out of the window.
        self._now = max(self._now, now)
        tally.move_to(self._now)
        if load is not None:
            load.move_to(self._now)
        return figures_of(tally, load, self._now)

    # --- entering ------------------------------------------------------------------------------------

    def _arrived(self, fact: Fact) -> None:
        case = self._case(fact)
        if not case.arrived:
            case.arrived = True
            for tally in self._tallies(case.queue):
                tally.arrive(fact.at)

    def _waits(self, fact: Fact) -> None:
        case = self._case(fact)
        if case.since is None:
            case.since = fact.at
            for waits in self._running(case):
                waits.add(fact.at, fact.conversation)

    def _answered(self, fact: Fact) -> None:
        case = self._case(fact)
        since = self._stop_wait(fact.conversation)
        first, case.answered = not case.answered, True
        if since is None:
            return
        case.begun = fact.at if case.begun is None else case.begun
        wait = max(0, fact.at - since)
        for tally in self._tallies(case.queue, fact.agent):
            if first:
                tally.answer_first(fact.at, wait)
            else:
                tally.next.add(fact.at, wait)

    def _held(self, fact: Fact) -> None:
        case = self._case(fact)
        holder = fact.agent if fact.kind is Kind.TAKEN else NOBODY
        if holder == case.holder:
            return
        since = self._stop_wait(fact.conversation)
        self._let_go(case, fact.at)
        case.holder = holder
        if holder:
            case.begun = fact.at if case.begun is None else case.begun
            self._load(holder).hold(fact.at, 1)
        self._resume(case, since, fact.conversation)

    def _moved(self, fact: Fact) -> None:
        case = self._case(fact)
        since = self._stop_wait(fact.conversation)
        case.queue = fact.queue
        self._resume(case, since, fact.conversation)

    def _closed(self, fact: Fact) -> None:
        case = self._case(fact)
        since = self._stop_wait(fact.conversation)
        self._let_go(case, fact.at)
        del self._cases[fact.conversation]
        for tally in self._tallies(case.queue, case.holder or fact.agent):
            if case.answered:
                tally.close(fact.at, max(0, fact.at - (fact.at if case.begun is None else case.begun)))
            elif since is not None:
                tally.abandon(fact.at, max(0, fact.at - since))

    def _message(self, fact: Fact) -> None:
        by_customer = fact.kind is Kind.WROTE
        for tally in self._tallies(fact.queue, NOBODY if by_customer else fact.agent):
            tally.message(fact.at, by_customer=by_customer)

    # --- waits and holders ---------------------------------------------------------------------------

    def _case(self, fact: Fact) -> Case:
        return self._cases.setdefault(fact.conversation, Case(fact.queue))

    def _stop_wait(self, conversation: ConversationId) -> int | None:
        case = self._cases.get(conversation)
        if case is None or case.since is None:
            return None
        for waits in self._running(case):
            waits.remove(case.since, conversation)
        since, case.since = case.since, None
        return since

    def _resume(self, case: Case, since: int | None, conversation: ConversationId) -> None:
        case.since = since
        if since is not None:
            for waits in self._running(case):
                waits.add(since, conversation)

    def _let_go(self, case: Case, at: int) -> None:
        if case.holder:
            self._load(case.holder).hold(at, -1)

    def _running(self, case: Case) -> Iterator[Waits]:
        for tally in self._tallies(case.queue, case.holder):
            yield tally.waits_next if case.answered else tally.waits_first

    def _tallies(self, queue: QueueId, agent: AgentId = NOBODY) -> Iterator[Tally]:
        yield self.desk
        yield self._queue(queue)
        if agent:
            yield self._agent(agent)

    def _queue(self, queue: QueueId) -> Tally:
        if queue not in self.queues:
            self.queues[queue] = Tally(self.rules)
        return self.queues[queue]

    def _agent(self, agent: AgentId) -> Tally:
        if agent not in self.agents:
            self.agents[agent] = Tally(self.rules)
        return self.agents[agent]

    def _load(self, agent: AgentId) -> Load:
        if agent not in self.loads:
            self.loads[agent] = Load()
        return self.loads[agent]
