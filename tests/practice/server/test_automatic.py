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
