"""Taking part, muting, transcripts, the shared draft, many conversations at once, removing one."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.practice.server.house import ACCOUNT, Customer, House

UPDATED, MESSAGE = "conversation.updated", "message.created"


@pytest.fixture
def customer(house: House) -> Customer:
    customer = house.customer("Shoes", name="Olle").start()
    customer.says("Where is it?")
    return customer


def call(house: House, method: str, customer: Customer, what: str, **body: Any) -> httpx.Response:
    path = f"{ACCOUNT}/conversations/{customer.number}/{what}".rstrip("/")
    return house.sam.http.request(method, path, json=body)


def names(answer: httpx.Response) -> list[str]:
    return [one["available_name"] for one in answer.json()]


def test_people_take_part(house: House, customer: Customer) -> None:
    sam, ida = house.sam.id, house.ida.id
    assert names(call(house, "GET", customer, "participants")) == []
    assert names(call(house, "POST", customer, "participants", user_ids=[sam])) == ["Sam"]
    assert names(call(house, "POST", customer, "participants", user_ids=[sam, ida])) == ["Ida"]
    assert names(call(house, "PUT", customer, "participants", user_ids=[ida])) == ["Ida"]
    assert names(call(house, "PATCH", customer, "participants", user_ids=[ida, sam])) == ["Ida", "Sam"]
    assert call(house, "DELETE", customer, "participants", user_ids=[ida]).content == b""
    assert names(call(house, "GET", customer, "participants")) == ["Sam"]
    listed = house.sam.get("/conversations", conversation_type="participating")["data"]["payload"]
    assert [one["id"] for one in listed] == [customer.number]


def test_only_those_who_see_the_inbox_can_take_part(house: House, customer: Customer) -> None:
    assert call(house, "POST", customer, "participants", user_ids=[house.mara.id]).status_code == 422


def test_muting_resolves_and_blocks(house: House, customer: Customer) -> None:
    cable = house.cable(house.sam)
    assert call(house, "POST", customer, "mute").content == b""
    heard = ["contact.updated", "conversation.status_changed", UPDATED, MESSAGE, MESSAGE]
    assert cable.names() == heard
    shown = house.sam.conversation(customer.number)
    assert (shown["status"], shown["muted"]) == ("resolved", True)
    assert shown["meta"]["sender"]["blocked"] is True
    customer.says("Hello?")
    assert house.sam.conversation(customer.number)["status"] == "resolved"
    call(house, "POST", customer, "unmute")
    assert house.sam.conversation(customer.number)["muted"] is False
    customer.says("Hello?")
    assert house.sam.conversation(customer.number)["status"] == "open"


def test_a_transcript_is_kept_and_never_sent(house: House, customer: Customer) -> None:
    house.sam.reply(customer.number, "On its way")
    house.sam.reply(customer.number, "secret", private=True)
    assert call(house, "POST", customer, "transcript", email="boss@kite.example").content == b""
    assert call(house, "POST", customer, "transcript", email=" ").status_code == 422
    [(address, text)] = house.served.call_now(
        lambda: [house.desk.db.values("SELECT email, content FROM transcripts ORDER BY id DESC")]
    )
    assert address == "boss@kite.example"
    assert "Olle:\nWhere is it?" in text
    assert "Sam:\nOn its way" in text
    assert "secret" not in text


def test_all_staff_share_one_draft(house: House, customer: Customer) -> None:
    assert call(house, "GET", customer, "draft_messages").json() == {"has_draft": False}
    for text in ("On its", "On its way"):
        call(house, "PATCH", customer, "draft_messages", draft_message={"message": text})
    shared = house.ida.get(f"/conversations/{customer.number}/draft_messages")
    assert shared == {"has_draft": True, "message": "On its way"}
    assert call(house, "DELETE", customer, "draft_messages").content == b""
    assert call(house, "GET", customer, "draft_messages").json() == {"has_draft": False}


def test_many_conversations_at_once(house: House) -> None:
    numbers = [house.customer("Shoes").start().number for _ in range(3)]
    elsewhere = house.customer("Hats").start().number
    for number in numbers:
        house.sam.post(f"/conversations/{number}/labels", labels=["old"])
    done = house.sam.post(
        "/bulk_actions",
        type="Conversation",
        ids=[*numbers, elsewhere, 99999],
        fields={"status": "snoozed", "assignee_id": house.sam.id, "team_id": 1},
        labels={"add": ["vip"], "remove": ["old"]},
        snoozed_until=int(house.clock.now()) + 600,
    )
    assert done is None
    for number in numbers:
        shown = house.sam.conversation(number)
        assert (shown["status"], shown["labels"], shown["meta"]["team"]["id"]) == ("snoozed", ["vip"], 1)
        assert shown["snoozed_until"] is not None
    assert house.ida.conversation(elsewhere)["status"] == "open"
    assert house.sam.refused("POST", "/bulk_actions", type="Shoe") == (422, {"success": False})


def test_a_lead_removes_a_conversation_and_nobody_is_told(house: House, customer: Customer) -> None:
    files = {"attachments[]": ("a.txt", b"text", "text/plain")}
    path = f"{customer.path}/{customer.number}/messages"
    address = customer.http.post(path, files=files).json()["attachments"][0]["data_url"]
    house.ida.post(f"/conversations/{customer.number}/assignments", assignee_id=house.sam.id)
    assert call(house, "DELETE", customer, "").status_code == 401
    cable = house.cable(house.sam)
    assert house.ida.http.delete(f"{ACCOUNT}/conversations/{customer.number}").content == b""
    assert cable.names() == []
    assert house.ida.refused("GET", f"/conversations/{customer.number}")[0] == 404
    assert httpx.get(address).status_code == 404
