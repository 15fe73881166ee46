"""The full search: everything that holds a text, within what the caller may see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from practice.clock import SteppedClock
from practice.embedded import EmbeddedDesk
from tests.practice.server.house import SMALL, START, Customer, House


@pytest.fixture(scope="module")
def customer(house: House) -> Customer:
    customer = house.customer("Shoes", name="Selma Ek", email="selma@customers.example").start(page="/boots")
    customer.says("My purple boots squeak")
    house.sam.post(f"/conversations/{customer.number}/assignments", assignee_id=house.sam.id)
    house.sam.reply(customer.number, "Try some wax on the boots")
    return customer


def found(house: House, section: str, text: str, **more: Any) -> list[Any]:
    rows: list[Any] = house.sam.get(f"/search/{section}", q=text, **more)["payload"][section]
    return rows


def test_everything_is_looked_through_at_once(house: House, customer: Customer) -> None:
    payload = house.sam.get("/search", q="selma")["payload"]
    assert set(payload) == {"conversations", "contacts", "messages", "articles"}
    assert [one["id"] for one in payload["conversations"]] == [customer.number]
    assert [one["id"] for one in payload["contacts"]] == [customer.id]
    assert house.sam.get("/search", q="refund")["payload"]["articles"][0]["slug"] == "refunds"
    assert house.sam.get("/search", q=" ")["payload"] == {name: [] for name in payload}


def test_conversations_are_found_by_number_or_customer_and_not_by_text(
    house: House, customer: Customer
) -> None:
    [row] = found(house, "conversations", "selma@customers")
    assert row["message"]["content"] == "Try some wax on the boots"
    assert row["contact"]["name"] == "Selma Ek"
    assert (row["inbox"]["name"], row["agent"]["id"]) == ("Shoes", house.sam.id)
    assert row["additional_attributes"] == {"referer": "/boots"}
    assert customer.number in [one["id"] for one in found(house, "conversations", str(customer.number))]
    assert found(house, "conversations", "squeak") == []


def test_messages_are_found_by_their_text_newest_first(house: House, customer: Customer) -> None:
    rows = found(house, "messages", "BOOTS")
    assert [row["content"] for row in rows] == ["Try some wax on the boots", "My purple boots squeak"]
    assert rows[0]["sender"]["id"] == house.sam.id
    assert rows[1]["sender"]["type"] == "contact"
    assert rows[1]["conversation_id"] == customer.number


def test_others_find_nothing_of_it(house: House, customer: Customer) -> None:
    payload = house.mara.get("/search", q="boots")["payload"]
    assert (payload["messages"], payload["conversations"]) == ([], [])
    assert house.mara.get("/search/conversations", q="selma")["payload"]["conversations"] == []


def test_a_section_has_pages_of_fifteen(house: House) -> None:
    talker = house.customer("Shoes").start()
    for number in range(16):
        talker.says(f"zebra {number}")
    assert [row["content"] for row in found(house, "messages", "zebra", page=2)] == ["zebra 0"]
    assert len(found(house, "messages", "zebra")) == 15


@pytest.fixture
def other() -> Iterator[House]:
    """A desk of its own, where months can pass."""
    clock = SteppedClock(START)
    served = EmbeddedDesk.of(SMALL, clock=clock)
    with closing(served.desk), served, ExitStack() as stack:
        yield House(served, clock, stack)


def test_what_was_written_long_ago_is_not_looked_through(other: House) -> None:
    talker = other.customer("Shoes").start()
    talker.says("an old giraffe")
    other.clock.advance(91 * 24 * 3600)
    talker.says("a new giraffe")
    assert [row["content"] for row in found(other, "messages", "giraffe")] == ["a new giraffe"]
