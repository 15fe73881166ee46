"""One lane per conversation: what changes it happens in the order the agent meant; lanes run side by side."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from agent_tui.desk.effects import (
    HandOver,
    LookForReply,
    Mute,
    Reopen,
    Resolve,
    SendReply,
    SetPriority,
    SetTags,
    Snooze,
    TakeConversation,
)
from agent_tui.desk.problems import Problem, Trouble
from agent_tui.engine.tasks import Tasks
from api_client.models.identity import ConversationId

LaneEffect = (
    SendReply
    | LookForReply
    | TakeConversation
    | SetTags
    | Resolve
    | HandOver
    | Reopen
    | Snooze
    | Mute
    | SetPriority
)

Perform = Callable[[LaneEffect], Awaitable[Problem | None]]
"""Does it, tells the desk, and returns why it did not work. Raises nothing."""
GiveUp = Callable[[LaneEffect, Problem], None]
"""Tells the desk that it was not even tried."""


@dataclass(slots=True)
class _Waiting:
    """Something to be done, or not, as what stood before it failed."""

    effect: LaneEffect
    fallen: Problem | None = None


class Lanes:
    """The conversations that have something under way."""

    def __init__(self, perform: Perform, give_up: GiveUp, tasks: Tasks) -> None:
        self._perform = perform
        self._give_up = give_up
        self._tasks = tasks
        self._lanes: dict[ConversationId, deque[_Waiting]] = {}

    def put(self, effect: LaneEffect) -> None:
        """Do it after everything else of its conversation."""
        lane = self._lanes.get(effect.conversation)
        if lane is not None:
            lane.append(_Waiting(effect))
            return
        self._lanes[effect.conversation] = lane = deque((_Waiting(effect),))
        self._tasks.spawn(self._work(effect.conversation, lane))

    @property
    def idle(self) -> bool:
        """Nothing is under way."""
        return not self._lanes

    async def _work(self, conversation: ConversationId, lane: deque[_Waiting]) -> None:
        while lane:
            first = lane[0]
            if first.fallen is None:
                problem = await self._perform(first.effect)
                if problem is not None and isinstance(first.effect, SendReply | LookForReply):
                    _leave_behind(lane, problem)
            else:
                self._give_up(first.effect, first.fallen)
            lane.popleft()
        del self._lanes[conversation]


def _leave_behind(lane: Iterable[_Waiting], problem: Problem) -> None:
    """Each falls when its turn comes, so that texts that did not leave are told in their order."""
    for waiting in lane:
        if waiting.fallen is None and _falls_with(waiting.effect, problem):
            waiting.fallen = problem


def _falls_with(effect: LaneEffect, problem: Problem) -> bool:
    """Whether a reply that failed takes what was meant to come after it along.

    A conversation is not closed or given away over a text that did not get through, and a later reply
    does not overtake one that may still be sent; a text that the server declined holds nobody up.
    """
    if isinstance(effect, SendReply):
        return problem.trouble is not Trouble.REFUSED
    return isinstance(effect, Resolve | HandOver | Snooze | Mute)
