"""The customer's own side: arriving, asking, reading, ending."""

from __future__ import annotations

import httpx

from tests.practice.server.house import House


def inbox_url(house: House, name: str = "Hats") -> str:
    identifier = next(inbox["identifier"] for inbox in house.ready["inboxes"] if inbox["name"] == name)
    assert len(identifier) == 24
    return f"{house.url}/public/api/v1/inboxes/{identifier}"


def test_the_inbox_tells_its_name_and_that_it_is_always_open(house: House) -> None:
    inbox = httpx.get(inbox_url(house)).json()
    assert (inbox["name"], inbox["greeting_enabled"], inbox["working_hours_enabled"]) == ("Hats", True, False)
    assert len(inbox["working_hours"]) == 7


def test_a_round_trip(house: House) -> None:
    customer = house.customer("Shoes", name="Olle").start(language="sv")
    asked = customer.says("Hej", echo_id="x")
    assert (asked["message_type"], asked["sender"]["name"]) == (0, "Olle")
    house.sam.reply(customer.number, "psst", private=True)
    house.sam.post(f"/conversations/{customer.number}/toggle_priority", priority="low")
    answer = house.sam.reply(customer.number, "Hej Olle")
    read = customer.get(f"/{customer.number}/messages")
    assert [row["id"] for row in read] == [asked["id"], answer["id"]]
    assert read[1]["sender"]["type"] == "user"
    assert [row["id"] for row in customer.get(f"/{customer.number}/messages", before=answer["id"])] == [
        asked["id"]
    ]
    shown = customer.get(f"/{customer.number}")
    assert [row["content"] for row in shown["messages"]] == ["Hej", "Hej Olle"]
    assert shown["contact"]["created_at"].endswith("Z")
    assert customer.get("") == [shown]
    house.clock.advance(1)
    assert customer.post(f"/{customer.number}/update_last_seen") is None
    assert customer.get(f"/{customer.number}")["contact_last_seen_at"] == int(house.clock.now())
    assert customer.post(f"/{customer.number}/toggle_status")["status"] == "resolved"
    assert customer.post(f"/{customer.number}/toggle_status")["status"] == "resolved"


def test_whoever_is_known_stays_the_same_contact(house: House) -> None:
    first = house.customer(name="Ada", email="Ada@customers.example", identifier="K-1").contact
    by_email = house.customer("Shoes", email="ada@customers.example").contact
    by_number = house.customer("Shoes", identifier="K-1").contact
    assert first["id"] == by_email["id"] == by_number["id"]
    assert len({first["source_id"], by_email["source_id"], by_number["source_id"]}) == 3
    assert len({first["pubsub_token"], by_email["pubsub_token"], by_number["pubsub_token"]}) == 3


def test_a_source_id_of_ones_own_is_kept_and_found_again(house: House) -> None:
    first = house.customer(name="Bo", source_id="my-own").contact
    assert first["source_id"] == "my-own"
    assert house.customer(name="Other", source_id="my-own").contact == first


def test_whoever_gives_no_name_gets_one(house: House) -> None:
    assert house.customer().contact["name"]


def test_telling_more_merges_and_answers_the_bare_record(house: House) -> None:
    customer = house.customer(name="Cleo", custom_attributes={"a": 1})
    path = f"/contacts/{customer.contact['source_id']}"
    answer = customer.http.patch(
        path, json={"email": "cleo@customers.example", "custom_attributes": {"b": 2}}
    ).json()
    assert (answer["name"], answer["email"]) == ("Cleo", "cleo@customers.example")
    assert answer["custom_attributes"] == {"a": 1, "b": 2}
    assert "pubsub_token" not in answer
    assert customer.http.get(path).json()["email"] == "cleo@customers.example"


def test_an_address_of_someone_else_is_refused(house: House) -> None:
    house.customer(email="dan@customers.example", phone_number="+358400000001")
    path = f"/contacts/{(other := house.customer()).contact['source_id']}"
    refused = other.http.patch(path, json={"email": "dan@customers.example"})
    assert (refused.status_code, refused.json()) == (
        422,
        {"message": "Email has already been taken", "attributes": ["email"]},
    )
    assert other.http.patch(path, json={"phone_number": "+358400000001"}).status_code == 422


def test_one_customer_does_not_reach_anothers_conversation(house: House) -> None:
    one, other = house.customer().start(), house.customer()
    answer = other.http.get(f"{other.path}/{one.number}")
    assert (answer.status_code, answer.json()) == (404, {"status": 404, "error": "Not Found"})


def test_unknown_inboxes_and_customers_are_not_found(house: House) -> None:
    unknown = f"{house.url}/public/api/v1/inboxes/unknown"
    assert httpx.get(unknown).status_code == 404
    assert httpx.post(f"{unknown}/contacts", json={}).status_code == 404
    assert httpx.get(f"{inbox_url(house)}/contacts/unknown").status_code == 404
