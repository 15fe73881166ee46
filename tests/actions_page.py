"""The table of docs/actions.md: every action, its key, where it works, and what it asks of the server."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from agent_tui.keymap import ACTIONS, ASKS, WITH_CHAT, Action, Where
from agent_tui.keys_in_force import Keymap, keymap, spelled
from api_client.chatwoot.requests import AccountRequests
from api_client.models.conversation import ConversationQuery, Priority, Status
from api_client.models.identity import AgentId, ContactId, ConversationId, EchoId, QueueId
from api_client.models.message import Outgoing
from api_client.models.people import Availability
from api_client.transport.base import Request

_CHAT = ConversationId("0")
_CALL = AccountRequests("0")
_NUMBERED: Final = {"accounts": "account", "conversations": "conversation", "contacts": "contact"}

REQUESTS: Final[Mapping[str, Callable[[], Request]]] = {
    "add_contact_note": lambda: _CALL.add_contact_note(ContactId("0"), "words"),
    "update_contact": lambda: _CALL.update_contact(ContactId("0"), {}),
    "set_attribute": lambda: _CALL.set_attributes(_CHAT, {}),
    "assign": lambda: _CALL.assign(_CHAT, AgentId("0")),
    "contact_conversations": lambda: _CALL.contact_conversations(ContactId("0")),
    "conversation": lambda: _CALL.conversation(_CHAT),
    "conversations": lambda: _CALL.conversations(ConversationQuery(), 1),
    "mark_seen": lambda: _CALL.mark_seen(_CHAT),
    "messages": lambda: _CALL.messages(_CHAT, before=None, after=None),
    "move": lambda: _CALL.move(_CHAT, QueueId("team:0")),
    "mute": lambda: _CALL.mute(_CHAT),
    "search": lambda: _CALL.search("words"),
    "tags": _CALL.labels,
    "search_articles": lambda: _CALL.search_articles("words"),
    "files": lambda: _CALL.attachments(_CHAT),
    "send": lambda: _CALL.send(_CHAT, Outgoing("words", EchoId("echo"))),
    "set_availability": lambda: _CALL.set_availability(Availability.ONLINE),
    "set_priority": lambda: _CALL.set_priority(_CHAT, Priority.HIGH),
    "set_status": lambda: _CALL.set_status(_CHAT, Status.RESOLVED, None),
    "set_tags": lambda: _CALL.set_labels(_CHAT, ()),
    "take": lambda: _CALL.assign(_CHAT, AgentId("0")),
}
"""The request on Chatwoot that changes or fetches what each operation is about."""


def markdown() -> str:
    """The table."""
    keys = keymap({})
    head = ["| action | key | where it works | what it asks of the server | needs |", "|---|---|---|---|---|"]
    return "\n".join([*head, *(_row(action, keys) for action in ACTIONS)]) + "\n"


def _row(action: Action, keys: Keymap) -> str:
    cells = (
        f"{action.label} (`{action.id}`)",
        spelled(keys.key(action.id)) or "(palette)",
        _place(action),
        "<br>".join(dict.fromkeys(f"`{call(asked)}`" for asked in ASKS.get(action.id, ()))) or "nothing",
        "" if action.needs is None else action.needs.value,
    )
    return f"| {' | '.join(cells)} |"


def call(operation: str) -> str:
    """An operation's request, as method and path."""
    request = REQUESTS[operation]()
    path = re.sub(r"/(\w+)/0(?=/|$)", lambda found: f"/{found[1]}/{{{_NUMBERED[found[1]]}}}", request.path)
    return f"{request.method} {path}"


def _place(action: Action) -> str:
    places = {
        Where.DESK: "everywhere",
        Where.WAITING: "in the list of waiting customers",
        Where.PEEK: "while only reading a chat",
        Where.MARKED: "while a message is marked",
        Where.BOARD: "on the lead's board",
        Where.COMPOSER: "while writing",
    }
    return "with a chat on the screen" if action.id in WITH_CHAT else places[action.where]
