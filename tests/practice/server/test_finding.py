"""Conversations found by filter and by text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.practice.server.house import Customer, House


def row(key: str, operator: str, *values: Any, then: str | None = None, **more: Any) -> dict[str, Any]:
    query = {"attribute_key": key, "filter_operator": operator, "values": list(values)}
    return {**query, "query_operator": then, **more}


def found(house: House, *rows: dict[str, Any], **more: Any) -> list[int]:
    answer = house.ida.post("/conversations/filter", payload=list(rows), **more)
    return [one["id"] for one in answer["payload"]]


@pytest.fixture(scope="module")
def talks(house: House) -> dict[str, Customer]:
    """Three conversations, a second apart: ``old`` resolved, ``vip`` of Sam and labelled, ``new``."""
    names = ("old", "vip", "new")
    customers = {}
    for name in names:
        house.clock.advance(1)
        about = {"language": "sv" if name == "vip" else "en", "page": f"/{name}", "order": f"B-{name}"}
        customers[name] = house.customer("Shoes", custom_attributes={"plan": name}).start(**about)
        customers[name].says(f"This is {name}")
    vip = f"/conversations/{customers['vip'].number}"
    house.sam.post(f"{vip}/assignments", assignee_id=house.sam.id)
    house.sam.post(f"{vip}/labels", labels=["billing", "vip"])
    house.sam.post(f"{vip}/toggle_priority", priority="high")
    house.sam.post(f"/conversations/{customers['old'].number}/toggle_status", status="resolved")
    return customers


def test_the_answer_has_no_wrapper_and_no_assigned_count(house: House, talks: dict[str, Customer]) -> None:
    answer = house.sam.post("/conversations/filter", payload=[row("status", "equal_to", "all")])
    assert set(answer) == {"meta", "payload"}
    assert answer["meta"] == {"mine_count": 1, "unassigned_count": 2, "all_count": 3}
    active = [one["last_activity_at"] for one in answer["payload"]]
    assert active == sorted(active, reverse=True)


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ([row("status", "equal_to", "open")], ["vip", "new"]),
        ([row("status", "not_equal_to", "open")], ["old"]),
        ([row("status", "equal_to", "open", "resolved")], ["old", "vip", "new"]),
        ([row("priority", "equal_to", "high")], ["vip"]),
        ([row("priority", "not_equal_to", "high")], ["old", "new"]),
        ([row("assignee_id", "is_present")], ["vip"]),
        ([row("assignee_id", "is_not_present")], ["old", "new"]),
        ([row("labels", "equal_to", "vip", "unknown")], ["vip"]),
        ([row("labels", "not_equal_to", "vip")], ["old", "new"]),
        ([row("labels", "is_present")], ["vip"]),
        ([row("labels", "is_not_present")], ["old", "new"]),
        ([row("browser_language", "equal_to", "sv")], ["vip"]),
        ([row("referer", "contains", "/ne")], ["new"]),
        ([row("referer", "does_not_contain", "%")], ["old", "vip", "new"]),
        ([row("team_id", "is_present")], []),
        ([row("campaign_id", "is_not_present")], ["old", "vip", "new"]),
        ([row("order", "equal_to", "B-new", custom_attribute_type="conversation_attribute")], ["new"]),
        ([row("plan", "contains", "vi", custom_attribute_type="contact_attribute")], ["vip"]),
        ([row("labels", "is_present", then="AND"), row("status", "equal_to", "resolved")], []),
        ([row("labels", "is_present", then="or"), row("status", "equal_to", "resolved")], ["old", "vip"]),
    ],
)
def test_what_passes(
    house: House, talks: dict[str, Customer], rows: list[dict[str, Any]], names: list[str]
) -> None:
    assert sorted(found(house, *rows)) == sorted(talks[name].number for name in names)


def test_times_are_compared_as_dates(house: House, talks: dict[str, Customer]) -> None:
    everything = sorted(customer.number for customer in talks.values())
    today = datetime.fromtimestamp(house.clock.now(), UTC).date().isoformat()
    assert sorted(found(house, row("created_at", "is_greater_than", today))) == everything
    assert found(house, row("created_at", "is_less_than", today)) == []
    assert found(house, row("created_at", "days_before", 1)) == []
    assert sorted(found(house, row("last_activity_at", "days_before", -1))) == everything


def test_numbers_in_lists_may_come_as_objects(house: House, talks: dict[str, Customer]) -> None:
    choice = {"id": house.sam.id, "name": "Sam"}
    assert found(house, row("assignee_id", "equal_to", choice)) == [talks["vip"].number]
    number = talks["old"].number
    assert found(house, row("display_id", "equal_to", str(number))) == [number]
    assert found(house, row("contact_id", "equal_to", talks["new"].id)) == [talks["new"].number]


def test_an_agent_finds_in_their_own_inboxes_only(house: House, talks: dict[str, Customer]) -> None:
    answer = house.mara.post("/conversations/filter", payload=[row("labels", "is_present")])
    assert answer["payload"] == []


def test_pages_go_on_and_end(house: House, talks: dict[str, Customer]) -> None:
    assert len(found(house, row("status", "equal_to", "all"), page=1)) == len(talks)
    assert found(house, row("status", "equal_to", "all"), page=2) == []


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        "status",
        [row("shoe_size", "equal_to", 41)],
        [row("status", "contains", "op")],
        [row("status", "equal_to")],
        [row("created_at", "is_less_than", "yesterday")],
        [row("created_at", "days_before", "few")],
        [row("status", "equal_to", "open", then="XOR"), row("priority", "equal_to", "high")],
        [row('a"; DROP TABLE messages', "equal_to", 1, custom_attribute_type="conversation_attribute")],
    ],
)
def test_a_filter_that_cannot_be_understood_is_told(house: House, payload: Any) -> None:
    status, body = house.ida.refused("POST", "/conversations/filter", payload=payload)
    assert status == 422
    assert body["error"]


def test_the_old_search_shows_the_messages_that_hold_the_text(
    house: House, talks: dict[str, Customer]
) -> None:
    answer = house.sam.get("/conversations/search", q="is vip")
    [only] = answer["payload"]
    assert (only["id"], only["inbox"]["name"]) == (talks["vip"].number, "Shoes")
    assert only["contact"]["id"] == talks["vip"].id
    assert [one["content"] for one in only["messages"]] == ["This is vip"]
    assert only["messages"][0]["message_type"] == 0
    assert answer["meta"]["all_count"] == 1
    assert house.mara.get("/conversations/search", q="is vip")["payload"] == []


def test_counts_of_the_unread_are_switched_off_as_on_most_servers(house: House) -> None:
    assert house.sam.refused("GET", "/conversations/unread_counts")[0] == 403
