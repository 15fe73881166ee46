"""One customer's visit as a state machine: fed with what happens and the time, it says what they do.

A visit never looks at a clock and never calls anybody. ``due`` tells when it wants a :class:`Tick`.
All its chance comes from one stream, so that what others do never changes what this customer does.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from enum import Enum
from random import Random
from typing import Literal, NamedTuple, assert_never

from practice.customers.understanding import gist, kinds_of
from practice.scenario.model import Persona, Reaction

NEVER = math.inf
TYPING_LASTS = 30.0
"""A typing mark counts for this long unless it is taken back. In seconds."""
LINGER = 300.0
"""A content customer stays this long for a good-bye. In seconds."""
BROWSING = (15.0, 45.0)
"""How long they look at a page that was sent, at least and at most. In seconds."""
PAUSE = (0.4, 1.6)
"""Between two messages of theirs. In seconds."""
SHORTEST_TYPING = 0.8


class Tick(NamedTuple):
    """Time has come to ``due``."""


class AgentSaid(NamedTuple):
    """A person answered."""

    text: str


class AutomaticSaid(NamedTuple):
    """The desk itself said something; no answer."""


class AgentTyping(NamedTuple):
    """An agent began or stopped to type an answer."""

    on: bool


class Resolved(NamedTuple):
    """The conversation was resolved."""


Input = Tick | AgentSaid | AutomaticSaid | AgentTyping | Resolved


class Arrive(NamedTuple):
    """Open the conversation."""


class Typing(NamedTuple):
    """Show or take back the typing mark."""

    on: bool


class Say(NamedTuple):
    """Post a message."""

    text: str


class Read(NamedTuple):
    """Mark everything so far as seen."""


class Close(NamedTuple):
    """Close the chat, which resolves the conversation."""


class Depart(NamedTuple):
    """The visit is over. ``how`` it went: content, or without what they came for."""

    how: Literal["content", "unserved"]


Action = Arrive | Typing | Say | Read | Close | Depart


class Phase(Enum):
    """What a customer is at; while they type it is what they will be at afterwards."""

    COMING = "coming"
    WAITING = "waiting"
    BROWSING = "browsing"
    CONTENT = "content"
    LEAVING = "leaving"
    AWAY = "away"
    GONE = "gone"


class _Planned(NamedTuple):
    at: float
    action: Action


class Visit:
    """One visit of ``persona`` that begins at ``start`` (seconds) and draws from ``chance``."""

    def __init__(self, persona: Persona, start: float, chance: Random) -> None:
        self.persona = persona
        self.phase = Phase.COMING
        self._chance = chance
        self._patience = persona.patience * min(2.5, max(0.4, chance.lognormvariate(-0.06, 0.35)))
        self._questions = deque(item.say for item in persona.follow_ups if chance.random() < item.chance)
        self._reactions = {reaction.to: reaction for reaction in persona.reactions}
        self._plan: deque[_Planned] = deque()
        self._heard: list[str] = []
        self._known: set[str] = set()
        self._next_at = start
        """When the phase itself goes on: arriving, losing patience, done browsing, back again."""
        self._nudge_at = NEVER
        self._read_at = NEVER
        self._typing_until = -NEVER
        self._said_goodbye = False
        self._nudged = self._returned = False

    @property
    def due(self) -> float:
        """When to step the visit with a :class:`Tick`; infinity once it is over. In seconds."""
        if self._plan:
            return self._plan[0].at
        if self._heard:
            return max(self._read_at, self._typing_until)
        at = min(self._next_at, self._nudge_at, self._read_at)
        return max(at, self._typing_until) if self.phase in {Phase.WAITING, Phase.BROWSING} else at

    def step(self, at: float, happened: Input) -> list[Action]:
        """What they do at time ``at`` (seconds, never going back) because of what ``happened``."""
        if self.phase is Phase.GONE:
            return []
        match happened:
            case Tick():
                return self._tick(at) if at >= self.due else []
            case AgentSaid(text):
                return self._hear(at, text)
            case AutomaticSaid():
                self._read_at = min(self._read_at, at + self._reading_time())
            case AgentTyping(on):
                self._typing_until = at + TYPING_LASTS if on else -NEVER
            case Resolved():
                return self._resolved(at)
            case _:
                assert_never(happened)
        return []

    # What happens to them

    def _hear(self, at: float, text: str) -> list[Action]:
        if self.phase is Phase.AWAY:
            return []
        self._heard.append(text)
        self._typing_until = -NEVER
        typed_until = self._plan[-1].at if self._plan else at
        self._read_at = max(at, typed_until) + self._reading_time()
        if self.phase is Phase.LEAVING and not self._said_goodbye:
            return self._stay(at)
        return []

    def _stay(self, at: float) -> list[Action]:
        """The answer came just in time: what they began to type stays unsaid."""
        stopping = self._stop_typing()
        self._plan.clear()
        self._read_at = at + self._reading_time()
        self._wait(at)
        return stopping

    def _resolved(self, at: float) -> list[Action]:
        """Whoever has more to ask goes on, which reopens the conversation; the others go."""
        match self.phase:
            case Phase.CONTENT:
                return self._end_well(at)
            case Phase.LEAVING:
                return self._depart("unserved")
            case Phase.BROWSING:
                return [] if self._plan or self._questions else self._end_well(at)
            case Phase.WAITING if self._heard:
                return [] if self._plan or self._questions else self._end_well(at)
            case Phase.WAITING:
                return [] if self._is_asking() else self._depart("unserved")
            case Phase.COMING | Phase.AWAY | Phase.GONE:
                return []
            case _:
                assert_never(self.phase)

    def _is_asking(self) -> bool:
        """Whether something is being typed that is more than a reminder."""
        return bool(self._plan) and self._next_at == NEVER

    # What they do when time has come

    def _tick(self, at: float) -> list[Action]:
        if self._plan:
            return self._go_on_typing()
        if self._read_at <= at:
            return self._read(at)
        match self.phase:
            case Phase.COMING:
                return self._open(at)
            case Phase.WAITING:
                return self._lose_patience(at)
            case Phase.BROWSING:
                return self._ask_or_thank(at)
            case Phase.CONTENT:
                return self._end_well(at)
            case Phase.AWAY:
                return self._come_back(at)
            case Phase.LEAVING | Phase.GONE:
                return []
            case _:
                assert_never(self.phase)

    def _open(self, at: float) -> list[Action]:
        """The first words were written before the chat opened, as in a web page's form."""
        first, *rest = self._chance.choice(self.persona.opening)
        self._speak(at + self._chance.uniform(*PAUSE), [rest], Phase.WAITING)
        return [Arrive(), Say(first), *([] if rest else self._spoken(at))]

    def _go_on_typing(self) -> list[Action]:
        at, action = self._plan.popleft()
        self._said_goodbye = self._said_goodbye or (self.phase is Phase.LEAVING and isinstance(action, Say))
        if self._plan:
            return [action]
        return [action, *self._spoken(at)]

    def _spoken(self, at: float) -> list[Action]:
        """All is said; what comes now depends on what it was for."""
        match self.phase:
            case Phase.WAITING:
                if self._next_at == NEVER:
                    self._wait(at)
            case Phase.BROWSING:
                self._next_at = at + self._chance.uniform(*BROWSING)
            case Phase.CONTENT:
                self._next_at = at + LINGER
            case Phase.LEAVING:
                return self._leave()
            case Phase.COMING | Phase.AWAY | Phase.GONE:
                pass
            case _:
                assert_never(self.phase)
        return []

    def _read(self, at: float) -> list[Action]:
        heard, self._heard, self._read_at = self._heard, [], NEVER
        if not heard:
            return [Read()]
        kinds = kinds_of(heard, self._known)
        self._known.update(gist(text) for text in heard)
        if self.phase is Phase.CONTENT:
            reply = self._reactions.pop("closing", None) if "closing" in kinds else None
            return [Read(), *(self._speak(at, reply.say, Phase.CONTENT) if reply else [])]
        return [Read(), *self._react(at, kinds)]

    def _react(self, at: float, kinds: frozenset[str]) -> list[Action]:
        if "hold" in kinds:
            self._wait(at)
            reply = self._reactions.pop("hold", None)
            return self._speak(at, reply.say, Phase.WAITING, waiting=True) if reply else []
        if reply := self._reaction(kinds):
            return self._speak(at, reply.say, Phase.BROWSING if reply.to == "link" else Phase.WAITING)
        return self._ask_or_thank(at, goodbye="closing" in kinds)

    def _reaction(self, kinds: frozenset[str]) -> Reaction | None:
        for kind in ("repeated", "link", "question"):
            if kind in kinds and kind in self._reactions:
                return self._reactions.pop(kind)
        return None

    def _ask_or_thank(self, at: float, *, goodbye: bool = False) -> list[Action]:
        if self._questions:
            return self._speak(at, self._questions.popleft(), Phase.WAITING)
        reply = self._reactions.pop("closing", None) if goodbye else None
        return self._speak(at, reply.say if reply else self.persona.thanks, Phase.CONTENT)

    def _lose_patience(self, at: float) -> list[Action]:
        if self._nudge_at < self._next_at and self.persona.nudge:
            self._nudged, self._nudge_at = True, NEVER
            return self._speak(at, self.persona.nudge, Phase.WAITING, waiting=True)
        if self.persona.leaving is None:
            return self._leave()
        return self._speak(at, self.persona.leaving, Phase.LEAVING)

    def _come_back(self, at: float) -> list[Action]:
        return self._speak(at, self.persona.back or self.persona.opening, Phase.WAITING)

    # How a visit ends

    def _leave(self) -> list[Action]:
        closing: list[Action] = [Close()] if self._chance.random() < self.persona.closes else []
        return [*closing, *self._depart("unserved")]

    def _end_well(self, at: float) -> list[Action]:
        if self._returned or self._chance.random() >= self.persona.returns:
            return self._depart("content")
        stopping = self._stop_typing()
        self._returned = True
        self._quieten()
        self.phase = Phase.AWAY
        self._next_at = at + self.persona.returns_after * self._chance.uniform(0.7, 1.3)
        return stopping

    def _depart(self, how: Literal["content", "unserved"]) -> list[Action]:
        stopping = self._stop_typing()
        self._quieten()
        self.phase = Phase.GONE
        return [*stopping, Depart(how)]

    def _stop_typing(self) -> list[Action]:
        return [Typing(on=False)] if self._plan and self._plan[0].action != Typing(on=True) else []

    def _quieten(self) -> None:
        self._plan.clear()
        self._heard.clear()
        self._next_at = self._nudge_at = self._read_at = NEVER
        self._typing_until = -NEVER

    # Time

    def _wait(self, at: float) -> None:
        """A wait begins, or begins anew."""
        self.phase = Phase.WAITING
        self._next_at = at + self._patience
        may_nudge = self.persona.nudge is not None and not self._nudged
        self._nudge_at = at + self._patience / 2 if may_nudge else NEVER

    def _reading_time(self) -> float:
        return self.persona.reading * self._chance.uniform(0.6, 1.4)

    def _speak(
        self, at: float, variants: Sequence[Sequence[str]], then: Phase, *, waiting: bool = False
    ) -> list[Action]:
        """Begin to type one of ``variants``, line by line, to be at ``then`` afterwards.

        With ``waiting`` the wait that runs already goes on; else a new one may begin when all is said.
        """
        self.phase = then
        if not waiting:
            self._next_at = self._nudge_at = NEVER
        for line in self._chance.choice(variants):
            said = at + max(SHORTEST_TYPING, len(line) / self.persona.typing_cps)
            written = (_Planned(said, Say(line)), _Planned(said, Typing(on=False)))
            self._plan += (_Planned(at, Typing(on=True)), *written)
            at = said + self._chance.uniform(*PAUSE)
        return []
