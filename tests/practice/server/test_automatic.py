"""What the desk says by itself: greeting, closed, busy, and the question how it went."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import msgspec
import pytest

from practice.clock import SteppedClock
from practice.embedded import EmbeddedDesk
from practice.scenario.model import Hours, Queue
from tests.practice.server.house import SMALL, Customer, House

AFTERNOON = 1_900_152_000.0  # a Tuesday, 14:00 in Helsinki
NIGHT = 10 * 3600.0
SHOP = msgspec.structs.replace(
    SMALL,
    queues=[
        Queue(
            key="hats",
            name="Hats",
            automatic_after=60.0,
            automatic={"en": "We are busy.", "sv": "Vi har mycket att göra."},
            greeting={"en": "Welcome.", "sv": "Välkommen."},
            hours=[Hours(days=["monday", "tuesday", "wednesday", "thursday", "friday"], closes="16:30")],
            closed={"en": "We are closed until nine.", "sv": "Vi har stängt till nio."},
            survey={"en": "How did it go?", "sv": "Hur gick det?"},
        ),
        Queue(key="shoes", name="Shoes", channel="messaging"),
    ],
)


@pytest.fixture
def shop() -> Iterator[House]:
    clock = SteppedClock(AFTERNOON)
    served = EmbeddedDesk.of(SHOP, clock=clock)
    with closing(served.desk), served, ExitStack() as stack:
        yield House(served, clock, stack)


def read(customer: Customer) -> list[tuple[int, str]]:
    rows: list[dict[str, Any]] = customer.get(f"/{customer.number}/messages")
    return [(row["message_type"], row["content"]) for row in rows]


def test_an_open_queue_greets(shop: House) -> None:
    customer = shop.customer().start(language="sv-FI")
    customer.says("Hej")
    assert read(customer) == [(0, "Hej"), (3, "Välkommen.")]


def test_a_closed_queue_says_so_once_a_day(shop: House) -> None:
    shop.clock.advance(NIGHT)
    customer = shop.customer().start()
    customer.says("Hello?")
    assert read(customer) == [(0, "Hello?"), (3, "We are closed until nine."), (3, "Welcome.")]
    shop.clock.advance(3600)
    customer.says("Still there?")
    assert len(read(customer)) == 4
    shop.clock.advance(24 * 3600)
    customer.says("A day later")
    assert read(customer)[-1] == (3, "We are closed until nine.")


def patched(shop: House, text: str) -> str:
    answer = shop.ida.http.patch("/api/v1/accounts/1/inboxes/1", json={"out_of_office_message": text})
    return str(answer.json()["out_of_office_message"])


def test_a_text_set_by_a_lead_is_for_all_until_the_one_before_comes_back(shop: House) -> None:
    shop.clock.advance(NIGHT)
    before = shop.ida.get("/inboxes/1")["out_of_office_message"]
    patched(shop, "Stängt i dag.\n\nClosed today.")
    swede = shop.customer().start(language="sv")
    swede.says("Hej")
    assert read(swede)[1] == (3, "Stängt i dag.\n\nClosed today.")
    assert patched(shop, before) == before
    another = shop.customer().start(language="sv")
    another.says("Hej")
    assert read(another)[1] == (3, "Vi har stängt till nio.")


def test_nobody_is_told_that_it_is_closed_who_was_answered_just_now(shop: House) -> None:
    customer = shop.customer().start()
    customer.says("Hello?")
    shop.clock.advance(NIGHT + 24 * 3600)
    shop.mara.reply(customer.number, "One more thing")
    shop.clock.advance(60)
    customer.says("Yes?")
    assert read(customer)[-1] == (0, "Yes?")


def test_who_asks_for_it_is_told_once_that_the_desk_is_busy(shop: House) -> None:
    customer = shop.customer()
    customer.number = customer.post("", tell_when_busy=True, custom_attributes={"language": "sv"})["id"]
    quiet = shop.customer().start()
    customer.says("Hej")
    quiet.says("Hello")
    shop.clock.advance(59)
    shop.served.call_now(shop.desk.do_what_is_due)
    assert len(read(customer)) == 2
    for _ in range(2):
        shop.clock.advance(2)
        shop.served.call_now(shop.desk.do_what_is_due)
    assert read(customer)[2:] == [(3, "Vi har mycket att göra.")]
    assert len(read(quiet)) == 2
    shop.mara.reply(customer.number, "Hej")
    customer.says("Och?")
    shop.mara.reply(customer.number, "Så här")
    shop.clock.advance(120)
    shop.served.call_now(shop.desk.do_what_is_due)
    assert read(customer)[-1] == (1, "Så här")


def resolved(shop: House, **about: Any) -> Customer:
    customer = shop.customer(name="Olle").start(**about)
    customer.says("Hello?")
    shop.mara.post(f"/conversations/{customer.number}/assignments", assignee_id=shop.mara.id)
    shop.mara.reply(customer.number, "Hello")
    shop.mara.post(f"/conversations/{customer.number}/toggle_status", status="resolved")
    return customer


def test_resolving_asks_once_how_it_went(shop: House) -> None:
    customer = resolved(shop, language="sv")
    cable = shop.cable(customer)
    rows = customer.get(f"/{customer.number}/messages")
    assert (rows[-1]["content_type"], rows[-1]["content"]) == ("input_csat", "Hur gick det?")
    customer.says("Tack")
    shop.mara.post(f"/conversations/{customer.number}/toggle_status", status="resolved")
    assert [data["content_type"] for name, data in cable.events() if name == "message.created"] == ["text"]


def test_the_order_of_events_when_a_survey_is_sent(shop: House) -> None:
    customer = shop.customer().start()
    cable = shop.cable(shop.mara)
    shop.mara.post(f"/conversations/{customer.number}/toggle_status", status="resolved")
    message = "message.created"
    assert cable.names() == ["conversation.status_changed", "conversation.updated", message, message]


def rated(shop: House, rating: Any, words: str = "") -> tuple[Customer, Any]:
    customer = resolved(shop)
    survey = customer.get(f"/{customer.number}/messages")[-1]["id"]
    path = f"{customer.path}/{customer.number}/messages/{survey}"
    response = {"rating": rating, "feedback_message": words}
    answer = customer.http.patch(path, json={"submitted_values": {"csat_survey_response": response}})
    return customer, answer


def test_the_customer_rates_and_staff_hears_it_at_once(shop: House) -> None:
    cable = shop.cable(shop.mara)
    customer, answer = rated(shop, 5, "Very kind")
    response = {"rating": 5, "feedback_message": "Very kind"}
    assert answer.json()["content_attributes"] == {"submitted_values": {"csat_survey_response": response}}
    name, data = cable.events()[-1]
    assert name == "message.updated"
    assert data["content_attributes"]["submitted_values"]["csat_survey_response"] == response
    [row] = shop.ida.get("/csat_survey_responses")
    assert (row["rating"], row["feedback_message"], row["conversation_id"]) == (
        5,
        "Very kind",
        customer.number,
    )
    assert (row["contact"]["name"], row["assigned_agent"]["id"]) == ("Olle", shop.mara.id)


@pytest.mark.parametrize("rating", [0, 6, "good", None])
def test_a_rating_that_is_none_is_refused(shop: House, rating: Any) -> None:
    _, answer = rated(shop, rating)
    assert answer.status_code == 422


def test_only_a_survey_is_answered_and_only_for_a_fortnight(shop: House) -> None:
    customer = resolved(shop)
    rows = customer.get(f"/{customer.number}/messages")
    body = {"submitted_values": {"csat_survey_response": {"rating": 3}}}
    path = f"{customer.path}/{customer.number}/messages"
    assert customer.http.patch(f"{path}/{rows[0]['id']}", json=body).status_code == 404
    shop.clock.advance(15 * 24 * 3600)
    assert customer.http.patch(f"{path}/{rows[-1]['id']}", json=body).status_code == 422


def test_the_page_of_a_survey_is_answered_too(shop: House) -> None:
    customer = resolved(shop)
    uuid = customer.get(f"/{customer.number}")["uuid"]
    address = f"{shop.url}/public/api/v1/csat_survey/{uuid}"
    assert customer.http.get(address).json()["csat_survey_response"] is None
    for rating in (2, 4):
        body = {"message": {"submitted_values": {"csat_survey_response": {"rating": rating}}}}
        shown = customer.http.put(address, json=body).json()
        assert shown["csat_survey_response"]["rating"] == rating
    assert [row["rating"] for row in shop.ida.get("/csat_survey_responses")] == [4]
    assert customer.http.get(f"{shop.url}/public/api/v1/csat_survey/unknown").status_code == 404


def test_leads_filter_sort_and_sum_up_ratings(shop: House) -> None:
    before = int(shop.clock.now()) - 1
    for rating in (5, 3, 5):
        rated(shop, rating)
        shop.clock.advance(10)
    resolved(shop)
    path = "/csat_survey_responses"
    assert [row["rating"] for row in shop.ida.get(path)] == [5, 3, 5]
    assert [row["rating"] for row in shop.ida.get(path, sort="rating")] == [3, 5, 5]
    assert len(shop.ida.get(path, rating=5, inbox_id=1, **{"user_ids[]": [shop.mara.id]})) == 2
    assert (
        shop.ida.get(path, until=before) == shop.ida.get(path, inbox_id=2) == shop.ida.get(path, page=2) == []
    )
    assert shop.ida.get(path, team_id=1) == shop.ida.get(path, **{"user_ids[]": shop.sam.id}) == []
    assert shop.ida.get(f"{path}/metrics", since=before) == {
        "total_count": 3,
        "ratings_count": {"3": 1, "5": 2},
        "total_sent_messages_count": 4,
    }
    assert shop.mara.refused("GET", path)[0] == 401
