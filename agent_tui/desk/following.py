"""What the backend's facts about a conversation mean for the agent: it comes, it goes, somebody waits."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from agent_tui.desk.attention import ask_for_catalog, is_cut_off, ring
from agent_tui.desk.effects import DeskEffect, LoadNewest, Notify
from agent_tui.desk.holding import drop_parting
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.notice import ClosedElsewhere, TakenAway
from agent_tui.desk.standing import (
    apply_facts,
    assigned_to_me,
    forget,
    is_mine,
    put_out_of_sight,
    release,
    serves,
)
from agent_tui.desk.tabs import close_tab, may_vanish, open_tab, owed_since
from agent_tui.desk.text import NOTHING
from agent_tui.desk.told import ChatFacts, ConversationChanged, ConversationsListed
from agent_tui.desk.transcript import Older
from agent_tui.desk.unsent import bring_back
from api_client.models.conversation import Status
from api_client.models.identity import ConversationId

QUIET: Final = 600.0
"""Seconds after which a conversation that is neither open here nor heard of is forgotten."""


def conversation_changed(state: DeskState, event: ConversationChanged, now: float) -> list[DeskEffect]:
    """A conversation appeared or changed."""
    return observe(state, event.chat, now)


def conversations_listed(state: DeskState, event: ConversationsListed, now: float) -> list[DeskEffect]:
    """The backend's list; a whole one also tells by what is missing from it."""
    effects: list[DeskEffect] = []
    for facts in event.chats:
        effects += observe(state, facts, now)
    if event.whole:
        effects += _miss_the_others(state, {facts.id for facts in event.chats}, now)
    state.listed = True
    return effects + _read_again(state)


def _read_again(state: DeskState) -> list[DeskEffect]:
    """What is open, once more: a message whose push got lost is told by nobody else."""
    watched = dict.fromkeys([*state.tabs, *([] if state.peeked is None else [state.peeked])])
    transcripts = {conversation: state.chats[conversation].transcript for conversation in watched}
    return [
        LoadNewest(conversation)
        for conversation, transcript in transcripts.items()
        if transcript.fetched and transcript.older is not Older.LOADING
        if not transcript.gap or state.connection.catching_up
    ]


def observe(state: DeskState, facts: ChatFacts, now: float) -> list[DeskEffect]:
    """Take facts in and draw the consequences. Older facts than those held have none."""
    held = state.chats.get(facts.id)
    was_mine = held is not None and is_mine(state, held)
    was_waiting = facts.id in state.waiting
    chat = apply_facts(state, facts, now)
    if chat is None:
        return []
    if chat.id == state.active and not is_cut_off(state):
        chat.unread = 0
    effects = _ask_about_queue(state, chat, now) + bring_back(state, chat, now)
    if is_mine(state, chat):
        return effects if was_mine else effects + _comes(state, chat, now)
    if was_mine:
        effects += _goes(state, chat)
    elif not was_waiting and chat.id in state.waiting and serves(state, chat.queue) and state.listed:
        effects += ring(state, now)
    release(state, chat)
    return effects


def _ask_about_queue(state: DeskState, chat: Chat, now: float) -> list[DeskEffect]:
    return [] if chat.queue in state.queues or not state.queues else ask_for_catalog(state, now)


def _comes(state: DeskState, chat: Chat, now: float) -> list[DeskEffect]:
    """It is the agent's now. Unless they asked for it, it comes quietly and rings when somebody waits."""
    effects = open_tab(state, chat)
    if chat.id in state.taking or not state.listed or state.active == chat.id:
        return effects
    return effects if owed_since(state, chat) is None else effects + ring(state, now)


def _goes(state: DeskState, chat: Chat) -> list[DeskEffect]:
    """It is no longer the agent's. Its tab stays when the agent's words are in it."""
    if chat.id in state.parting or (chat.id in state.resolving and chat.status is Status.RESOLVED):
        return []
    if assigned_to_me(state, chat) and chat.status is not Status.RESOLVED:
        return []
    return lost(state, chat)


def lost(state: DeskState, chat: Chat) -> list[DeskEffect]:
    """It went without the agent's doing: they are told where to, and are not put before somebody else."""
    drop_parting(state, chat.id)
    was_active = state.active == chat.id
    effects = close_tab(state, chat, go_on=False) if may_vanish(chat) else []
    if was_active and state.active is None:
        state.gone = chat.card.name
    if chat.status is Status.RESOLVED:
        return [*effects, Notify(ClosedElsewhere(chat.card.name))]
    by = NOTHING if chat.assignee is None else chat.assignee.name
    return [*effects, Notify(TakenAway(chat.card.name, by))]


def _miss_the_others(state: DeskState, listed: set[ConversationId], now: float) -> list[DeskEffect]:
    effects: list[DeskEffect] = []
    for chat in [chat for chat in state.chats.values() if chat.id not in listed]:
        effects += _miss(state, chat, now)
    return effects


def _awaited(state: DeskState) -> tuple[Collection[ConversationId | None], ...]:
    """Where conversations stand that are looked at, or whose fate is awaited."""
    return (
        state.tabs,
        state.taking,
        state.resolving,
        state.parting,
        (state.peeked, state.peek_wanted, state.beside),
    )


def _miss(state: DeskState, chat: Chat, now: float) -> list[DeskEffect]:
    """A list of everything open for the agent lacks this one: it is closed, gone, or a colleague's."""
    effects: list[DeskEffect] = []
    if is_mine(state, chat):
        put_out_of_sight(state, chat)
        effects = _goes(state, chat)
    elif chat.id in state.waiting:
        put_out_of_sight(state, chat)
    release(state, chat)
    awaited = any(chat.id in those for those in _awaited(state))
    if not awaited and may_vanish(chat) and now >= chat.told_at_local + QUIET:
        forget(state, chat.id)
    return effects
