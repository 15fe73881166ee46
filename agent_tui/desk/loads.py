"""Every agent's load and room, and what a second does to limits. Costs what one agent has, not all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from agent_tui.desk.capacity import ChatLimits, Load, Rush, silence, weight
from agent_tui.desk.capacity_notice import LimitsBroken
from agent_tui.desk.effects import DeskEffect, Notify
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.selectors import server_now
from agent_tui.desk.standing import served_queues
from agent_tui.desk.tabs import owed_since
from agent_tui.desk.told import TeamLimitsRead
from agent_tui.desk.view import Urgency
from agent_tui.desk.waiting import counted, promise_of, urgency
from api_client.models.identity import AgentId, QueueId
from api_client.models.people import Availability

_LONGEST_GAP: Final = 2.0
"""Times what is promised that a customer may wait for an answer before it is too long."""


def limits_of(state: DeskState, agent: AgentId) -> ChatLimits:
    """The team's for this agent, else those of the settings."""
    own = state.rules.capacity
    colleague = state.colleagues.get(agent)
    if colleague is None:
        colleague = state.me if state.me is not None and state.me.id == agent else None
    team = state.capacity.team
    found = team.everyone if colleague is None else team.of(colleague.email, colleague.name)
    return found or ChatLimits(own.normal, own.rush)


def load_of(state: DeskState, agent: AgentId, server: float) -> Load:
    """What an agent has in hand at server time ``server``, by all that the desk sees of it."""
    halves_after = state.rules.capacity.silent
    chats = [state.chats[one] for one in state.capacity.assigned.of(agent)]
    weights = [weight(silence(chat, server), halves_after) for chat in chats]
    return Load(
        open=len(chats),
        awake=sum(each > 0 for each in weights),
        weight=sum(weights),
        limits=limits_of(state, agent),
        rush=in_rush(state, queues_of(state, agent)),
        eased=state.capacity.easing.steps if _is_me(state, agent) else 0,
    )


def own_load(state: DeskState, server: float) -> Load | None:
    """The signed-in agent's; ``None`` before it is known who that is."""
    return None if state.me is None else load_of(state, state.me.id, server)


def _is_me(state: DeskState, agent: AgentId) -> bool:
    return state.me is not None and state.me.id == agent


def queues_of(state: DeskState, agent: AgentId) -> Iterable[QueueId]:
    """The queues an agent serves, as far as the desk knows; else all."""
    if _is_me(state, agent):
        return served_queues(state)
    known = [info.id for info in state.queues.values() if info.agents is not None and agent in info.agents]
    return known or state.queues


def in_rush(state: DeskState, queues: Iterable[QueueId]) -> bool:
    """Whether any of these queues is in a rush."""
    rushes = state.capacity.rushes
    return any(queue in rushes and rushes[queue].on for queue in queues)


def free_in(state: DeskState, queue: QueueId, server: float) -> int | None:
    """Chats for which those who serve the queue and are there have room; ``None``: nobody knows who they are.

    An agent who serves several queues counts with all their room in each.
    """
    info = state.queues.get(queue)
    if info is None or info.agents is None:
        return None
    there = (state.colleagues.get(agent) for agent in info.agents)
    return sum(
        load_of(state, colleague.id, server).free
        for colleague in there
        if colleague is not None and colleague.availability is Availability.ONLINE
    )


def team_limits_read(state: DeskState, event: TeamLimitsRead) -> list[DeskEffect]:
    """The team's limits are these from now on; the first mistake in them is told."""
    state.capacity.team = event.limits
    return [Notify(LimitsBroken(where)) for where in event.problems[:1]]


def second_passed(state: DeskState, now: float) -> None:
    """See which queues are in a rush, and whether the agent's limit eases or recovers."""
    server = server_now(state, now)
    if server is None:
        return
    for queue in state.queues:
        state.capacity.rushes.setdefault(queue, Rush()).look(now, late=_late(state, queue, server))
    load = own_load(state, server)
    if load is not None:
        state.capacity.easing.look(strain(state, server), load.limits.at(rush=load.rush), now)
        state.capacity.told_over &= load.over


def _late(state: DeskState, queue: QueueId, server: float) -> bool:
    """Whether the customer who has waited longest in a queue is past the warning."""
    entry = next(state.waiting.merged((queue,)), None)
    if entry is None:
        return False
    since, conversation = entry
    promise = promise_of(state, state.chats[conversation])
    return urgency(promise, counted(promise, since, server)) is not Urgency.CALM


def strain(state: DeskState, server: float) -> float:
    """The signed-in agent's reply gap at ``server``: 1 is as long as it may be, 0 is nobody waiting."""
    if state.me is None:
        return 0.0
    own = state.capacity.assigned.of(state.me.id)
    return max((_strain(state, state.chats[one], came, server) for one, came in own.items()), default=0.0)


def _strain(state: DeskState, chat: Chat, came_local: float, server: float) -> float:
    """Waiting before the chat was the agent's is not the agent's gap."""
    since = owed_since(state, chat)
    if since is None:
        return 0.0
    since = max(since, came_local + (state.clock_offset or 0.0))
    promise = promise_of(state, chat)
    return counted(promise, since, server) / (_LONGEST_GAP * promise.breach)
