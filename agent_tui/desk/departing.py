"""Giving away everything at the end of a shift: which chats there are, and how far each has come. Pure."""

from __future__ import annotations

import enum

from agent_tui.desk.holding import held_parting
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.standing import is_mine
from agent_tui.desk.transcript import Older
from api_client.models.identity import ConversationId


class Departure(enum.Enum):
    """How far a chat that is to be given away has come."""

    LOADING = "loading"
    """What was said in it is fetched first, for its card."""
    HELD = "held"
    """It goes in a moment, and can be taken back until then."""
    ON_ITS_WAY = "on its way"
    GONE = "gone"
    STAYED = "stayed"
    """It is still the agent's: it was refused, or taken back."""


def own_chats(state: DeskState) -> list[Chat]:
    """The agent's open chats, in tabs or put aside, in the order of the tabs."""
    order = {conversation: place for place, conversation in enumerate(state.tabs)}
    mine = [chat for chat in state.chats.values() if is_mine(state, chat)]
    return sorted(mine, key=lambda chat: (order.get(chat.id, len(order)), chat.created_at))


def is_read(chat: Chat) -> bool:
    """Whether what was said in it is at hand."""
    return chat.transcript.older not in {Older.NOT_FETCHED, Older.LOADING}


def departure(state: DeskState, conversation: ConversationId, *, asked: bool) -> Departure:
    """How far it has come; ``asked``: the desk has been told to give it away."""
    chat = state.chats.get(conversation)
    if chat is None or not is_mine(state, chat):
        return Departure.GONE
    if not asked:
        return Departure.LOADING
    if held_parting(state, conversation) is not None:
        return Departure.HELD
    return Departure.ON_ITS_WAY if conversation in state.parting else Departure.STAYED
