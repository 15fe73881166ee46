"""What takes a conversation from the agent at their wish: giving it away, letting it sleep, muting it."""

from __future__ import annotations

from agent_tui.desk.answered import Parted, PartingLost, PriorityFailed, SleepingFailed, SleepingListed
from agent_tui.desk.answered import PartingFailed as Failed
from agent_tui.desk.doings import (
    HandOverRequested,
    MuteRequested,
    PriorityChosen,
    ReplySubmitted,
    SleepingRequested,
    SnoozeRequested,
)
from agent_tui.desk.effects import DeskEffect, HandOver, ListSleeping, Mute, Notify, SetPriority, Snooze
from agent_tui.desk.failure_notice import LookingFailed, PartingFailed, PriorityNotSet
from agent_tui.desk.following import lost, observe
from agent_tui.desk.hand_over_card import parsed
from agent_tui.desk.holding import held_parting
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.notice import FellAsleep, HandedOver, Muted, Notice
from agent_tui.desk.standing import is_mine, name_of
from agent_tui.desk.taking import be_done_with, put_off, stays
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.writing import send_held, write
from api_client.models.identity import ConversationId


def hand_over_wanted(state: DeskState, event: HandOverRequested, now: float) -> list[DeskEffect]:
    """To somebody else, in a while or at once."""
    chat = may_part(state, event.conversation)
    if chat is None or (state.me is not None and event.agent == state.me.id):
        return []
    return put_off(state, chat, event, now) if state.holds.doings else hand_over(state, chat, event, now)


def hand_over(state: DeskState, chat: Chat, event: HandOverRequested, now: float) -> list[DeskEffect]:
    """The comment goes first, as a note; the conversation follows when it has arrived."""
    if may_part(state, chat.id) is None:
        return []
    to = _receiver(state, event)
    effects: list[DeskEffect] = []
    if event.comment.strip():
        note = ReplySubmitted(chat.id, event.comment, note=True, echo=event.echo)
        effects = write(state, chat, note, now)
        if parsed(event.comment) is not None:
            state.carded[chat.id] = chat.card.name
    return [
        *effects,
        *part(state, chat, HandOver(chat.id, event.agent, event.queue), HandedOver(chat.card.name, to)),
    ]


def snooze_wanted(state: DeskState, event: SnoozeRequested, now: float) -> list[DeskEffect]:
    """Let it sleep; it comes back to the agent when it wakes."""
    chat = may_part(state, event.conversation)
    if chat is None:
        return []
    return put_off(state, chat, event, now) if state.holds.doings else snooze(state, chat, event)


def snooze(state: DeskState, chat: Chat, event: SnoozeRequested) -> list[DeskEffect]:
    """Ask the backend."""
    if may_part(state, chat.id) is None:
        return []
    return part(state, chat, Snooze(chat.id, event.until), FellAsleep(chat.card.name, event.until))


def mute_wanted(state: DeskState, event: MuteRequested, now: float) -> list[DeskEffect]:
    """Close it and hear the customer no more."""
    chat = may_part(state, event.conversation)
    if chat is None:
        return []
    return put_off(state, chat, event, now) if state.holds.doings else mute(state, chat)


def mute(state: DeskState, chat: Chat) -> list[DeskEffect]:
    """Ask the backend."""
    if may_part(state, chat.id) is None:
        return []
    return part(state, chat, Mute(chat.id), Muted(chat.card.name))


def priority_chosen(state: DeskState, event: PriorityChosen) -> list[DeskEffect]:
    """Shown at once, put back when the backend refuses."""
    chat = state.chats.get(event.conversation)
    if chat is None or chat.priority is event.priority:
        return []
    was, chat.priority = chat.priority, event.priority
    return [SetPriority(chat.id, event.priority, was)]


def priority_failed(state: DeskState, event: PriorityFailed) -> list[DeskEffect]:
    """Back to the priority before."""
    chat = state.chats.get(event.conversation)
    if chat is None:
        return []
    chat.priority = event.was
    return [Notify(PriorityNotSet(chat.card.name, event.problem))]


def sleeping_wanted(state: DeskState, _event: SleepingRequested) -> list[DeskEffect]:
    """List them anew: they wake by themselves."""
    state.sleeping = None
    return [ListSleeping()]


def sleeping_listed(state: DeskState, event: SleepingListed) -> list[DeskEffect]:
    """The list."""
    state.sleeping = event.hits
    return []


def sleeping_failed(state: DeskState, event: SleepingFailed) -> list[DeskEffect]:
    """No list."""
    state.sleeping = ()
    return [Notify(LookingFailed(event.problem))]


def _receiver(state: DeskState, event: HandOverRequested) -> Displayable:
    if event.agent is not None:
        colleague = state.colleagues.get(event.agent)
        return NOTHING if colleague is None else colleague.name
    queue = None if event.queue is None else state.queues.get(event.queue)
    return NOTHING if queue is None else queue.name


def may_part(state: DeskState, conversation: ConversationId) -> Chat | None:
    """The conversation, if it is the agent's and not on its way out already."""
    chat = state.chats.get(conversation)
    if chat is None or not is_mine(state, chat) or chat.id in state.parting or chat.id in state.resolving:
        return None
    return chat if held_parting(state, chat.id) is None else None


def part(state: DeskState, chat: Chat, effect: DeskEffect, told: Notice) -> list[DeskEffect]:
    """Ask for it; ``told`` is what the agent hears when it has worked."""
    state.parting[chat.id] = told
    return [*send_held(state, chat), effect]


def parted(state: DeskState, event: Parted, now: float) -> list[DeskEffect]:
    """It has worked: the tab goes, and the agent goes on to the most urgent other chat."""
    effects = observe(state, event.chat, now)
    return effects + _done(state, state.chats[event.chat.id])


def parting_lost(state: DeskState, event: PartingLost, now: float) -> list[DeskEffect]:
    """A colleague has it by now, so nothing was done; the agent is told, once."""
    state.parting.pop(event.chat.id, None)
    held = state.chats.get(event.chat.id)
    told_by_itself = held is not None and is_mine(state, held)
    effects = observe(state, event.chat, now)
    return effects if told_by_itself else effects + lost(state, state.chats[event.chat.id])


def parting_failed(state: DeskState, event: Failed) -> list[DeskEffect]:
    """It is still the agent's; unless the backend has said meanwhile that it is not."""
    chat = state.chats.get(event.conversation)
    if chat is not None and not is_mine(state, chat):
        return _done(state, chat)
    state.parting.pop(event.conversation, None)
    told = Notify(PartingFailed(name_of(state, event.conversation), event.problem))
    return [told, *stays(state, event.conversation)]


def _done(state: DeskState, chat: Chat) -> list[DeskEffect]:
    told = state.parting.pop(chat.id, None)
    if told is None or is_mine(state, chat):
        return []
    return [Notify(told), *be_done_with(state, chat)]
