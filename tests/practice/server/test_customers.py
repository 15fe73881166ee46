"""What staff knows of customers: making, changing, finding, labelling, noting, merging, removing."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from tests.practice.server.house import ACCOUNT, Customer, House

NUMBERS = count(1)


def a_contact(house: House, **more: Any) -> dict[str, Any]:
    email = f"c{next(NUMBERS)}@customers.example"
    made: dict[str, Any] = house.sam.post("/contacts", name="Olle", email=email, **more)["payload"]["contact"]
    return made


def patched(house: House, contact: dict[str, Any], **body: Any) -> Any:
    answer = house.sam.http.patch(f"{ACCOUNT}/contacts/{contact['id']}", json=body)
    return answer.json()


def test_a_contact_is_made_with_a_session(house: House) -> None:
    cable = house.cable(house.mara)
    shoes = next(one for one in house.sam.get("/inboxes")["payload"] if one["name"] == "Shoes")
    phone = f"+3584000010{next(NUMBERS)}"
    payload = house.sam.post(
        "/contacts", inbox_id=shoes["id"], name="Eve", phone_number=phone, custom_attributes={"plan": "pro"}
    )["payload"]
    made = payload["contact"]
    assert (made["name"], made["phone_number"], made["custom_attributes"]) == ("Eve", phone, {"plan": "pro"})
    assert payload["contact_inbox"]["inbox"]["id"] == shoes["id"]
    assert made["contact_inboxes"][0]["source_id"] == payload["contact_inbox"]["source_id"]
    assert cable.names() == ["contact.created"]
    number = house.sam.post("/conversations", inbox_id=shoes["id"], contact_id=made["id"])["id"]
    assert house.sam.conversation(number)["meta"]["sender"]["id"] == made["id"]


def test_a_contact_without_a_name_gets_one(house: House) -> None:
    assert "-" in house.sam.post("/contacts")["payload"]["contact"]["name"]


@pytest.mark.parametrize(
    ("given", "attribute"),
    [
        ({"email": "nobody"}, "email"),
        ({"phone_number": "0400 123"}, "phone_number"),
    ],
)
def test_addresses_that_are_none_are_refused(house: House, given: dict[str, str], attribute: str) -> None:
    status, body = house.sam.refused("POST", "/contacts", **given)
    assert (status, body["attributes"]) == (422, [attribute])


@pytest.mark.parametrize("name", ["email", "phone_number", "identifier"])
def test_what_another_has_is_refused(house: House, name: str) -> None:
    value = {"email": "Taken@customers.example", "phone_number": "+358400777777", "identifier": "K-1"}[name]
    first = house.sam.post("/contacts", **{name: value})["payload"]["contact"]
    status, body = house.sam.refused("POST", "/contacts", **{name: value.lower()})
    expected = (422, [name]) if name != "identifier" else (200, None)
    assert (status, body.get("attributes")) == expected
    assert patched(house, first, **{name: value})["payload"]["id"] == first["id"]


def test_attributes_are_merged_and_dropped_by_name(house: House) -> None:
    cable = house.cable(house.mara)
    contact = a_contact(house, custom_attributes={"plan": "pro", "size": 41})
    changed = patched(
        house, contact, name="Olle P", custom_attributes={"size": 42}, additional_attributes={"city": "Lund"}
    )["payload"]
    assert changed["custom_attributes"] == {"plan": "pro", "size": 42}
    assert (changed["name"], changed["additional_attributes"]) == ("Olle P", {"city": "Lund"})
    path = f"/contacts/{contact['id']}/destroy_custom_attributes"
    assert house.sam.post(path, custom_attributes=["plan"])["payload"]["custom_attributes"] == {"size": 42}
    assert cable.names() == ["contact.created", "contact.updated", "contact.updated"]
    assert patched(house, contact, blocked=True)["payload"]["blocked"] is True


def test_labels_are_replaced_and_found_by(house: House) -> None:
    contact = a_contact(house)
    path = f"/contacts/{contact['id']}/labels"
    assert house.sam.post(path, labels=["vip", "slow", "vip"])["payload"] == ["vip", "slow"]
    assert house.sam.post(path, labels=["fussy"])["payload"] == ["fussy"]
    assert house.sam.get(path)["payload"] == ["fussy"]
    listed = house.sam.get("/contacts", **{"labels[]": "fussy"})
    assert [one["id"] for one in listed["payload"]] == [contact["id"]]
    assert listed["meta"]["count"] == 1


def test_contacts_are_filtered(house: House) -> None:
    contact = a_contact(house, identifier="only-one", additional_attributes={"city": "Turku"})
    query = {"attribute_key": "city", "filter_operator": "equal_to", "values": ["Turku"]}
    found = house.sam.post("/contacts/filter", payload=[query])
    assert [one["id"] for one in found["payload"]] == [contact["id"]]
    assert found["meta"] == {"count": 1, "current_page": 1}
    query = {"attribute_key": "shoe", "filter_operator": "equal_to", "values": ["1"]}
    assert house.sam.refused("POST", "/contacts/filter", payload=[query])[0] == 422


def test_who_is_there_is_listed(house: House) -> None:
    customer = house.customer("Shoes", name="Here").start()
    assert customer.id in [one["id"] for one in house.sam.get("/contacts/active")["payload"]]


def test_notes_come_newest_first_and_can_be_written_anew(house: House) -> None:
    path = f"/contacts/{a_contact(house)['id']}/notes"
    first = house.sam.post(path, note={"content": "Prefers phone"})
    second = house.ida.post(path, content="In the evening")
    listed = house.mara.get(path)
    assert [(one["content"], one["user"]["id"]) for one in listed] == [
        ("In the evening", house.ida.id),
        ("Prefers phone", house.sam.id),
    ]
    assert (first["account_id"], first["contact_id"]) == (None, None)
    changed = house.sam.http.patch(f"{ACCOUNT}{path}/{first['id']}", json={"content": "Prefers letters"})
    assert changed.json()["content"] == "Prefers letters"
    assert house.sam.http.delete(f"{ACCOUNT}{path}/{second['id']}").content == b""
    assert [one["content"] for one in house.mara.get(path)] == ["Prefers letters"]
    assert house.sam.refused("POST", path, content=" ")[0] == 422
    assert house.sam.refused("GET", f"{path}/{second['id']}")[0] == 404


def test_a_contact_gets_a_session_in_another_inbox(house: House) -> None:
    contact = a_contact(house)
    offered = house.sam.get(f"/contacts/{contact['id']}/contactable_inboxes")["payload"]
    assert [one["inbox"]["name"] for one in offered] == ["Shoes"]
    inbox = offered[0]["inbox"]["id"]
    path = f"/contacts/{contact['id']}/contact_inboxes"
    made = house.sam.post(path, inbox_id=inbox, source_id="from-the-shop")
    assert (made["source_id"], made["inbox"]["id"]) == ("from-the-shop", inbox)
    assert house.sam.post(path, inbox_id=inbox, source_id="from-the-shop") == made
    again = house.sam.get(f"/contacts/{contact['id']}/contactable_inboxes")["payload"]
    assert again[0]["source_id"] == "from-the-shop"
    other = f"/contacts/{a_contact(house)['id']}/contact_inboxes"
    assert house.sam.refused("POST", other, inbox_id=inbox, source_id="from-the-shop")[0] == 422
    assert house.mara.refused("POST", path, inbox_id=inbox)[0] == 401


def test_two_contacts_become_one(house: House) -> None:
    base = a_contact(house, custom_attributes={"plan": "pro"})
    customer: Customer = house.customer("Shoes", phone_number="+358400555555").start()
    customer.says("Hello")
    cable = house.cable(house.sam)
    ids = {"base_contact_id": base["id"], "mergee_contact_id": customer.id}
    merged = house.sam.post("/actions/contact_merge", **ids)
    assert (merged["id"], merged["phone_number"]) == (base["id"], "+358400555555")
    names = [name for name, _ in cable.events()]
    assert names == ["conversation.contact_changed", "contact.updated", "contact.merged"]
    assert house.sam.conversation(customer.number)["meta"]["sender"]["id"] == base["id"]
    assert house.sam.refused("GET", f"/contacts/{customer.id}")[0] == 404
    assert customer.says("Still me")["sender"]["id"] == base["id"]
    assert house.sam.refused("POST", "/actions/contact_merge", **ids)[0] == 404
    same = {"base_contact_id": base["id"], "mergee_contact_id": base["id"]}
    assert house.sam.refused("POST", "/actions/contact_merge", **same)[0] == 422


def test_a_lead_removes_a_contact_who_is_not_there(house: House) -> None:
    customer = house.customer("Shoes").start()
    customer.says("Hello")
    path = f"{ACCOUNT}/contacts/{customer.id}"
    refused = house.ida.http.delete(path)
    assert refused.status_code == 422
    assert "is online" in refused.json()["message"]
    house.clock.advance(120)
    cable = house.cable(house.mara)
    assert house.ida.http.delete(path).content == b""
    [(name, data)] = cable.events()
    assert (name, data["id"], data["account_id"]) == ("contact.deleted", customer.id, 1)
    assert house.ida.refused("GET", f"/conversations/{customer.number}")[0] == 404
