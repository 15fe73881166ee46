"""Limits on calls: what counts for what, off for this machine unless asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing

import httpx
import pytest

from practice.clock import SteppedClock
from practice.desk import Desk
from practice.embedded import EmbeddedDesk
from practice.throttling import MOST_KEYS, Asked, Throttles
from tests.practice.server.house import ACCOUNT, SMALL, START, House

META = f"{ACCOUNT}/conversations/meta"


@pytest.fixture
def limited() -> Iterator[House]:
    clock = SteppedClock(START)
    desk = Desk(SMALL, clock, seed_number=1)
    served = EmbeddedDesk(desk, throttle_local=True)
    with closing(desk), served, ExitStack() as stack:
        yield House(served, clock, stack)


def test_the_counts_may_be_asked_for_thirty_times_a_minute_by_each(limited: House) -> None:
    answers = [limited.mara.http.get(META).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
    refused = limited.mara.http.get(META)
    assert refused.text == "Retry later\n"
    assert refused.headers["content-type"].startswith("text/plain")
    assert "retry-after" not in refused.headers
    assert limited.sam.http.get(META).status_code == 200
    assert limited.mara.http.get(f"{ACCOUNT}/conversations").status_code == 200
    limited.clock.advance(60)
    assert limited.mara.http.get(META).status_code == 200


def test_somebody_who_guesses_passwords_is_stopped(limited: House) -> None:
    body = {"email": limited.mara.email, "password": "guess"}
    address = f"{limited.url}/auth/sign_in"
    answers = [httpx.post(address, json=body).status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


def test_a_desk_does_not_limit_its_own_machine(house: House) -> None:
    assert {house.mara.http.get(META).status_code for _ in range(40)} == {200}


def asked(address: str, port: int = 1234, **more: str) -> Asked:
    given = {"method": "POST", "path": "/auth/sign_in", "credential": "", "email": "", **more}
    return Asked(address=address, port=port, **given)


def test_other_machines_are_limited_by_address_and_by_e_mail() -> None:
    throttles = Throttles(lambda: 0.0)
    assert [throttles.allow(asked("192.0.2.1")) for _ in range(6)] == [True] * 5 + [False]
    assert [throttles.allow(asked("127.0.0.1")) for _ in range(6)] == [True] * 6
    assert [throttles.allow(asked("::1")) for _ in range(6)] == [True] * 6
    guesses = [
        throttles.allow(asked(f"192.0.2.{number}", email="Mara@kite.example")) for number in range(10, 21)
    ]
    assert guesses == [True] * 10 + [False]


def test_the_invented_customers_are_never_limited() -> None:
    throttles = Throttles(lambda: 0.0, also_local=True)
    public = {"method": "POST", "path": "/public/api/v1/inboxes/x/contacts"}
    assert all(throttles.allow(asked("127.0.0.1", 0, **public)) for _ in range(4000))
    assert not all(throttles.allow(asked("127.0.0.1", 1, **public)) for _ in range(4000))


def test_what_is_remembered_does_not_grow_without_end() -> None:
    throttles = Throttles(lambda: 0.0)
    for number in range(MOST_KEYS + 10):
        throttles.allow(asked("192.0.2.1", path="/api", credential=str(number), email=str(number)))
        throttles.allow(asked(f"host-{number}", path="/api"))
    assert len(throttles._counts) <= MOST_KEYS
