"""Giving a conversation away: to a colleague, to a team, back to its queue."""

from __future__ import annotations

from agent_tui.desk.doings import HandOverRequested, ReplySubmitted
from agent_tui.desk.effects import DeskEffect, HandOver, Notify
from agent_tui.desk.following import observe
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.notice import HandedOver, Notice, PartingFailed
from agent_tui.desk.standing import is_mine, name_of
from agent_tui.desk.taking import be_done_with
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.told import Parted
from agent_tui.desk.told import PartingFailed as Failed
from agent_tui.desk.writing import write
from api_client.models.identity import ConversationId


def hand_over_wanted(state: DeskState, event: HandOverRequested, now: float) -> list[DeskEffect]:
    """The comment goes first, as a note; the conversation follows when it has arrived."""
    chat = may_part(state, event.conversation)
    if chat is None or (state.me is not None and event.agent == state.me.id):
        return []
    to = _receiver(state, event)
    effects: list[DeskEffect] = []
    if event.comment.strip():
        note = ReplySubmitted(chat.id, event.comment, note=True, echo=event.echo)
        effects = write(state, chat, note, now)
    return [
        *effects,
        *part(state, chat, HandOver(chat.id, event.agent, event.queue), HandedOver(chat.card.name, to)),
    ]


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
    return chat


def part(state: DeskState, chat: Chat, effect: DeskEffect, told: Notice) -> list[DeskEffect]:
    """Ask for it; ``told`` is what the agent hears when it has worked."""
    state.parting[chat.id] = told
    return [effect]


def parted(state: DeskState, event: Parted, now: float) -> list[DeskEffect]:
    """It has worked: the tab goes, and the agent goes on to the most urgent other chat."""
    effects = observe(state, event.chat, now)
    return effects + _done(state, state.chats[event.chat.id])


def parting_failed(state: DeskState, event: Failed) -> list[DeskEffect]:
    """It is still the agent's; unless the backend has said meanwhile that it is not."""
    chat = state.chats.get(event.conversation)
    if chat is not None and not is_mine(state, chat):
        return _done(state, chat)
    state.parting.pop(event.conversation, None)
    return [Notify(PartingFailed(name_of(state, event.conversation), event.problem))]


def _done(state: DeskState, chat: Chat) -> list[DeskEffect]:
    told = state.parting.pop(chat.id, None)
    if told is None or is_mine(state, chat):
        return []
    return [Notify(told), *be_done_with(state, chat)]
