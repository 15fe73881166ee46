"""Who is notified of what, and what they do with it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.practice.server.house import ACCOUNT, Customer, House, Staff


def listed(staff: Staff, **query: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = staff.get("/notifications", **query)["data"]["payload"]
    return rows


def kinds(staff: Staff, **query: Any) -> list[tuple[str, int]]:
    return [(row["notification_type"], row["primary_actor"]["id"]) for row in listed(staff, **query)]


@pytest.fixture
def customer(house: House) -> Customer:
    """Of Sam, who took the conversation, with nobody notified of anything."""
    customer = house.customer("Shoes", name="Olle").start()
    customer.says("Hello?")
    house.sam.post(f"/conversations/{customer.number}/assignments", assignee_id=house.sam.id)
    for staff in (house.sam, house.ida, house.mara):
        staff.post("/notifications/destroy_all", type="all")
    return customer


def test_the_assignee_hears_of_a_new_message(house: House, customer: Customer) -> None:
    cable = house.cable(house.sam)
    said = customer.says("Where is it?")
    name, data = cable.events()[-1]
    assert name == "notification.created"
    assert (data["unread_count"], data["count"], data["account_id"]) == (1, 1, 1)
    told = data["notification"]
    assert told["notification_type"] == "assigned_conversation_new_message"
    assert told["push_message_title"] == "Olle: Where is it?"
    assert told["secondary_actor"]["id"] == said["id"]
    [row] = listed(house.sam)
    assert row["push_message_title"] == f"New message in #{customer.number}"
    assert row["push_message_body"] == "Olle: Where is it?"
    assert row["primary_actor"]["id"] == customer.number
    assert row["primary_actor_id"] != customer.number
    assert (row["read_at"], row["snoozed_until"], row["user"]["id"]) == (None, None, house.sam.id)


def test_a_newer_notification_takes_the_place_of_the_older(house: House, customer: Customer) -> None:
    customer.says("One")
    first = listed(house.sam)[0]["id"]
    cable = house.cable(house.sam)
    customer.says("Two")
    events = cable.events()
    assert [name for name, _ in events][-2:] == ["notification.created", "notification.deleted"]
    assert events[-1][1]["notification"] == {"id": first}
    assert [row["push_message_body"] for row in listed(house.sam)] == ["Olle: Two"]


def test_being_given_a_conversation_is_notified_and_taking_one_is_not(house: House) -> None:
    customer = house.customer("Shoes").start()
    house.sam.post("/notifications/destroy_all", type="all")
    path = f"/conversations/{customer.number}/assignments"
    house.sam.post(path, assignee_id=house.sam.id)
    assert kinds(house.sam) == []
    house.sam.post(path, assignee_id=None)
    cable = house.cable(house.sam)
    house.ida.post(path, assignee_id=house.sam.id)
    assert cable.names()[-1] == "notification.created"
    [row] = listed(house.sam)
    assert row["notification_type"] == "conversation_assignment"
    assert row["secondary_actor"]["id"] == house.ida.id


def test_whoever_takes_part_hears_too_and_nobody_of_their_own_words(house: House, customer: Customer) -> None:
    house.ida.reply(customer.number, "I take part", private=True)
    note = f"[@Ida](mention://user/{house.ida.id}/Ida) look"
    house.sam.reply(customer.number, note, private=True)
    assert kinds(house.ida) == [("conversation_mention", customer.number)]
    customer.says("And now?")
    assert kinds(house.ida) == [("participating_conversation_new_message", customer.number)]
    assert kinds(house.sam) == [("assigned_conversation_new_message", customer.number)]
    house.sam.post("/notifications/destroy_all", type="all")
    house.sam.reply(customer.number, "Soon")
    assert kinds(house.sam) == []
    assert kinds(house.mara) == []


def test_new_conversations_are_told_to_those_who_asked_for_it(house: House) -> None:
    settings = house.ida.get("/notification_settings")
    assert settings["selected_push_flags"] == ["push_conversation_assignment"]
    wanted = {"selected_push_flags": ["push_conversation_creation", "push_nonsense"]}
    path = f"{ACCOUNT}/notification_settings"
    changed = house.ida.http.put(path, json={"notification_settings": wanted}).json()
    assert changed["selected_push_flags"] == ["push_conversation_creation"]
    customer = house.customer("Shoes").start()
    assert ("conversation_creation", customer.number) in kinds(house.ida)
    assert ("conversation_creation", customer.number) not in kinds(house.sam)
    house.ida.http.put(path, json={"notification_settings": {}})


def test_reading_and_unreading(house: House, customer: Customer) -> None:
    customer.says("Hello?")
    [row] = listed(house.sam)
    path = f"{ACCOUNT}/notifications/{row['id']}"
    cable = house.cable(house.sam)
    raw = house.sam.http.patch(path).json()
    assert raw["read_at"].endswith("Z")
    assert raw["primary_actor_id"] == row["primary_actor_id"]
    assert house.sam.get("/notifications/unread_count") == 0
    assert listed(house.sam) == []
    assert [one["id"] for one in listed(house.sam, **{"includes[]": "read"})] == [row["id"]]
    assert house.sam.http.post(f"{path}/unread").json()["read_at"] is None
    assert [name for name, _ in cable.events()] == ["notification.updated"] * 2
    assert house.ida.http.patch(path).status_code == 404


def test_reading_all_tells_nobody(house: House, customer: Customer) -> None:
    customer.says("Hello?")
    cable = house.cable(house.sam)
    [row] = listed(house.sam)
    house.sam.post("/notifications/read_all", primary_actor_type="Conversation", primary_actor_id=1)
    assert house.sam.get("/notifications/unread_count") == 1
    actor = {"primary_actor_type": "Conversation", "primary_actor_id": row["primary_actor_id"]}
    house.sam.post("/notifications/read_all", **actor)
    assert house.sam.get("/notifications/unread_count") == 0
    customer.says("Hello?")
    house.sam.post("/notifications/read_all")
    assert house.sam.get("/notifications/unread_count") == 0
    assert "notification.updated" not in cable.names()


def test_seeing_a_conversation_reads_its_notifications(house: House, customer: Customer) -> None:
    customer.says("Hello?")
    house.sam.post(f"/conversations/{customer.number}/update_last_seen")
    assert house.sam.get("/notifications/unread_count") == 0


def test_a_notification_put_off_comes_back_in_time(house: House, customer: Customer) -> None:
    customer.says("Hello?")
    [row] = listed(house.sam)
    until = int(house.clock.now()) + 600
    house.sam.post(f"/notifications/{row['id']}/snooze", snoozed_until=until)
    assert listed(house.sam) == []
    assert len(listed(house.sam, **{"includes[]": ["read", "snoozed"]})) == 1
    cable = house.cable(house.sam)
    house.clock.advance(601)
    house.served.call_now(house.desk.do_what_is_due)
    assert cable.names() == ["notification.updated"]
    assert [one["id"] for one in listed(house.sam)] == [row["id"]]


def test_forgetting_one_is_told_to_its_person_only(house: House, customer: Customer) -> None:
    customer.says("Hello?")
    [row] = listed(house.sam)
    mine, theirs = house.cable(house.sam), house.cable(house.ida)
    house.sam.http.delete(f"{ACCOUNT}/notifications/{row['id']}")
    [(name, data)] = mine.events()
    assert (name, data["unread_count"], data["count"]) == ("notification.deleted", 0, 0)
    assert theirs.names() == []


def test_the_list_has_pages_and_both_orders(house: House) -> None:
    house.sam.post("/notifications/destroy_all", type="all")
    numbers = []
    for _ in range(17):
        customer = house.customer("Shoes").start()
        house.ida.post(f"/conversations/{customer.number}/assignments", assignee_id=house.sam.id)
        house.clock.advance(1)
        numbers.append(customer.number)
    assert [number for _, number in kinds(house.sam)] == numbers[:1:-1]
    assert [number for _, number in kinds(house.sam, page=2)] == [numbers[1], numbers[0]]
    assert [number for _, number in kinds(house.sam, sort_order="asc")][:2] == numbers[:2]
    meta = house.sam.get("/notifications", page=2)["data"]["meta"]
    assert meta == {"unread_count": 17, "count": 17, "current_page": "2"}
