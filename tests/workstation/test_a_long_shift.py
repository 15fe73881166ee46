"""A shift is long: of a customer who has been served nothing stays, whether or not garbage is collected."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import httpx
from textual.strip import Strip

from practice.embedded import EmbeddedDesk
from tests.workstation.seat import Seat, seat
from tests.workstation.test_serving import arrive, left, take

ROUND = 3
"""Customers served between two counts."""


@contextmanager
def nothing_collected() -> Iterator[None]:
    """What refers to itself in a circle stays."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def alive() -> Counter[type]:
    """How many there are of what painting and asking make most of."""
    return Counter(
        kind for one in gc.get_objects() for kind in (Strip, httpx.Response) if isinstance(one, kind)
    )


def has_handled(at: Seat, count: int) -> bool:
    return at.state.handled == count


async def serve(at: Seat, desk: EmbeddedDesk, first: int) -> None:
    for number in range(first, first + ROUND):
        name = f"Liisa Virtanen {number}"
        await arrive(desk, name)
        await at.until_shown(name)
        await take(at, name)
        await at.type("Heti")
        await at.press("enter")
        await left(at, "Heti")
        await at.press("f8")
        await at.until(partial(has_handled, at, number + 1), "the chat to close")
    await at.at_rest()


async def test_a_customer_who_was_served_leaves_no_rows_and_no_answers_behind(desk: EmbeddedDesk) -> None:
    async with seat(desk) as at:
        await serve(at, desk, 0)
        with nothing_collected():
            before = alive()
            await serve(at, desk, ROUND)
            after = alive()
    assert after[httpx.Response] - before[httpx.Response] < ROUND
    assert after[Strip] - before[Strip] < at.app.size.height
