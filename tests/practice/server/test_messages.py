"""Messages: windows around a cursor, writing, and what writing does to the waiting."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.practice.server.house import Customer, House


def rows(house: House, customer: Customer, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = house.ida.get(f"/conversations/{customer.number}/messages", **query)[
        "payload"
    ]
    return found


def chat(house: House, count: int) -> tuple[Customer, list[int]]:
    customer = house.customer("Shoes").start()
    made = [customer.says(f"line {number}")["id"] for number in range(count)]
    return customer, made


def test_the_newest_twenty_come_without_a_cursor(house: House) -> None:
    customer, made = chat(house, 25)
    assert [row["id"] for row in rows(house, customer)] == made[-20:]


def test_before_gives_the_newest_twenty_of_the_older(house: House) -> None:
    customer, made = chat(house, 25)
    assert [row["id"] for row in rows(house, customer, before=made[22])] == made[2:22]
    assert [row["id"] for row in rows(house, customer, before=made[1])] == made[:1]
    assert rows(house, customer, before=made[0]) == []


def test_after_gives_a_hundred_and_excludes_its_own_id(house: House) -> None:
    customer, made = chat(house, 105)
    assert [row["id"] for row in rows(house, customer, after=made[0])] == made[1:101]
    assert [row["id"] for row in rows(house, customer, after=made[100])] == made[101:]


def test_after_with_before_includes_the_one_and_excludes_the_other(house: House) -> None:
    customer, made = chat(house, 105)
    assert [row["id"] for row in rows(house, customer, after=made[0], before=made[104])] == made[:104]


def test_internal_messages_can_be_left_out(house: House) -> None:
    customer, made = chat(house, 1)
    house.ida.reply(customer.number, "psst", private=True)
    house.ida.post(f"/conversations/{customer.number}/toggle_priority", priority="low")
    assert len(rows(house, customer)) == 3
    assert [row["id"] for row in rows(house, customer, filter_internal_messages="true")] == made


def test_the_list_tells_about_the_conversation_in_iso_times(house: House) -> None:
    customer, _ = chat(house, 1)
    house.sam.post(f"/conversations/{customer.number}/assignments", assignee_id=house.sam.id)
    house.sam.post(f"/conversations/{customer.number}/update_last_seen")
    meta = house.sam.get(f"/conversations/{customer.number}/messages")["meta"]
    assert meta["contact"]["type"] == "contact"
    assert meta["assignee"]["type"] == "user"
    assert meta["agent_last_seen_at"] == meta["assignee_last_seen_at"]
    assert meta["agent_last_seen_at"].endswith("Z")


def test_the_echo_id_is_in_the_answer_and_never_stored(house: House) -> None:
    customer, _ = chat(house, 1)
    made = house.sam.reply(customer.number, "Hello", echo_id="abc")
    assert made["echo_id"] == "abc"
    assert all("echo_id" not in row for row in rows(house, customer))
    twice = house.sam.reply(customer.number, "Hello", echo_id="abc")
    assert twice["id"] != made["id"]


def test_a_reply_has_the_rest_shape(house: House) -> None:
    customer, _ = chat(house, 1)
    made = house.sam.reply(customer.number, "Hello")
    assert (made["message_type"], made["status"], made["private"]) == (1, "sent", False)
    assert made["sender"]["type"] == "user"
    assert made["sender"]["available_name"] == "Sam"
    assert not {"account_id", "updated_at", "sender_id", "conversation", "attachments"} & set(made)


def test_the_first_reply_is_remembered_and_every_reply_ends_the_waiting(house: House) -> None:
    customer, _ = chat(house, 1)
    house.clock.advance(30)
    first = house.sam.reply(customer.number, "Hello")["created_at"]
    shown = house.sam.conversation(customer.number)
    assert (shown["first_reply_created_at"], shown["waiting_since"]) == (first, 0)
    house.clock.advance(30)
    asked = customer.says("And now?")["created_at"]
    customer.says("Hello?")
    assert house.sam.conversation(customer.number)["waiting_since"] == asked
    house.clock.advance(30)
    house.sam.reply(customer.number, "Now")
    shown = house.sam.conversation(customer.number)
    assert (shown["first_reply_created_at"], shown["waiting_since"]) == (first, 0)


def test_a_note_and_an_automatic_message_end_no_waiting(house: House) -> None:
    customer, _ = chat(house, 1)
    before = house.sam.conversation(customer.number)["waiting_since"]
    house.sam.reply(customer.number, "psst", private=True)
    house.served.call_now(lambda: house.desk.send_automatic(customer.number, "Please wait"))
    shown = house.sam.conversation(customer.number)
    assert (shown["first_reply_created_at"], shown["waiting_since"]) == (0, before)
    assert shown["messages"][0]["message_type"] == 3
    assert "sender" not in shown["messages"][0]


def test_staff_can_play_the_customer(house: House) -> None:
    customer, _ = chat(house, 1)
    made = house.sam.reply(customer.number, "It is me", message_type="incoming")
    assert (made["message_type"], made["sender"]["id"], made["sender"]["type"]) == (0, customer.id, "contact")


def test_an_answer_to_an_unknown_message_answers_nothing(house: House) -> None:
    customer, made = chat(house, 1)
    known = house.sam.reply(customer.number, "Yes", content_attributes={"in_reply_to": made[0]})
    assert known["content_attributes"] == {"in_reply_to": made[0]}
    unknown = house.sam.reply(customer.number, "Yes", content_attributes='{"in_reply_to": 999999}')
    assert unknown["content_attributes"] == {"in_reply_to": None}


def test_deleting_takes_the_text_and_leaves_the_row(house: House) -> None:
    customer, _ = chat(house, 1)
    made = house.sam.reply(customer.number, "Wrong window")
    answer = house.sam.http.delete(
        f"/api/v1/accounts/1/conversations/{customer.number}/messages/{made['id']}"
    )
    assert answer.json()["content_attributes"] == {"deleted": True}
    assert answer.json()["content"] != "Wrong window"
    assert rows(house, customer)[-1]["id"] == made["id"]
    assert house.sam.refused("DELETE", f"/conversations/{customer.number}/messages/999999")[0] == 404


def test_two_hundred_messages_a_minute_are_enough(house: House) -> None:
    customer, _ = chat(house, 200)
    path = f"/conversations/{customer.number}/messages"
    refused = house.sam.refused("POST", path, content="one more")
    assert refused == (422, {"error": "Validation failed: Too many messages"})
    house.clock.advance(61)
    assert house.sam.reply(customer.number, "one more")["id"]


@pytest.mark.parametrize("content", ["", "  \n", "x" * 150_001])
def test_blank_and_endless_messages_are_refused(house: House, content: str) -> None:
    customer, _ = chat(house, 1)
    status, body = house.sam.refused("POST", f"/conversations/{customer.number}/messages", content=content)
    assert status == 422
    assert body["error"].startswith("Validation failed: ")


def test_nobody_writes_without_a_token(house: House) -> None:
    customer, _ = chat(house, 1)
    path = f"{house.url}/api/v1/accounts/1/conversations/{customer.number}/messages"
    assert httpx.post(path, json={"content": "Hello"}).status_code == 401
