"""What draws the agent's attention, and what is asked of the backend at most so often."""

from __future__ import annotations

from typing import Final

from agent_tui.desk.effects import DeskEffect, FetchConversation, MarkSeen, ReloadCatalog, Ring
from agent_tui.desk.model import Chat, DeskState, Link
from agent_tui.desk.standing import is_mine
from api_client.models.identity import ConversationId

RING_PAUSE: Final = 5.0
"""Seconds between two rings, however many customers write meanwhile."""
ASK_AGAIN_AFTER: Final = 30.0
"""Seconds to wait for an answer before the same is asked for again."""


def ring(state: DeskState, now: float) -> list[DeskEffect]:
    """Ring; when it has just rung, as soon as it may again, if somebody still waits by then."""
    if state.quiet:
        return []
    if state.rang_at_local is not None and now < state.rang_at_local + RING_PAUSE:
        state.ring_owed = True
        return []
    state.rang_at_local, state.ring_owed = now, False
    return [Ring()]


def seen(state: DeskState, chat: Chat) -> list[DeskEffect]:
    """The agent looks at the conversation; said when there is news to be seen and somebody to say it to."""
    if not chat.unread or is_cut_off(state) or not is_mine(state, chat):
        return []
    chat.unread = 0
    return [MarkSeen(chat.id)]


def ask_for(state: DeskState, conversation: ConversationId, now: float) -> list[DeskEffect]:
    """Ask what has become of a conversation, once."""
    if conversation in state.asked:
        return []
    state.asked[conversation] = now
    return [FetchConversation(conversation)]


def ask_for_catalog(state: DeskState, now: float) -> list[DeskEffect]:
    """Ask for the lists again, as something is not in them."""
    asked = state.catalog_asked_at_local
    if asked is not None and now < asked + ASK_AGAIN_AFTER:
        return []
    state.catalog_asked_at_local = now
    return [ReloadCatalog()]


def is_cut_off(state: DeskState) -> bool:
    """Whether the live connection is gone."""
    return state.connection.link in {Link.LOST, Link.REFUSED}
