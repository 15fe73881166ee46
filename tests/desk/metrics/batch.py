"""The figures worked out the plain way: all facts again and again, a list for everything."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from agent_tui.desk.metrics.facts import Fact, Kind
from agent_tui.desk.metrics.figures import Figures
from agent_tui.desk.metrics.levels import Formula
from agent_tui.desk.metrics.tally import Rules
from api_client.models.identity import AgentId, ConversationId, QueueId

MINUTE = 60_000
HOUR = 60 * MINUTE
NOBODY = AgentId("")
T = TypeVar("T")


@dataclass
class Happening:
    what: str
    at: int
    value: int
    queue: QueueId
    agent: AgentId
    channel: str
    tags: tuple[str, ...] = ()
    """Those the conversation was closed with."""


@dataclass
class Story:
    """One conversation from its facts."""

    number: ConversationId
    queue: QueueId
    channel: str = ""
    tags: tuple[str, ...] = ()
    agent: AgentId = NOBODY
    since: int | None = None
    begun: int | None = None
    answered: bool = False
    open: bool = False
    arrived: bool = False
    happened: list[Happening] = field(default_factory=list)
    untold: list[Happening] = field(default_factory=list)
    """What its tags hear of when it is closed."""
    held: list[tuple[AgentId, int, int | None]] = field(default_factory=list)

    def note(self, what: str, at: int, value: int = 0, agent: AgentId = NOBODY) -> None:
        self.happened.append(Happening(what, at, value, self.queue, agent, self.channel))
        self.untold.append(self.happened[-1])

    def close(self) -> None:
        for one in self.untold:
            one.tags = self.tags or ("",)
        self.untold = []
        self.since, self.open = None, False


def story(facts: Sequence[Fact]) -> Story:
    told = Story(facts[0].conversation, facts[0].queue)
    for fact in facts:
        _tell(told, fact)
    return told


def _tell(told: Story, fact: Fact) -> None:
    if fact.kind in {Kind.WROTE, Kind.REPLIED}:
        _hear(told, fact)
        return
    if fact.kind is Kind.TAGGED:
        told.tags = fact.tags if told.open else told.tags
        return
    if not told.open:
        told.queue, told.agent, told.since, told.begun = fact.queue, AgentId(""), None, None
        told.answered, told.open, told.arrived = False, True, False
        told.channel, told.tags = fact.channel, ()
    if fact.kind is Kind.ARRIVED and not told.arrived:
        told.arrived = True
        told.note("arrived", fact.at)
    elif fact.kind is Kind.WAITS and told.since is None:
        told.since = fact.at
    elif fact.kind is Kind.PAUSED:
        told.since = None
    elif fact.kind is Kind.MOVED:
        told.queue = fact.queue
    elif fact.kind is Kind.ANSWERED:
        if told.since is not None:
            told.note("next" if told.answered else "first", fact.at, fact.at - told.since, fact.agent)
            told.begun = told.begun if told.begun is not None else fact.at
        told.answered, told.since = True, None
    elif fact.kind in {Kind.TAKEN, Kind.RELEASED}:
        _hand(told, fact.agent if fact.kind is Kind.TAKEN else NOBODY, fact.at)
    elif fact.kind is Kind.CLOSED:
        if told.answered:
            start = told.begun if told.begun is not None else fact.at
            told.note("handled", fact.at, fact.at - start, told.agent or fact.agent)
        elif told.since is not None:
            told.note("abandoned", fact.at, fact.at - told.since, told.agent or fact.agent)
        _hand(told, NOBODY, fact.at)
        told.close()


def _hear(told: Story, fact: Fact) -> None:
    """A message counts where the fact says; for its tags, if it came while the conversation was open."""
    came = fact.kind is Kind.WROTE
    agent = NOBODY if came else fact.agent
    one = Happening("came" if came else "went", fact.at, 0, fact.queue, agent, fact.channel)
    told.happened.append(one)
    if told.open:
        told.untold.append(one)


def _hand(told: Story, agent: AgentId, at: int) -> None:
    if agent == told.agent:
        return
    if told.agent:
        who, start, _ = told.held.pop()
        told.held.append((who, start, at))
    if agent:
        told.held.append((agent, at, None))
        told.begun = told.begun if told.begun is not None else at
    told.agent = agent


class Batch:
    def __init__(self, facts: Iterable[Fact], rules: Rules, now: int) -> None:
        self.rules, self.now = rules, now
        by_conversation: defaultdict[str, list[Fact]] = defaultdict(list)
        self.presence: defaultdict[AgentId, list[Fact]] = defaultdict(list)
        for fact in facts:
            if fact.kind in {Kind.CAME, Kind.WENT}:
                self.presence[fact.agent].append(fact)
            else:
                by_conversation[fact.conversation].append(fact)
        self.stories = [story(told) for told in by_conversation.values()]
        self.happened = [one for told in self.stories for one in told.happened]
        self.by_hour: defaultdict[int, list[Happening]] = defaultdict(list)
        for one in self.happened:
            self.by_hour[one.at // HOUR].append(one)

    def figures(
        self,
        queue: QueueId | None = None,
        agent: AgentId | None = None,
        channel: str | None = None,
        tag: str | None = None,
    ) -> Figures:
        """Of the window; counts since the beginning."""

        mine, waiting = self.happened, [s for s in self.stories if s.since is not None]
        if queue is not None:
            mine, waiting = _of("queue", queue, mine), _of("queue", queue, waiting)
        if agent is not None:
            mine, waiting = _of("agent", agent, mine), _of("agent", agent, waiting)
        if channel is not None:
            mine, waiting = _of("channel", channel, mine), _of("channel", channel, waiting)
        if tag is not None:
            mine = [one for one in mine if tag in one.tags]
            waiting = [s for s in waiting if tag in (s.tags or ("",))]
        start = self.now - self.rules.window
        lately = [one for one in mine if one.at > start]
        return self._figures(mine, lately, waiting, self.rules.window, agent)

    def hour(self, begin: int) -> Figures:
        """What happened in the hour that begins then."""
        mine = self.by_hour[begin // HOUR]
        return self._figures(mine, mine, [], HOUR, None)

    def whole(self, begin: int, queue: QueueId | None = None, tag: str | None = None) -> Figures:
        """Everything since ``begin``."""
        mine = [
            one
            for one in self.happened
            if one.at >= begin and queue in {None, one.queue} and tag in {None, *one.tags}
        ]
        waiting = [
            s
            for s in self.stories
            if s.since is not None and queue in {None, s.queue} and tag in {None, *(s.tags or ("",))}
        ]
        return self._figures(mine, mine, waiting, self.now - begin, None)

    def _figures(
        self,
        mine: list[Happening],
        lately: list[Happening],
        waiting: list[Story],
        span: int,
        agent: AgentId | None,
    ) -> Figures:
        def values(what: str) -> list[int]:
            return sorted(one.value for one in lately if one.what == what)

        def number(what: str) -> int:
            return sum(one.what == what for one in mine)

        since = sorted((s.since or 0, s.number) for s in waiting)
        first, later, handle = values("first"), values("next"), values("handled")
        minutes = span / MINUTE
        load = self.load(agent) if agent else (0, None, None)
        mean = _mean(handle)
        return Figures(
            waiting_first=sum(not s.answered for s in waiting),
            waiting_next=sum(s.answered for s in waiting),
            longest_since=since[0][0] / 1000 if since else None,
            longest=since[0][1] if since else None,
            first_mean=_mean(first),
            first_p50=_rank(first, 50),
            first_p90=_rank(first, 90),
            next_p50=_rank(later, 50),
            next_p90=_rank(later, 90),
            next_mean=_mean(later),
            arrivals_per_minute=len(values("arrived")) / minutes if minutes else 0.0,
            answers_per_minute=len(first) / minutes if minutes else 0.0,
            levels=self.levels(first, values("abandoned"), [s for s in waiting if not s.answered]),
            arrivals=number("arrived"),
            answers=number("first"),
            handled=number("handled"),
            abandoned=number("abandoned"),
            messages_in=number("came"),
            messages_out=number("went"),
            handle_time=mean,
            holds=load[0],
            concurrency=load[1],
            occupancy=load[2],
            adjusted_handle_time=None if mean is None or load[1] is None else mean / factor(load[1]),
        )

    def levels(self, first: list[int], lost: list[int], waiting: list[Story]) -> dict[Formula, float | None]:
        target = self.rules.target
        good = sum(wait <= target for wait in first)
        soon = sum(wait <= target for wait in lost)
        short = sum(wait <= self.rules.short for wait in lost)
        late = sum(self.now - (s.since or 0) > target for s in waiting)
        every = len(first) + len(lost)
        parts = {
            Formula.ANSWERED: (good, len(first)),
            Formula.OFFERED: (good, every),
            Formula.OFFERED_BUT_SHORT: (good, every - short),
            Formula.LEFT_IN_TIME_IS_KEPT: (good + soon, every),
            Formula.LEFT_IN_TIME_IS_OUT: (good, every - soon),
            Formula.STILL_WAITING_COUNTS: (good, every - short + late),
        }
        return {formula: above / below if below else None for formula, (above, below) in parts.items()}

    def load(self, agent: AgentId) -> tuple[int, float | None, float | None]:
        """Held now, concurrency and occupancy, from the moments at which anything changed."""
        held = [(a, b) for s in self.stories for who, a, b in s.held if who == agent]
        there = self.presence[agent]
        moments = sorted(
            {*(t for span in held for t in span if t is not None), *(f.at for f in there), self.now}
        )
        chats = busy = present = 0
        for begin, end in pairwise(moments):
            number = sum(a <= begin and (b is None or b > begin) for a, b in held)
            last = [f for f in there if f.at <= begin]
            seen = bool(last) and last[-1].kind is Kind.CAME
            chats += (end - begin) * number
            busy += (end - begin) * (number > 0)
            present += (end - begin) * (number > 0 or seen)
        now = sum(b is None for _, b in held)
        return now, chats / busy if busy else None, busy / present if present else None


def _of(name: str, wanted: str, found: list[T]) -> list[T]:
    return [one for one in found if getattr(one, name) == wanted]


def factor(concurrency: float) -> float:
    table = {1: 1.0, 2: 1.7, 3: 2.5, 4: 2.9, 5: 3.5}
    inside = min(max(concurrency, 1.0), 5.0)
    low, high = math.floor(inside), math.ceil(inside)
    return table[low] + (table[high] - table[low]) * (inside - low)


def _mean(values: list[int]) -> float | None:
    return sum(values) / len(values) / 1000 if values else None


def _rank(values: list[int], percent: int) -> float | None:
    return values[max(0, math.ceil(percent * len(values) / 100) - 1)] / 1000 if values else None


def differences(one: Figures, other: Figures, near: Callable[[object], object]) -> list[str]:
    """The figures in which two differ."""
    names = Figures.__struct_fields__
    return [name for name in names if getattr(one, name) != near(getattr(other, name))]
