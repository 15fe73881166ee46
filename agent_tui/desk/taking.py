"""Taking a waiting conversation and being done with one."""

from __future__ import annotations

from agent_tui.desk import auto_take
from agent_tui.desk.attention import ask_for
from agent_tui.desk.capacity_notice import OverLimit
from agent_tui.desk.doings import ConversationPicked, LongestWaitingRequested, ResolveRequested, TabSelected
from agent_tui.desk.effects import AskForTags, DeskEffect, Notify, Reopen, Resolve, TakeConversation
from agent_tui.desk.failure_notice import ResolvingFailed, TakingFailed
from agent_tui.desk.following import observe
from agent_tui.desk.holding import held_parting, hold_parting
from agent_tui.desk.labelling import count_tags
from agent_tui.desk.loads import own_load
from agent_tui.desk.model import Chat, Colleague, DeskState
from agent_tui.desk.notice import ColleagueWasFaster, NobodyWaits, YoursInBackground
from agent_tui.desk.problems import Trouble
from agent_tui.desk.selectors import server_now
from agent_tui.desk.standing import (
    assigned_to_me,
    is_mine,
    name_of,
    put_out_of_sight,
    put_with,
    served_queues,
)
from agent_tui.desk.steps import Parting
from agent_tui.desk.tabs import activate, close_tab, most_urgent, open_tab, put_aside, selected
from agent_tui.desk.tag_choosing import needed_tag
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.texting import note_over
from agent_tui.desk.told import ConversationTaken, Resolved, ResolveFailed, TakeFailed, TakeLost
from agent_tui.desk.writing import send_held
from api_client.models.conversation import Status
from api_client.models.identity import AgentId, ConversationId

SOMEBODY = AgentId("")
"""A colleague of whom only the name is known."""


def longest_wanted(state: DeskState, _event: LongestWaitingRequested) -> list[DeskEffect]:
    """Take the customer who has waited longest in the served queues; who is being taken already is theirs."""
    if auto_take.wanted(state):
        return []
    for _, conversation in state.waiting.merged(served_queues(state)):
        if conversation not in state.taking:
            return _take(state, conversation)
    return [Notify(NobodyWaits())]


def picked(state: DeskState, event: ConversationPicked) -> list[DeskEffect]:
    """Take this one; go to it if it is the agent's already, open it if it is closed or with a bot."""
    chat = state.chats.get(event.conversation)
    if chat is None or chat.id in state.taking:
        if auto_take.is_taking(state, event.conversation):
            auto_take.wanted(state)
        return []
    if is_mine(state, chat):
        return selected(state, TabSelected(chat.id))
    asleep_here = chat.status is Status.SNOOZED and assigned_to_me(state, chat)
    if asleep_here or chat.status in {Status.RESOLVED, Status.PENDING}:
        state.taking.add(chat.id)
        return [Reopen(chat.id)]
    if chat.assignee is not None:
        return [Notify(ColleagueWasFaster(chat.card.name, chat.assignee.name))]
    return _take(state, chat.id)


def _take(state: DeskState, conversation: ConversationId) -> list[DeskEffect]:
    state.taking.add(conversation)
    return [TakeConversation(conversation)]


def taken(state: DeskState, event: ConversationTaken, now: float) -> list[DeskEffect]:
    """It is the agent's: open it and go there as they asked, unless they have begun to write elsewhere."""
    state.taking.add(event.chat.id)
    effects = observe(state, event.chat, now)
    state.taking.discard(event.chat.id)
    chat = state.chats[event.chat.id]
    if is_mine(state, chat):
        return effects + _go_there(state, chat, now) + [*count_tags(state, chat.queue, now)]
    state.wrote_meanwhile.discard(chat.id)
    return [*effects, *_not_mine(state, chat, _holder(chat), now)]


def _not_mine(state: DeskState, chat: Chat, by: Displayable, now: float) -> list[DeskEffect]:
    if auto_take.is_taking(state, chat.id):
        return auto_take.lost(state, chat.card.name, by, now)
    return [Notify(ColleagueWasFaster(chat.card.name, by))]


def _go_there(state: DeskState, chat: Chat, now: float) -> list[DeskEffect]:
    """A front that changes under the agent's hands sends the rest of a text to somebody else."""
    if auto_take.is_taking(state, chat.id):
        return auto_take.arrived(state, chat, now)
    return _to_the_front(state, chat) + _over_limit(state, now)


def _over_limit(state: DeskState, now: float) -> list[DeskEffect]:
    """Said once, and not again before the agent has been within the limit."""
    server = server_now(state, now)
    load = None if server is None else own_load(state, server)
    if load is None or not load.over or state.capacity.told_over:
        return []
    state.capacity.told_over = True
    return [Notify(OverLimit(load.weight, load.limit))]


def _to_the_front(state: DeskState, chat: Chat) -> list[DeskEffect]:
    opened = open_tab(state, chat)
    if chat.id not in state.wrote_meanwhile or state.active == chat.id:
        state.wrote_meanwhile.discard(chat.id)
        return opened + activate(state, chat)
    state.wrote_meanwhile.discard(chat.id)
    return [*opened, Notify(YoursInBackground(chat.card.name, state.tabs.index(chat.id) + 1))]


def _holder(chat: Chat) -> Displayable:
    return NOTHING if chat.assignee is None else chat.assignee.name


def take_lost(state: DeskState, event: TakeLost, now: float) -> list[DeskEffect]:
    """A colleague was faster. It leaves the list at once, so that the next try takes another one."""
    state.taking.discard(event.conversation)
    state.wrote_meanwhile.discard(event.conversation)
    chat = state.chats.get(event.conversation)
    if chat is None or is_mine(state, chat):
        return _quietly_in_vain(state, event.conversation, now)
    if chat.assignee is None:
        put_with(state, chat, Colleague(SOMEBODY, event.by))
    return [*_not_mine(state, chat, event.by, now), *ask_for(state, chat.id, now)]


def _quietly_in_vain(state: DeskState, conversation: ConversationId, now: float) -> list[DeskEffect]:
    if auto_take.is_taking(state, conversation):
        auto_take.in_vain(state, now)
    return []


def take_failed(state: DeskState, event: TakeFailed, now: float) -> list[DeskEffect]:
    """It could not be taken; unless the backend has said meanwhile that it was.

    What is not there to be taken leaves the list, or it would stand in the way of the next.
    """
    state.taking.discard(event.conversation)
    chat = state.chats.get(event.conversation)
    if chat is not None and is_mine(state, chat):
        return _go_there(state, chat, now)
    state.wrote_meanwhile.discard(event.conversation)
    _quietly_in_vain(state, event.conversation, now)
    if chat is not None and event.problem.trouble in {Trouble.NOT_FOUND, Trouble.NOT_ALLOWED}:
        put_out_of_sight(state, chat)
    return [Notify(TakingFailed(name_of(state, event.conversation), event.problem))]


def resolve_wanted(state: DeskState, event: ResolveRequested, now: float) -> list[DeskEffect]:
    """Close the conversation; one that is closed or somebody else's already is only put out of sight."""
    chat = state.chats.get(event.conversation)
    if chat is None or chat.id in state.resolving or held_parting(state, chat.id) is not None:
        return []
    if not _may_resolve(state, chat):
        return _go_on(state, chat) + put_aside(state, chat, now)
    if needed_tag(state, chat) is not None:
        return [AskForTags(chat.id)]
    return put_off(state, chat, event, now) if state.holds.doings else resolve(state, chat)


def _may_resolve(state: DeskState, chat: Chat) -> bool:
    return is_mine(state, chat) or (chat.status is Status.OPEN and chat.assignee is None)


def resolve(state: DeskState, chat: Chat) -> list[DeskEffect]:
    """Ask the backend to close it, after the texts held back in it; what a colleague has by now stays."""
    if not _may_resolve(state, chat):
        return []
    state.resolving.add(chat.id)
    return [*send_held(state, chat), Resolve(chat.id)]


def put_off(state: DeskState, chat: Chat, doing: Parting, now: float) -> list[DeskEffect]:
    """Ask the backend later, so that it can be taken back; the agent goes on as if it were done."""
    hold_parting(state, doing, now)
    return be_done_with(state, chat)


def resolved(state: DeskState, event: Resolved, now: float) -> list[DeskEffect]:
    """The backend has closed it: one more handled, on to the next. What a colleague has by now stays open."""
    if event.chat.status is Status.OPEN and _is_anothers(state, event.chat.assignee):
        state.resolving.discard(event.chat.id)
        return observe(state, event.chat, now)
    held = state.chats.get(event.chat.id)
    if held is not None and is_mine(state, held):
        state.resolving.add(held.id)
    effects = observe(state, event.chat, now)
    return effects + _done(state, state.chats[event.chat.id])


def _is_anothers(state: DeskState, assignee: Colleague | None) -> bool:
    return assignee is not None and state.me is not None and assignee.id != state.me.id


def resolve_failed(state: DeskState, event: ResolveFailed) -> list[DeskEffect]:
    """It is still open; unless the backend has said meanwhile that it is not."""
    chat = state.chats.get(event.conversation)
    if chat is not None and chat.id in state.resolving and chat.status is Status.RESOLVED:
        return _done(state, chat)
    state.resolving.discard(event.conversation)
    told = Notify(ResolvingFailed(name_of(state, event.conversation), event.problem))
    return [told, *stays(state, event.conversation)]


def stays(state: DeskState, conversation: ConversationId) -> list[DeskEffect]:
    """What did not go has its tab again."""
    chat = state.chats.get(conversation)
    return [] if chat is None or not is_mine(state, chat) else open_tab(state, chat)


def _done(state: DeskState, chat: Chat) -> list[DeskEffect]:
    """One more handled.

    The tab stays open when the customer has opened the conversation again meanwhile, and when it
    holds words that were not sent: they are the agent's to send or to drop.
    """
    if chat.id not in state.resolving:
        return []
    state.resolving.discard(chat.id)
    state.handled += 1
    counted = note_over(chat)
    return counted if is_mine(state, chat) else counted + be_done_with(state, chat)


def be_done_with(state: DeskState, chat: Chat) -> list[DeskEffect]:
    """On to the next; the tab stays when it holds words that were not sent."""
    return _leave(state, chat) if chat.draft.empty else _go_on(state, chat)


def _leave(state: DeskState, chat: Chat) -> list[DeskEffect]:
    return _go_on(state, chat) + close_tab(state, chat)


def _go_on(state: DeskState, chat: Chat) -> list[DeskEffect]:
    """From a conversation that is done to the most urgent other one, if the agent is still there."""
    urgent = [other for other in most_urgent(state) if other is not chat]
    return activate(state, urgent[0]) if urgent and state.active == chat.id else []
