"""What a canned response may name: the values of the open chat, by Chatwoot's names."""

from __future__ import annotations

from agent_tui.desk.model import Chat, Colleague, DeskState
from canned.render import Values


def values(state: DeskState, chat: Chat) -> Values:
    """Values for filling a canned response in; what is not known is left out or empty."""
    inbox = state.queues.get(chat.inbox)
    card = chat.card
    return {
        "contact": {
            **_names(card.raw_name),
            "id": card.id,
            "email": card.email,
            "phone": card.phone,
            "phone_number": card.phone,
        },
        "agent": {} if state.me is None else _agent(state.me),
        "conversation": {"id": chat.id},
        "inbox": {"name": "" if inbox is None else inbox.name},
    }


def values_for(state: DeskState, name: str, email: str) -> Values:
    """Values for a person of whom only this is known."""
    agent = {} if state.me is None else _agent(state.me)
    return {"contact": {**_names(name), "email": email}, "agent": agent, "conversation": {}, "inbox": {}}


def _agent(me: Colleague) -> Values:
    return {**_names(me.name), "email": me.email}


def _names(name: str) -> dict[str, str]:
    first, _, last = name.strip().partition(" ")
    return {"name": name.strip(), "first_name": first, "last_name": last.strip()}
