"""The load: bounded, on this machine, over the public API."""

import threading
import time

import pytest

from benchmarks.flood import Plan, pour
from benchmarks.load import PracticeDesk, flood


async def test_a_flood_is_for_this_machine_only() -> None:
    with pytest.raises(ValueError, match="this machine"):
        await pour(Plan("http://example.test", ["/"], 1.0, 1.0), threading.Event())


def test_customers_write_what_they_are_told_to_and_the_desk_takes_it() -> None:
    with PracticeDesk() as desk:
        chats = desk.chats(2)
        with flood(desk, chats, 100, 30) as running:
            give_up = time.monotonic() + 20
            while not any("from the flood" in text for text in desk.heard(chats[1])):
                assert time.monotonic() < give_up
        assert running.outcome is not None
        assert running.outcome.accepted == running.outcome.sent > 0


def test_more_messages_fit_into_a_minute_than_a_real_desk_takes() -> None:
    with PracticeDesk() as desk:
        chats = desk.chats(1)
        desk.start_burst(chats, 300, 0.1)
        assert desk.end_burst() > 0
        desk.say(chats[0], "one more")
        assert desk.cables() == (0, 0)
