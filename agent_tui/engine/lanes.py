"""One lane per conversation: what changes it happens in the order the agent meant; lanes run side by side."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Final

from msgspec import Struct

from agent_tui.desk.customer_effects import ChangeCustomer, SetAttribute, WriteNote
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
from api_client.models.identity import ConversationId, EchoId

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
    | WriteNote
    | ChangeCustomer
    | SetAttribute
)

Perform = Callable[[LaneEffect], Coroutine[Any, Any, Problem | None]]
"""Does it, tells the desk, and returns why it did not work. Raises nothing."""
GiveUp = Callable[[LaneEffect, Problem], None]
"""Tells the desk that it was not even tried."""


class _Waiting(Struct):
    """Something to be done, or not, as what stood before it failed."""

    effect: LaneEffect
    fallen: Problem | None = None


TAKEN_BACK: Final = Problem(Trouble.TAKEN_BACK)
_ITS_OWN: Final = frozenset({Trouble.REFUSED, Trouble.TOO_LARGE, Trouble.FILE, Trouble.TAKEN_BACK})
"""Troubles of one text alone: the next may go through."""


class Lanes:
    """The conversations that have something under way."""

    def __init__(self, perform: Perform, give_up: GiveUp, tasks: Tasks) -> None:
        self._perform = perform
        self._give_up = give_up
        self._tasks = tasks
        self._lanes: dict[ConversationId, deque[_Waiting]] = {}
        self._doing: dict[ConversationId, asyncio.Task[Problem | None]] = {}
        self._fell: dict[EchoId, Problem] = {}
        """Texts that failed and hold up others, until they are sent again."""

    def put(self, effect: LaneEffect) -> None:
        """Do it after everything else of its conversation."""
        waiting = _Waiting(effect)
        if isinstance(effect, SendReply):
            self._fell.pop(effect.echo, None)
            waiting.fallen = None if effect.behind is None else self._fell.get(effect.behind)
        lane = self._lanes.get(effect.conversation)
        if lane is not None:
            lane.append(waiting)
            return
        self._lanes[effect.conversation] = lane = deque((waiting,))
        self._tasks.spawn(self._work(effect.conversation, lane))

    @property
    def idle(self) -> bool:
        """Nothing is under way."""
        return not self._lanes

    def withdraw(
        self, conversation: ConversationId, echo: EchoId, may_stop: Callable[[EchoId], bool]
    ) -> bool:
        """Let a reply not happen after all; what was meant to come after it falls with it, texts do not.

        ``may_stop``: whether one under way can still be stopped. False when it is too late.
        """
        lane = self._lanes.get(conversation, deque())
        place = next((n for n, one in enumerate(lane) if _is_reply(one.effect, echo)), None)
        if place == 0:
            doing = self._doing.get(conversation)
            if isinstance(lane[0].effect, LookForReply) or doing is None or doing.done():
                return False
            if not may_stop(echo):
                return False
            doing.cancel()
        elif place is not None:
            _leave_behind(list(lane)[place + 1 :], TAKEN_BACK)
            del lane[place]
        return True

    async def _work(self, conversation: ConversationId, lane: deque[_Waiting]) -> None:
        while lane:
            first = lane[0]
            problem = first.fallen
            if problem is not None:
                self._give_up(first.effect, problem)
            else:
                problem = await self._done(conversation, first.effect)
            if problem is not None and isinstance(first.effect, SendReply | LookForReply):
                _leave_behind(lane, problem)
                if problem.trouble not in _ITS_OWN:
                    self._fell[first.effect.echo] = problem
            lane.popleft()
        del self._lanes[conversation]

    async def _done(self, conversation: ConversationId, effect: LaneEffect) -> Problem | None:
        """Why it did not work, which may be that it was withdrawn."""
        doing = self._doing[conversation] = asyncio.ensure_future(self._perform(effect))
        try:
            return await doing
        except asyncio.CancelledError:
            me = asyncio.current_task()
            if me is None or me.cancelling():
                raise
            return TAKEN_BACK
        finally:
            del self._doing[conversation]


def _leave_behind(lane: Iterable[_Waiting], problem: Problem) -> None:
    """Each falls when its turn comes, so that texts that did not leave are told in their order."""
    for waiting in lane:
        if waiting.fallen is None and _falls_with(waiting.effect, problem):
            waiting.fallen = problem


def _is_reply(effect: LaneEffect, echo: EchoId) -> bool:
    return isinstance(effect, SendReply | LookForReply) and effect.echo == echo


def _falls_with(effect: LaneEffect, problem: Problem) -> bool:
    """Whether a reply that failed takes what was meant to come after it along.

    A conversation is not closed or given away over a text that did not get through, and a later reply
    does not overtake one that may still be sent; a text that the server declined holds nobody up.
    """
    if isinstance(effect, SendReply):
        return problem.trouble not in _ITS_OWN
    return isinstance(effect, Resolve | HandOver | Snooze | Mute)
