"""Takes facts one by one and keeps the figures of the desk by queue, agent, channel, tag and hour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, assert_never

from agent_tui.desk.metrics.case import NOBODY, Case
from agent_tui.desk.metrics.facts import Fact, Kind
from agent_tui.desk.metrics.figures import Figures, figures_of, sparkline
from agent_tui.desk.metrics.load import Load
from agent_tui.desk.metrics.open_cases import OpenCases, waiting_first
from agent_tui.desk.metrics.tally import HOUR, Rules, Tally, Waits
from api_client.models.identity import AgentId, ConversationId, QueueId

UNTAGGED: Final = ""
"""Stands for the tag of conversations that have none."""
_HOURS_KEPT: Final = 48

Division = Callable[[int], tuple[int, int]]
"""The part of time that a moment is in: its beginning, and that of the next. Milliseconds since the epoch."""


def hour_of(at: int) -> tuple[int, int]:
    """Hours counted from the epoch: the one that summer time repeats is two."""
    begin = at - at % HOUR
    return begin, begin + HOUR


class Ledger:
    """The books of one desk. The cost of a fact does not grow with the number of conversations.

    Args:
        rules: what is measured by.
        begin: what happened before is known and not counted (milliseconds).
        whole: the figures are of all the time since ``begin``, not of a sliding window.
        division: what ``of_time`` tells apart; the newest 48 parts are kept, with ``whole`` all.
    """

    def __init__(
        self,
        rules: Rules | None = None,
        *,
        begin: int = 0,
        whole: bool = False,
        division: Division = hour_of,
    ) -> None:
        self.rules = rules or Rules()
        self.begin = begin
        self._whole = whole
        self._division = division
        fresh = partial(Tally, self.rules, whole=whole)
        self.desk = fresh()
        self.queues: defaultdict[QueueId, Tally] = defaultdict(fresh)
        self.agents: defaultdict[AgentId, Tally] = defaultdict(fresh)
        self.channels: defaultdict[str, Tally] = defaultdict(fresh)
        self.tags: defaultdict[str, Tally] = defaultdict(fresh)
        self.times: dict[int, Tally] = {}
        """By their beginnings."""
        self.loads: defaultdict[AgentId, Load] = defaultdict(partial(Load, begin))
        self.open = OpenCases()
        self._cases: dict[ConversationId, Case] = {}
        self._now = 0

    def take(self, fact: Fact) -> None:
        """Enter a fact. Facts of one conversation come in the order they happened."""
        self._now = max(self._now, fact.at)
        match fact.kind:
            case Kind.CAME | Kind.WENT:
                self.loads[fact.agent].be(fact.at, there=fact.kind is Kind.CAME)
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
            case Kind.TAGGED:
                self._tagged(fact)
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
        return self._figures(self.queues[queue], None, now)

    def of_agent(self, agent: AgentId, now: int) -> Figures:
        """One agent at ``now``."""
        return self._figures(self.agents[agent], self.loads[agent], now)

    def of_channel(self, channel: str, now: int) -> Figures:
        """One way in at ``now``."""
        return self._figures(self.channels[channel], None, now)

    def of_tag(self, tag: str, now: int) -> Figures:
        """The conversations with a tag at ``now``; :data:`UNTAGGED`: those with none."""
        return self._figures(self.tags[tag], None, now)

    def of_time(self, at: int, now: int) -> Figures:
        """What happened in the hour, or other part of time, that ``at`` is in. Nobody waits in the past."""
        begin, end = self._division(at)
        tally = self.times.get(begin) or self._fresh_time()
        return figures_of(tally, None, max(now, self._now), end - begin)

    def conversations_of(self, queue: QueueId) -> Iterator[ConversationId]:
        """Open ones of a queue: who waits longest first, then the others."""
        return waiting_first(self.queues.get(queue), self.open.of_queue(queue))

    def held_by(self, agent: AgentId) -> Iterator[ConversationId]:
        """Open ones of an agent: whose customer waits longest first, then the others."""
        return waiting_first(self.agents.get(agent), self.open.of_agent(agent))

    def arrivals(self, queue: QueueId, now: int) -> tuple[int, ...]:
        """Arrivals of the last hour in twelve parts."""
        return sparkline(self.queues[queue], max(now, self._now))

    def _figures(self, tally: Tally, load: Load | None, now: int) -> Figures:
        # A clock that is corrected backwards must not bring back what has slid out of the window.
        self._now = max(self._now, now)
        tally.move_to(self._now)
        if load is not None:
            load.move_to(self._now)
        span = max(0, self._now - self.begin) if self._whole else self.rules.window
        return figures_of(tally, load, self._now, span)

    # --- entering ------------------------------------------------------------------------------------

    def _arrived(self, fact: Fact) -> None:
        case = self._case(fact)
        if not case.arrived:
            case.arrived = True
            for tally in self._counting(case, fact.at):
                tally.arrive(fact.at)
            if fact.at >= self.begin:
                case.story.arrived = fact.at

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
        answer = (fact.at, max(0, fact.at - since))
        for tally in self._counting(case, fact.at, fact.agent):
            if first:
                tally.answer_first(*answer)
            else:
                tally.next.add(*answer)
        if fact.at >= self.begin and first:
            case.story.first = answer
        elif fact.at >= self.begin:
            case.story.further.append(answer)

    def _held(self, fact: Fact) -> None:
        case = self._case(fact)
        holder = fact.agent if fact.kind is Kind.TAKEN else NOBODY
        if holder == case.holder:
            return
        since = self._stop_wait(fact.conversation)
        self._let_go(case, fact.at)
        case.holder = holder
        self.open.put(fact.conversation, case.queue, holder)
        if holder:
            case.begun = fact.at if case.begun is None else case.begun
            self.loads[holder].hold(fact.at, 1)
        self._resume(case, since, fact.conversation)

    def _moved(self, fact: Fact) -> None:
        case = self._case(fact)
        since = self._stop_wait(fact.conversation)
        case.queue = fact.queue
        self.open.put(fact.conversation, case.queue, case.holder)
        self._resume(case, since, fact.conversation)

    def _tagged(self, fact: Fact) -> None:
        # What is closed is in the books: tags that come later do not open it again.
        case = self._cases.get(fact.conversation)
        if case is not None:
            since = self._stop_wait(fact.conversation)
            case.tags = tuple(dict.fromkeys(fact.tags))
            self._resume(case, since, fact.conversation)

    def _closed(self, fact: Fact) -> None:
        case = self._case(fact)
        since = self._stop_wait(fact.conversation)
        self._let_go(case, fact.at)
        del self._cases[fact.conversation]
        self.open.drop(fact.conversation)
        tallies = [*self._counting(case, fact.at, case.holder or fact.agent)]
        if fact.at >= self.begin:
            tallies += self._told(case)
        for tally in tallies:
            if case.answered:
                tally.close(fact.at, max(0, fact.at - (fact.at if case.begun is None else case.begun)))
            elif since is not None:
                tally.abandon(fact.at, max(0, fact.at - since))

    def _told(self, case: Case) -> Iterator[Tally]:
        for tally in self._of_tags(case):
            case.story.tell(tally)
            yield tally

    def _message(self, fact: Fact) -> None:
        came, went = (1, 0) if fact.kind is Kind.WROTE else (0, 1)
        case = self._cases.get(fact.conversation)
        if case is not None and fact.at >= self.begin:
            case.story.came += came
            case.story.went += went
        where = Case(fact.queue, fact.channel)
        for tally in self._counting(where, fact.at, NOBODY if came else fact.agent):
            tally.messages(came, went)

    # --- waits and holders ---------------------------------------------------------------------------

    def _case(self, fact: Fact) -> Case:
        case = self._cases.get(fact.conversation)
        if case is None:
            case = self._cases[fact.conversation] = Case(fact.queue, fact.channel)
            self.open.put(fact.conversation, fact.queue, NOBODY)
        return case

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
            self.loads[case.holder].hold(at, -1)

    def _running(self, case: Case) -> Iterator[Waits]:
        for tally in (*self._places(case, case.holder), *self._of_tags(case)):
            yield tally.waits_next if case.answered else tally.waits_first

    # --- whose figures -------------------------------------------------------------------------------

    def _counting(self, case: Case, at: int, agent: AgentId = NOBODY) -> Iterator[Tally]:
        """Those that count what happens in it then."""
        if at >= self.begin:
            yield from self._places(case, agent)
            yield self._time(at)

    def _places(self, case: Case, agent: AgentId) -> Iterator[Tally]:
        yield self.desk
        yield self.queues[case.queue]
        yield self.channels[case.channel]
        if agent:
            yield self.agents[agent]

    def _of_tags(self, case: Case) -> Iterator[Tally]:
        for tag in case.tags or (UNTAGGED,):
            yield self.tags[tag]

    def _time(self, at: int) -> Tally:
        begin, _ = self._division(at)
        tally = self.times.get(begin)
        if tally is None:
            tally = self.times[begin] = self._fresh_time()
            while len(self.times) > _HOURS_KEPT and not self._whole:
                del self.times[min(self.times)]
        return tally

    def _fresh_time(self) -> Tally:
        return Tally(self.rules, whole=True)
