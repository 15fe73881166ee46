"""The one-row widgets and the customer card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import Any

import pytest
from msgspec.structs import replace
from textual.app import App

from agent_tui.desk.model import Card, Chat, Label, Link
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.view import Promise
from agent_tui.notices import Told, Weight
from agent_tui.theming import Palette
from agent_tui.widgets.banner import Banner
from agent_tui.widgets.card import CustomerCard
from agent_tui.widgets.clock_face import day_name, time_of_day, waited
from agent_tui.widgets.footer import Footer
from agent_tui.widgets.keys import Hint, KeyHints
from agent_tui.widgets.painting import LineWidget, Piece
from agent_tui.widgets.status import Status, StatusLine
from api_client.models.conversation import Priority
from api_client.models.conversation import Status as Standing
from api_client.models.identity import ContactId, ConversationId, QueueId
from api_client.models.people import Availability
from themes.contract import Ink

Read = Callable[[LineWidget], list[str]]
Make = Callable[..., App[None]]
NOW = 1_795_262_400.0
CHAT = Promise(warning=40, breach=60)


def status(link: Link = Link.LIVE, heard_ago: float = 1, **facts: Any) -> Status:
    return Status(
        link=link,
        heard_ago=heard_ago,
        agent=Displayable("Aino Korhonen"),
        availability=facts.get("availability", Availability.ONLINE),
        handled=12,
        waiting=facts.get("waiting", 0),
        longest_since=facts.get("longest"),
        promise=CHAT,
        server_now=NOW,
    )


def chat() -> Chat:
    return Chat(
        id=ConversationId("7"),
        queue=QueueId("q"),
        inbox=QueueId("i"),
        card=Card(
            id=ContactId("1"),
            name=Displayable("Liisa Virtanen"),
            raw_name="Liisa Virtanen",
            email=Displayable("liisa@example.fi"),
            city=Displayable("Oulu"),
            attributes=((Displayable("company form"), Displayable("sole trader")),),
        ),
        status=Standing.OPEN,
        created_at=NOW,
        updated_at=NOW,
        last_activity_at=NOW,
        tags=(Label("vat", Displayable("vat")), Label("card", Displayable("tax card"))),
        priority=Priority.URGENT,
        waiting_since=NOW - 61,
        language="fi",
        page=Displayable("vero.example/verokortti"),
    )


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ((Link.LIVE, 1), "● live"),
        ((Link.LIVE, 40), "◐ quiet for 40 s"),
        ((Link.STARTING, 0), "○ connecting"),
        ((Link.LOST, 0), "✗ no connection"),
        ((Link.REFUSED, 0), "✗ signed out"),
    ],
)
async def test_the_connection_is_said_in_words(
    palette: Palette, stage: Make, rows: Read, how: tuple[Link, float], says: str
) -> None:
    line = StatusLine(palette, zone=UTC)
    async with stage(line).run_test(size=(100, 4)):
        line.show(status(*how))
        assert says in rows(line)[0]


async def test_the_status_line_tells_agent_work_and_time(palette: Palette, stage: Make, rows: Read) -> None:
    line = StatusLine(palette, zone=UTC)
    async with stage(line).run_test(size=(100, 4)):
        line.show(status(waiting=4, longest=NOW - 62, availability=Availability.BUSY))
        shown = rows(line)[0]
    assert "Aino Korhonen ‖ on a pause" in shown
    assert "handled 12  waiting 4 ● 1:02" in shown
    assert shown.rstrip().endswith("12:00")


async def test_a_pause_tells_its_reason_and_how_long_it_has_been(
    palette: Palette, stage: Make, rows: Read
) -> None:
    line = StatusLine(palette, zone=UTC)
    async with stage(line).run_test(size=(100, 4)):
        paused = status(availability=Availability.BUSY)
        line.show(replace(paused, pause=Displayable("Lunch"), paused_for=59.0))
        assert "‖ Lunch  " in rows(line)[0]
        line.show(replace(paused, pause=Displayable("Lunch"), paused_for=125.0))
        assert "‖ Lunch 2 min" in rows(line)[0]


async def test_how_the_connection_stands_is_whole_beside_what_presses_on_80_columns(
    palette: Palette, stage: Make, rows: Read
) -> None:
    line = StatusLine(palette, desk=Displayable("practice"), zone=UTC)
    late = Piece(Displayable("1 chat late in 41 s · Ctrl+F5 helps"), Ink.WARNING)
    async with stage(line).run_test(size=(80, 4)):
        line.show(replace(status(waiting=1, longest=NOW - 8), aside=(late,), pressing=True))
        shown = rows(line)[0]
    assert shown.startswith(" ● live ")
    assert "Ctrl+F5 helps  waiting 1 ○ 0:08" in shown


async def test_the_banner_is_there_only_while_something_is_wrong(
    palette: Palette, stage: Make, rows: Read
) -> None:
    banner = Banner(palette)
    async with stage(banner).run_test(size=(60, 4)) as pilot:
        await pilot.pause()
        assert not banner.display
        banner.show(Displayable("No connection for 3 s"))
        await pilot.pause()
        assert rows(banner)[0].startswith(" ! No connection for 3 s")
        banner.show(NOTHING)
        await pilot.pause()
        assert not banner.display


async def test_hints_that_do_nothing_here_stand_in_brackets_and_the_last_ones_give_way(
    palette: Palette, stage: Make, rows: Read
) -> None:
    hints = KeyHints(palette)
    named = [("F3", "Take next", True), ("F8", "Close", False), ("F1", "Help", True)]
    async with stage(hints).run_test(size=(30, 4)):
        hints.show([Hint(Displayable(key), Displayable(label), on) for key, label, on in named])
        assert rows(hints)[0].rstrip() == " F3 Take next  (F8 Close)"


async def test_the_card_shows_what_is_known_and_leaves_out_what_is_not(
    palette: Palette, stage: Make, rows: Read
) -> None:
    card = CustomerCard(palette, zone=UTC)
    async with stage(card).run_test(size=(34, 20)):
        card.show(
            chat(),
            queue=Displayable("Tax card"),
            channel=Displayable("web chat"),
            promise=CHAT,
            server_now=NOW,
        )
        shown = "\n".join(row.rstrip() for row in rows(card))
    assert shown.startswith(" Liisa Virtanen\n waits for a first answer ● 1:01\n queue       Tax card")
    assert " tags        vat, tax card" in shown
    assert " priority    !! urgent" in shown
    assert " company fo… sole trader" in shown
    assert "phone" not in shown


async def test_a_card_of_one_row_says_the_same_in_short(palette: Palette, stage: Make, rows: Read) -> None:
    card = CustomerCard(palette, zone=UTC)
    card.styles.height = 1
    async with stage(card).run_test(size=(80, 4)):
        card.show(chat(), queue=Displayable("Tax card"), channel=NOTHING, promise=CHAT, server_now=NOW)
        assert rows(card)[0].startswith(" Liisa Virtanen  ● 1:01 · Tax card · vero.example/verokortti · fi")
        card.show(None, queue=NOTHING, channel=NOTHING, promise=CHAT, server_now=NOW)
        assert rows(card)[0].strip() == ""


@pytest.mark.parametrize(
    ("seconds", "shown"), [(-5, "0:00"), (0.9, "0:00"), (61, "1:01"), (3599, "59:59"), (3840, "1:04:00")]
)
def test_a_wait_is_told_in_minutes_and_seconds(seconds: float, shown: str) -> None:
    assert waited(seconds) == shown


@pytest.mark.parametrize("at", [float("inf"), -1e18, float("nan")])
def test_a_time_that_no_calendar_has_is_shown_as_unknown(at: float) -> None:
    assert time_of_day(at, UTC) == "--:--"
    assert day_name(at, UTC) == ""


@pytest.mark.parametrize("weight", Weight)
async def test_what_can_be_taken_back_stands_beside_a_notice_of_any_weight(
    weight: Weight, stage: Make, rows: Read, palette: Palette
) -> None:
    footer = Footer(palette)
    async with stage(footer).run_test(size=(60, 3)):
        footer.tell(Told(Displayable("Olga has left."), weight), now=0)
        footer.refresh_hints((), 1, Displayable("Ctrl+Z takes it back · 4 s"))
        row = rows(footer)[0]
    assert "Olga has left." in row
    assert row.rstrip().endswith("Ctrl+Z takes it back · 4 s")


@pytest.mark.parametrize(("weight", "stays"), [(Weight.FACT, False), (Weight.ERROR, True)])
async def test_a_mere_fact_makes_room_for_the_keys_of_what_is_done_next(
    weight: Weight, *, stays: bool, stage: Make, rows: Read, palette: Palette
) -> None:
    desk, marked = (
        Hint(Displayable(key), Displayable(label)) for key, label in (("F3", "Take"), ("C", "Copy"))
    )
    footer = Footer(palette)
    async with stage(footer).run_test(size=(60, 3)):
        footer.tell(Told(Displayable("Copied."), weight), now=0)
        footer.refresh_hints([desk], 1)
        assert "Copied." in rows(footer)[0]
        footer.refresh_hints([marked], 2)
        assert ("Copied." in rows(footer)[0]) is stays
