"""What stands beside a wait: how bad it is, how long, and whether it is for a first answer."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from agent_tui.desk.text import Displayable
from agent_tui.desk.view import Given, Promise, TabRow
from agent_tui.widgets.tab_rows import tab_pieces
from agent_tui.widgets.wait_mark import promise_piece, wait_piece
from api_client.models.hours import OpeningHours, Span
from api_client.models.identity import ConversationId
from themes.contract import Ink

CHAT = Promise(warning=40, breach=60)
MAIL = Promise(3600, 7200, OpeningHours("Europe/Helsinki", (Span(480, 960),) * 5 + (None, None)))


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Helsinki")).timestamp()


@pytest.mark.parametrize(
    ("seconds", "text", "ink"),
    [
        (-3600, "○ 0:00", Ink.CALM),
        (39, "○ 0:39", Ink.CALM),
        (40, "◐ 0:40", Ink.WARNING),
        (60, "● 1:00", Ink.BREACH),
    ],
)
def test_a_wait_is_a_sign_a_number_and_a_colour_and_never_negative(seconds: int, text: str, ink: Ink) -> None:
    piece = wait_piece(1000.0, 1000.0 + seconds, CHAT)
    assert (piece.text, piece.ink) == (text, ink)


def test_a_wait_stands_still_while_its_queue_is_closed() -> None:
    friday = at("2026-10-23T15:30")
    assert wait_piece(friday, at("2026-10-25T04:00"), MAIL).text == "○ 30:00"
    assert wait_piece(friday, at("2026-10-26T08:30"), MAIL).text == "◐ 1:00:00"


@pytest.mark.parametrize("again", [False, True])
def test_a_tab_marks_who_was_answered_before(*, again: bool) -> None:
    row = TabRow(
        conversation=ConversationId("1"),
        customer=Displayable("Aino"),
        active=False,
        unread=0,
        draft=False,
        failed=False,
        customer_typing=False,
        waiting_since=970.0,
        promise=CHAT,
        again=again,
    )
    text = "".join(piece.text for piece in tab_pieces(1, row, 1000.0))
    assert ("0:30↻" in text) is again


@pytest.mark.parametrize(
    ("passed", "text", "ink"),
    [
        (48, "◷ 4:12", Ink.CALM),
        (250, "◷! 0:50", Ink.WARNING),
        (330, "◷!! +0:30", Ink.BREACH),
    ],
)
def test_a_promise_counts_down_and_then_up(passed: int, text: str, ink: Ink) -> None:
    piece = promise_piece(Given(1000.0, 1300.0, Displayable("")), 1000.0 + passed)
    assert (piece.text, piece.ink) == (text, ink)
