"""Lists, counts and single conversations."""

from __future__ import annotations

import pytest

from tests.practice.server.house import Customer, House


def asked(house: House, queue: str = "Hats", label: str = "") -> Customer:
    """A customer who wrote once, their conversation labelled so that a filter finds only these."""
    customer = house.customer(queue).start()
    customer.says("Where is it?")
    if label:
        house.ida.post(f"/conversations/{customer.number}/labels", labels=[label])
    house.clock.advance(10)
    return customer


def ids(answer: dict[str, dict[str, list[dict[str, int]]]]) -> list[int]:
    return [row["id"] for row in answer["data"]["payload"]]


def test_the_counts_cover_the_whole_filter_whatever_is_listed(house: House) -> None:
    mine, _, other = asked(house, label="c1"), asked(house, label="c1"), asked(house, label="c1")
    house.mara.post(f"/conversations/{mine.number}/assignments", assignee_id=house.mara.id)
    house.mara.post(f"/conversations/{other.number}/assignments", assignee_id=house.ida.id)
    query = {"labels[]": "c1", "assignee_type": "me", "page": 2}
    expected = {"mine_count": 1, "assigned_count": 2, "unassigned_count": 1, "all_count": 3}
    assert house.mara.get("/conversations", **query)["data"] == {"meta": expected, "payload": []}
    assert house.mara.get("/conversations/meta", **query) == {"meta": expected}


@pytest.mark.parametrize(
    ("assigned", "places"), [("me", [0]), ("unassigned", [1]), ("assigned", [0]), ("all", [1, 0])]
)
def test_rows_are_filtered_by_whose_they_are(house: House, assigned: str, places: list[int]) -> None:
    label = f"whose-{assigned}"
    rows = [asked(house, label=label), asked(house, label=label)]
    house.mara.post(f"/conversations/{rows[0].number}/assignments", assignee_id=house.mara.id)
    rows[1].says("Hello?")
    listed = ids(house.mara.get("/conversations", assignee_type=assigned, **{"labels[]": label}))
    assert listed == [rows[place].number for place in places]


def test_agents_see_their_inboxes_and_administrators_everything(house: House) -> None:
    hats, shoes = asked(house, "Hats", "seen"), asked(house, "Shoes", "seen")
    query = {"labels[]": "seen"}
    assert ids(house.mara.get("/conversations", **query)) == [hats.number]
    assert ids(house.sam.get("/conversations", **query)) == [shoes.number]
    assert ids(house.ida.get("/conversations", **query)) == [shoes.number, hats.number]
    assert house.mara.get("/conversations/meta", **query)["meta"]["all_count"] == 1
    refused = house.mara.refused("GET", f"/conversations/{shoes.number}")
    assert refused == (401, {"error": "You are not authorized to do this action"})
    assert house.mara.refused("GET", "/conversations/999999") == (
        404,
        {"error": "Resource could not be found"},
    )


def test_a_team_member_may_open_what_was_handed_to_the_team_but_does_not_list_it(house: House) -> None:
    shoes = asked(house, "Shoes", "handed")
    house.ida.post(f"/conversations/{shoes.number}/assignments", team_id=1)
    shown = house.mara.conversation(shoes.number)
    assert shown["meta"]["team"] == {
        "id": 1,
        "name": "workshop",
        "description": "Repairs",
        "allow_auto_assign": False,
        "account_id": 1,
        "is_member": True,
    }
    assert ids(house.mara.get("/conversations", **{"labels[]": "handed"})) == []


def test_a_page_holds_25_rows_and_updated_within_turns_paging_off(house: House) -> None:
    for _ in range(26):
        asked(house, label="many")
    query = {"labels[]": "many"}
    assert len(ids(house.mara.get("/conversations", **query))) == 25
    assert len(ids(house.mara.get("/conversations", page=2, **query))) == 1
    assert ids(house.mara.get("/conversations", page=3, **query)) == []
    assert len(ids(house.mara.get("/conversations", updated_within=10_000, page=2, **query))) == 26
    assert len(ids(house.mara.get("/conversations", updated_within=95, **query))) == 9


def test_a_status_filter_is_open_by_default_and_text_search_ignores_it(house: House) -> None:
    done = asked(house, label="done")
    done.says("a 100% unusual_word")
    house.mara.post(f"/conversations/{done.number}/toggle_status", status="resolved")
    assert ids(house.mara.get("/conversations", **{"labels[]": "done"})) == []
    for query in ({"status": "all"}, {"status": "resolved"}, {"q": "100% unusual_"}):
        assert ids(house.mara.get("/conversations", **query, **{"labels[]": "done"})) == [done.number]
    assert ids(house.mara.get("/conversations", q="unusualxword")) == []


def test_sorting_by_waiting_puts_those_who_do_not_wait_last(house: House) -> None:
    first, answered, third = (asked(house, label="sorted") for _ in range(3))
    house.mara.reply(answered.number, "Soon")
    query = {"labels[]": "sorted"}
    by_waiting = [first.number, third.number, answered.number]
    assert ids(house.mara.get("/conversations", sort_by="waiting_since_asc", **query)) == by_waiting
    by_waiting = [third.number, first.number, answered.number]
    assert ids(house.mara.get("/conversations", sort_by="waiting_since_desc", **query)) == by_waiting
    house.mara.post(f"/conversations/{first.number}/toggle_priority", priority="low")
    house.mara.post(f"/conversations/{third.number}/toggle_priority", priority="urgent")
    by_priority = [third.number, first.number, answered.number]
    assert ids(house.mara.get("/conversations", sort_by="priority_desc", **query)) == by_priority
    by_priority = [first.number, third.number, answered.number]
    assert ids(house.mara.get("/conversations", sort_by="priority_asc", **query)) == by_priority
    assert ids(house.mara.get("/conversations", sort_by="created_at_asc", **query))[0] == first.number
    assert ids(house.mara.get("/conversations", sort_by="nonsense", **query))[0] == third.number


def test_the_kinds_of_conversation(house: House) -> None:
    waiting, named, joined = (asked(house, label="kinds") for _ in range(3))
    for customer in (named, joined):
        house.mara.reply(customer.number, "Soon")
    note = f"See [@Ida](mention://user/{house.ida.id}/Ida)"
    house.mara.reply(named.number, note, private=True)
    house.mara.post(f"/conversations/{joined.number}/assignments", assignee_id=house.ida.id)
    query = {"labels[]": "kinds"}
    assert ids(house.ida.get("/conversations", conversation_type="unattended", **query)) == [waiting.number]
    assert ids(house.ida.get("/conversations", conversation_type="mention", **query)) == [named.number]
    participating = ids(house.ida.get("/conversations", conversation_type="participating", **query))
    assert set(participating) == {named.number, joined.number}


def test_filters_by_inbox_team_and_source(house: House) -> None:
    hats, shoes = asked(house, "Hats", "where"), asked(house, "Shoes", "where")
    house.ida.post(f"/conversations/{hats.number}/assignments", team_id=1)
    query = {"labels[]": "where"}
    shoes_inbox = shoes.get(f"/{shoes.number}")["inbox_id"]
    assert ids(house.ida.get("/conversations", inbox_id=shoes_inbox, **query)) == [shoes.number]
    assert ids(house.ida.get("/conversations", team_id=1, **query)) == [hats.number]
    source = shoes.contact["source_id"]
    assert ids(house.ida.get("/conversations", source_id=source, **query)) == [shoes.number]
    assert house.ida.refused("GET", "/conversations?team_id=99")[0] == 404


def test_the_rest_form_leaves_out_who_is_not_set_and_counts_in_epoch_seconds(house: House) -> None:
    customer = house.customer(name="Olle", email="olle@customers.example").start(language="sv", page="/hats")
    house.clock.advance(5)
    customer.says("Hej")
    shown = house.mara.conversation(customer.number)
    assert set(shown["meta"]) == {"sender", "channel", "hmac_verified"}
    assert shown["meta"]["channel"] == "Channel::Api"
    assert shown["first_reply_created_at"] == shown["agent_last_seen_at"] == 0
    assert shown["waiting_since"] == shown["created_at"]
    assert shown["timestamp"] == shown["last_activity_at"] == shown["created_at"] + 5
    assert isinstance(shown["updated_at"], float)
    assert shown["unread_count"] == 1
    assert shown["additional_attributes"] == {"browser_language": "sv", "referer": "/hats"}
    assert shown["custom_attributes"] == {"language": "sv", "page": "/hats"}
    assert shown["messages"][0]["content"] == "Snart kommer någon."
    assert shown["snoozed_until"] is None
    assert shown["priority"] is None


def test_the_rests_newest_message_may_be_activity_or_a_note(house: House) -> None:
    customer = asked(house, "Shoes")
    house.sam.reply(customer.number, "psst", private=True)
    shown = house.sam.conversation(customer.number)
    assert shown["messages"][0]["private"] is True
    house.sam.post(f"/conversations/{customer.number}/toggle_priority", priority="high")
    shown = house.sam.conversation(customer.number)
    assert shown["messages"][0]["message_type"] == 2
    assert shown["last_non_activity_message"]["content"] == "psst"
    assert shown["timestamp"] == shown["messages"][0]["created_at"]


def test_unread_counts_stop_at_ten(house: House) -> None:
    customer = asked(house, "Shoes")
    for number in range(12):
        customer.says(f"Hello {number}?")
    assert house.sam.conversation(customer.number)["unread_count"] == 10


def test_staff_writes_to_a_customer_first(house: House) -> None:
    customer = house.customer("Shoes")
    inbox = house.sam.get("/inboxes")["payload"][0]["id"]
    body = {
        "inbox_id": inbox,
        "contact_id": customer.id,
        "assignee_id": house.sam.id,
        "message": {"content": "Your shoes are here"},
    }
    made = house.sam.post("/conversations", **body)
    assert made["meta"]["assignee"]["id"] == house.sam.id
    assert made["last_non_activity_message"]["content"] == "Your shoes are here"
    assert made["waiting_since"] == 0
    again = house.sam.post("/conversations", source_id=customer.contact["source_id"], inbox_id=inbox)
    assert again["id"] != made["id"]
    assert house.sam.refused("POST", "/conversations", inbox_id=inbox)[0] == 404
    hats = house.mara.get("/inboxes")["payload"][0]["id"]
    assert house.sam.refused("POST", "/conversations", inbox_id=hats, contact_id=customer.id)[0] == 401


def test_patching_sets_the_priority_and_nothing_else(house: House) -> None:
    customer = asked(house)
    answer = house.mara.http.patch(
        f"/api/v1/accounts/1/conversations/{customer.number}", json={"priority": "high", "status": "resolved"}
    ).json()
    assert (answer["priority"], answer["status"]) == ("high", "open")
