"""Replies that do not reach the customer, sending them again, and what channels report."""

from __future__ import annotations

import pytest

from tests.practice.server.house import ACCOUNT, Customer, House


@pytest.fixture
def unreachable(house: House) -> Customer:
    return house.customer("Shoes", custom_attributes={"delivery_fails": "The number does not exist"}).start()


def test_a_reply_to_an_unreachable_customer_fails_after_it_was_written(
    house: House, unreachable: Customer
) -> None:
    cable = house.cable(house.sam)
    made = house.sam.reply(unreachable.number, "Hello")
    assert made["status"] == "sent"
    events = cable.events()
    assert events[0][0] == "message.created"
    assert events[0][1]["status"] == "sent"
    name, data = events[-1]
    assert (name, data["id"], data["status"]) == ("message.updated", made["id"], "failed")
    assert data["content_attributes"] == {"external_error": "The number does not exist"}
    assert data["previous_changes"]["status"] == ["sent", "failed"]


def test_notes_reach_colleagues_whatever_the_customers_channel_does(
    house: House, unreachable: Customer
) -> None:
    cable = house.cable(house.sam)
    house.sam.reply(unreachable.number, "psst", private=True)
    assert cable.names() == ["message.created"]


def test_a_retry_fails_again_while_the_channel_is_broken(house: House, unreachable: Customer) -> None:
    made = house.sam.reply(unreachable.number, "Hello")
    cable = house.cable(house.sam)
    answer = house.sam.post(f"/conversations/{unreachable.number}/messages/{made['id']}/retry")
    assert (answer["status"], answer["content_attributes"]) == ("sent", {})
    assert [data["status"] for _, data in cable.events()] == ["sent", "failed"]


def test_a_retry_arrives_once_the_channel_is_mended(house: House, unreachable: Customer) -> None:
    made = house.sam.reply(unreachable.number, "Hello")
    path = unreachable.path.removesuffix("/conversations")
    unreachable.http.patch(path, json={"custom_attributes": {"delivery_fails": False}})
    cable = house.cable(house.sam)
    house.sam.post(f"/conversations/{unreachable.number}/messages/{made['id']}/retry")
    assert [data["status"] for _, data in cable.events()] == ["sent"]
    house.sam.post(f"/conversations/{unreachable.number}/messages/{made['id']}/retry")
    assert cable.names() == []


def test_a_channel_reports_how_a_message_fares(house: House) -> None:
    customer = house.customer("Shoes").start()
    made = house.sam.reply(customer.number, "Hello")
    path = f"{ACCOUNT}/conversations/{customer.number}/messages/{made['id']}"
    cable = house.cable(house.sam)
    for status in ("delivered", "read", "delivered"):
        house.sam.http.patch(path, json={"status": status})
    assert [data["status"] for _, data in cable.events()] == ["delivered", "read"]
    failed = house.sam.http.patch(path, json={"status": "failed", "external_error": "gone"}).json()
    assert (failed["status"], failed["content_attributes"]) == ("failed", {"external_error": "gone"})
    assert house.sam.http.patch(path, json={"status": "lost"}).status_code == 500
    assert house.sam.refused("POST", f"/conversations/{customer.number}/messages/99999/retry")[0] == 404
