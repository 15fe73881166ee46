"""How many customers an agent can have at once: what a chat weighs, the limit, when it eases and recovers.

The formulas stand in ``docs/capacity.md`` for the agent to read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from agent_tui.desk.assigned_index import AssignedIndex
from api_client.models.identity import ConversationId, QueueId

if TYPE_CHECKING:
    from agent_tui.desk.model import Chat

LIGHTER: Final = ((15.0, 0.0), (2.5, 0.25), (1.0, 0.5))
"""From how many times ``halves_after`` on, what a chat weighs."""
RUSH_LASTS: Final = 60.0
"""Seconds without anybody past the warning after which a rush is over."""
STRAINED: Final = 1.0
"""A reply gap of twice the promised time, which is two minutes in a live chat."""
CALM: Final = 0.5
"""Half of that."""
EASE_EVERY: Final = 120.0
"""Seconds between two steps down while the gap stays too long."""
RECOVER_EVERY: Final = 300.0
"""Seconds of calm before each step up."""


class ChatLimits(Struct, frozen=True):
    """How many chats at once, in quiet times and in a rush."""

    normal: int
    rush: int

    def at(self, *, rush: bool) -> int:
        """The one in force; a rush never lowers it."""
        return max(self.normal, self.rush) if rush else self.normal


class TeamLimits(Struct, frozen=True):
    """What the team lead has set: they count more than the agents' own settings."""

    everyone: ChatLimits | None = None
    """For whoever is not named."""
    named: Mapping[str, ChatLimits] = {}
    """By e-mail or name, case folded."""

    def of(self, *called: str) -> ChatLimits | None:
        """The limits of somebody who goes by these names; ``None`` where the team has set none."""
        own = (self.named.get(name.casefold()) for name in called if name)
        return next((limits for limits in own if limits is not None), self.everyone)


NO_TEAM_LIMITS: Final = TeamLimits()


def silence(chat: Chat, now: float) -> float:
    """Seconds (server time) that the customer has been silent since they were answered; 0 if they are not.

    One who waits or types is not. Where the newest answer is not known, the newest that happened counts.
    """
    if chat.waiting_since is not None or chat.customer_typing_until:
        return 0.0
    return max(0.0, now - (chat.answered[0] or chat.last_activity_at))


def weight(silent: float, halves_after: float) -> float:
    """What an open chat weighs whose customer has been ``silent`` so many seconds: 1, a half, a quarter, 0.

    It weighs half after ``halves_after`` seconds, a quarter after 2.5 times, nothing after 15 times that;
    with ``halves_after`` 0 always 1.
    """
    if halves_after <= 0:
        return 1.0
    times = silent / halves_after
    return next((weighs for least, weighs in LIGHTER if times >= least), 1.0)


class Rush(Struct):
    """A queue is in a rush from the first customer past the warning until a minute after the last."""

    on: bool = False
    calm_since: float | None = None

    def look(self, now: float, *, late: bool) -> None:
        """``late``: somebody waits past the warning at ``now``. Call it about once a second."""
        if late:
            self.on, self.calm_since = True, None
        elif self.calm_since is None:
            self.calm_since = now
        elif now - self.calm_since >= RUSH_LASTS:
            self.on = False


class Easing(Struct):
    """How far the limit has come down because answers take long.

    One step down at once when the gap is too long, another after every two minutes that it stays so; one
    step up after every five minutes in which it was half of that at most. Between the two nothing moves.
    """

    steps: int = 0
    eased_at: float | None = None
    calm_since: float | None = None

    def look(self, strain: float, limit: int, now: float) -> None:
        """``strain``: the reply gap as a part of the longest that is all right; ``limit``: before easing."""
        self.steps = min(self.steps, limit - 1)
        if strain > STRAINED:
            self.calm_since = None
            self._ease(limit, now)
        elif strain > CALM or not self.steps:
            self.calm_since = None
        elif self.calm_since is None:
            self.calm_since = now
        elif now - self.calm_since >= RECOVER_EVERY:
            self.steps, self.calm_since = self.steps - 1, now

    def _ease(self, limit: int, now: float) -> None:
        again = self.eased_at is None or now - self.eased_at >= EASE_EVERY
        if again and self.steps < limit - 1:
            self.steps, self.eased_at = self.steps + 1, now


class Capacity(Struct):
    """What the desk remembers of everybody's load."""

    assigned: AssignedIndex = field(default_factory=AssignedIndex)
    rushes: dict[QueueId, Rush] = field(default_factory=dict)
    easing: Easing = field(default_factory=Easing)
    """The signed-in agent's."""
    team: TeamLimits = NO_TEAM_LIMITS
    told_over: bool = False
    """The agent has been told that they are over their limit, and still is."""


class AutoTake(Struct):
    """Customers taken without a key. Times are local."""

    on: bool | None = None
    """``None``: as the settings say."""
    taking: ConversationId | None = None
    """Being taken so; the answer is awaited."""
    since: float = 0.0
    """Since when that customer waited, server time."""
    next: ConversationId | None = None
    """To be taken so when it is this desk's turn."""
    due: float = 0.0
    """When that is."""
    rest_until: float = 0.0
    """Nobody is taken before."""
    in_vain: int = 0
    """Tries since the last that worked."""
    begun_at: float = float("-inf")
    """When the newest draft was begun."""
    typed_at: float = float("-inf")
    """When any draft was changed last."""


class Load(Struct, frozen=True):
    """What an agent has in hand, against their limit."""

    open: int
    """Chats."""
    awake: int
    """Those that weigh anything."""
    weight: float
    limits: ChatLimits
    rush: bool = False
    eased: int = 0
    """Steps that the limit has come down."""

    @property
    def limit(self) -> int:
        """In force now."""
        return max(1, self.limits.at(rush=self.rush) - self.eased)

    @property
    def free(self) -> int:
        """Whole chats that there is room for, with those awake never more than the rush allows."""
        most = self.limits.at(rush=True)
        return max(0, min(int(self.limit - self.weight), most - self.awake))

    @property
    def over(self) -> bool:
        """More than the limit."""
        return self.weight > self.limit
