"""Assigning, handing on, resolving, snoozing, labelling, seeing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.practice.server.house import Customer, House


@pytest.fixture
def customer(house: House) -> Customer:
    customer = house.customer().start()
    customer.says("Where is it?")
    return customer


def act(house: House, customer: Customer, what: str, **body: Any) -> Any:
    return house.mara.post(f"/conversations/{customer.number}/{what}", **body)


def shown(house: House, customer: Customer) -> dict[str, Any]:
    found: dict[str, Any] = house.mara.conversation(customer.number)
    return found


def test_assigning_answers_the_agent_and_taking_away_answers_null(house: House, customer: Customer) -> None:
    answer = act(house, customer, "assignments", assignee_id=house.ida.id)
    assert (answer["id"], answer["role"], answer["thumbnail"]) == (house.ida.id, "administrator", "")
    assert shown(house, customer)["meta"]["assignee"]["id"] == house.ida.id
    assert shown(house, customer)["meta"]["assignee_type"] == "User"
    assert act(house, customer, "assignments", assignee_id=None) is None
    assert "assignee" not in shown(house, customer)["meta"]


@pytest.mark.parametrize("nobody", [0, 999, "x"])
def test_an_unknown_assignee_takes_the_conversation_away(
    house: House, customer: Customer, nobody: Any
) -> None:
    act(house, customer, "assignments", assignee_id=house.mara.id)
    assert act(house, customer, "assignments", assignee_id=nobody) is None
    assert "assignee" not in shown(house, customer)["meta"]


def test_the_assignee_beats_the_team_in_one_call(house: House, customer: Customer) -> None:
    act(house, customer, "assignments", assignee_id=house.mara.id, team_id=1)
    meta = shown(house, customer)["meta"]
    assert meta["assignee"]["id"] == house.mara.id
    assert "team" not in meta


def test_handing_to_a_team_answers_the_bare_record(house: House, customer: Customer) -> None:
    answer = act(house, customer, "assignments", team_id=1)
    assert set(answer) == {
        "id",
        "name",
        "description",
        "allow_auto_assign",
        "account_id",
        "created_at",
        "updated_at",
    }
    assert answer["created_at"].endswith("Z")
    assert act(house, customer, "assignments", team_id=0) is None
    assert "team" not in shown(house, customer)["meta"]


def test_a_team_drops_an_assignee_from_outside(house: House) -> None:
    customer = house.customer("Shoes").start()
    house.sam.post(f"/conversations/{customer.number}/assignments", assignee_id=house.sam.id)
    house.sam.post(f"/conversations/{customer.number}/assignments", team_id=1)
    assert "assignee" not in house.sam.conversation(customer.number)["meta"]


def test_a_team_keeps_an_assignee_of_its_own(house: House, customer: Customer) -> None:
    act(house, customer, "assignments", assignee_id=house.mara.id)
    act(house, customer, "assignments", team_id=1)
    assert shown(house, customer)["meta"]["assignee"]["id"] == house.mara.id


def test_resolving_ends_the_waiting(house: House, customer: Customer) -> None:
    answer = act(house, customer, "toggle_status", status="resolved")
    assert answer == {
        "payload": {
            "success": True,
            "conversation_id": customer.number,
            "current_status": "resolved",
            "snoozed_until": None,
        }
    }
    assert shown(house, customer)["waiting_since"] == 0


def test_an_agent_who_opens_a_conversation_takes_it_over(house: House, customer: Customer) -> None:
    act(house, customer, "assignments", assignee_id=house.ida.id)
    act(house, customer, "toggle_status", status="open")
    assert shown(house, customer)["meta"]["assignee"]["id"] == house.mara.id


def test_an_administrator_who_opens_a_conversation_does_not(house: House, customer: Customer) -> None:
    house.ida.post(f"/conversations/{customer.number}/toggle_status", status="resolved")
    house.ida.post(f"/conversations/{customer.number}/toggle_status", status="open")
    assert "assignee" not in shown(house, customer)["meta"]


def test_without_a_status_open_and_resolved_take_turns(house: House, customer: Customer) -> None:
    path = f"/conversations/{customer.number}/toggle_status"
    statuses = [house.ida.post(path)["payload"]["current_status"] for _ in range(2)]
    assert statuses == ["resolved", "open"]


def test_a_snooze_is_sent_in_seconds_and_comes_back_as_iso(house: House, customer: Customer) -> None:
    until = int(house.clock.now()) + 600
    answer = act(house, customer, "toggle_status", status="snoozed", snoozed_until=until)
    assert answer["payload"]["snoozed_until"].endswith(".000Z")
    house.clock.advance(601)
    house.served.call_now(house.desk.do_what_is_due)
    assert shown(house, customer)["status"] == "open"


@pytest.mark.parametrize("until", [1_900_000_000_000, -1, "tomorrow"])
def test_a_snooze_until_no_time_at_all_is_refused(house: House, customer: Customer, until: Any) -> None:
    body = {"status": "snoozed", "snoozed_until": until}
    assert house.mara.refused("POST", f"/conversations/{customer.number}/toggle_status", **body)[0] == 422
    assert shown(house, customer)["status"] == "open"


def test_an_id_larger_than_any_is_not_found(house: House) -> None:
    assert house.mara.refused("GET", f"/conversations/{2**80}")[0] == 404


def test_a_snooze_without_an_end_lasts_until_the_customer_writes(house: House, customer: Customer) -> None:
    act(house, customer, "toggle_status", status="snoozed")
    house.clock.advance(10_000_000)
    house.served.call_now(house.desk.do_what_is_due)
    assert shown(house, customer)["status"] == "snoozed"
    customer.says("Hello?")
    assert shown(house, customer)["status"] == "open"


@pytest.mark.parametrize(
    ("what", "body"), [("toggle_status", {"status": "gone"}), ("toggle_priority", {"priority": "none"})]
)
def test_values_that_break_the_real_server_break_this_one(
    house: House, customer: Customer, what: str, body: dict[str, str]
) -> None:
    refused = house.mara.refused("POST", f"/conversations/{customer.number}/{what}", **body)
    assert refused == (500, {"status": 500, "error": "Internal Server Error"})


def test_the_priority_is_set_and_cleared_with_an_empty_answer(house: House, customer: Customer) -> None:
    assert act(house, customer, "toggle_priority", priority="urgent") is None
    assert shown(house, customer)["priority"] == "urgent"
    act(house, customer, "toggle_priority", priority=None)
    assert shown(house, customer)["priority"] is None


def test_labels_are_replaced_as_a_whole(house: House, customer: Customer) -> None:
    assert act(house, customer, "labels", labels=["delivery", "odd", "delivery"]) == {
        "payload": ["delivery", "odd"]
    }
    assert act(house, customer, "labels", labels=["billing"]) == {"payload": ["billing"]}
    assert house.mara.get(f"/conversations/{customer.number}/labels") == {"payload": ["billing"]}


def test_custom_attributes_are_replaced_as_a_whole(house: House, customer: Customer) -> None:
    act(house, customer, "custom_attributes", custom_attributes={"order": "B-1"})
    answer = act(house, customer, "custom_attributes", custom_attributes={"size": 44})
    assert answer == {"custom_attributes": {"size": 44}}
    assert shown(house, customer)["custom_attributes"] == {"size": 44}


def test_seeing_clears_the_unread_for_everyone_and_unread_brings_it_back(
    house: House, customer: Customer
) -> None:
    house.clock.advance(5)
    assert act(house, customer, "update_last_seen")["unread_count"] == 0
    assert house.ida.conversation(customer.number)["unread_count"] == 0
    assert act(house, customer, "unread")["unread_count"] == 1


def test_seeing_again_is_written_at_most_once_an_hour(house: House, customer: Customer) -> None:
    first = act(house, customer, "update_last_seen")["agent_last_seen_at"]
    house.clock.advance(600)
    assert act(house, customer, "update_last_seen")["agent_last_seen_at"] == first
    house.clock.advance(3600)
    assert act(house, customer, "update_last_seen")["agent_last_seen_at"] > first


def test_only_the_assignees_look_is_the_assignees(house: House, customer: Customer) -> None:
    assert act(house, customer, "update_last_seen")["assignee_last_seen_at"] == 0
    act(house, customer, "assignments", assignee_id=house.mara.id)
    assert act(house, customer, "update_last_seen")["assignee_last_seen_at"] > 0
