"""Customers who go before they got a text, as far as the backend tells who is there."""

from __future__ import annotations

from agent_tui.desk import lines
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.told import PresenceSeen
from agent_tui.desk.transcript import Fate


def customers_seen(state: DeskState, event: PresenceSeen) -> None:
    """Whoever was there once and is not now has left; of others nothing is known. Looks at open tabs only."""
    for conversation in state.tabs:
        chat = state.chats[conversation]
        if chat.card.id in event.customers:
            came_back(chat)
        elif chat.there is not None:
            chat.there = False
            note_undelivered(chat)


def came_back(chat: Chat) -> None:
    """The customer is there: what was sent reaches them."""
    if chat.there is False:
        lines.change_fates(chat.transcript, Fate.LEFT, Fate.SENT)
    chat.there = True


def note_undelivered(chat: Chat) -> None:
    """What was sent since the customer's last words, and not delivered, found nobody there."""
    if chat.there is False:
        lines.change_fates(chat.transcript, Fate.SENT, Fate.LEFT)
