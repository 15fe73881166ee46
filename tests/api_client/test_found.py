"""The answer of a search, as older and newer servers give it."""

from __future__ import annotations

import json
from typing import Any

from api_client.chatwoot.found import found
from api_client.models.message import MessageKind
from api_client.models.search import Found, FoundMessage

OLGA = {"id": 31, "name": "Olga", "email": "olga@customers.example"}
SAID: dict[str, Any] = {"id": 9, "conversation_id": 17, "content": "Moi", "message_type": 0, "created_at": 50}


def read(**sections: Any) -> Found:
    return found(json.dumps({"payload": sections}).encode())


def test_a_message_says_whose_conversation_it_is_in_as_far_as_the_server_tells() -> None:
    sender = {"id": 31, "name": "Olga", "type": "contact"}
    agent = {"id": 4, "name": "Aino", "type": "user"}
    rows = [
        {**SAID, "contact": OLGA},
        {**SAID, "sender": sender},
        {**SAID, "sender": agent, "message_type": 1, "private": True},
    ]
    told, by_sender, note = read(messages=rows).messages
    assert told == FoundMessage("17", "Moi", 50.0, MessageKind.CUSTOMER, "", "Olga", "9")  # type: ignore[arg-type]
    assert (by_sender.author, by_sender.customer) == ("Olga", "Olga")
    assert (note.kind, note.author, note.customer) == (MessageKind.NOTE, "Aino", "")


def test_a_conversation_without_messages_or_a_customer_is_found_all_the_same() -> None:
    bare, full = read(
        conversations=[{"id": 17, "message": None}, {"id": 18, "message": SAID, "contact": OLGA}]
    ).conversations
    assert (bare.id, bare.contact.name, bare.last_message) == ("17", "", None)
    assert full.contact.email == "olga@customers.example"
    assert full.last_message is not None


def test_missing_sections_and_strange_rows_cost_nothing_else() -> None:
    assert read() == Found()
    found = read(contacts=[{"name": "nobody"}, OLGA], messages=[{"content": "?"}, SAID], conversations=None)
    assert [one.name for one in found.contacts] == ["Olga"]
    assert [one.text for one in found.messages] == ["Moi"]
