"""A file goes along by a key: found by its path, seen before it leaves, never doubled, taken back in time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from agent_tui.desk import events as d
from agent_tui.desk.transcript import Fate
from agent_tui.engine.filework import FileRules
from agent_tui.screens.attaching import begun_anew
from api_client.models.identity import ConversationId
from practice.embedded import EmbeddedDesk
from tests.engine.wire import WireCustomer, call
from tests.workstation.seat import Seat, seat


async def take(at: Seat, conversation: ConversationId) -> None:
    await at.until(lambda: conversation in at.state.chats)
    at.app.bridge.dispatch(d.ConversationPicked(conversation))
    await at.until(lambda: at.state.active == conversation and at.chat.transcript.fetched)
    await at.until(lambda: at.app.workstation._composer.conversation == conversation)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "My Docs").mkdir()
    (tmp_path / "My Docs" / "veroohje 2026.pdf").write_bytes(b"%PDF veroohje")
    (tmp_path / "Kuva.png").write_bytes(b"not really" * 300)
    return tmp_path


async def received(desk: EmbeddedDesk, customer: WireCustomer) -> list[tuple[str, list[str]]]:
    rows: list[dict[str, Any]] = await call(desk, "GET", f"{customer._place}/messages")
    return [
        (row["content"] or "", [file["data_url"].rpartition("/")[2] for file in row["attachments"]])
        for row in rows
        if row.get("attachments")
    ]


async def test_two_files_go_with_a_text_by_keys(desk: EmbeddedDesk, home: Path) -> None:
    liisa = await WireCustomer.arrive(desk, "Liisa Virtanen")
    await liisa.say("Lähetättekö ohjeen?")
    async with seat(desk) as at:
        await take(at, liisa.conversation)
        await at.press("f11", "1")
        await at.until_shown("My Docs/")
        await at.type("my")
        await at.until_shown("My Docs/")
        await at.press("tab")
        await at.until_shown("veroohje 2026.pdf")
        await at.press("enter")
        await at.until_shown("▤ veroohje 2026.pdf · application/pdf · 13 bytes")
        await at.press("f11", "1")
        await at.until_shown("Path: ~/My Docs/")
        await at.press("ctrl+u")
        await at.type("~/kuva")
        await at.until_shown("Kuva.png")
        await at.press("enter")
        await at.until_shown("▤ Kuva.png · image/png · 3 KiB")
        await at.type("Tässä")
        await at.press("enter")
        await at.until(lambda: at.chat.transcript.lines[-1].fate is Fate.SENT)
        assert [file.name for file in at.chat.transcript.lines[-1].files] == ["veroohje 2026.pdf", "Kuva.png"]
        assert at.chat.draft.empty
        assert "▤ Kuva.png" in at.screen
    assert await received(desk, liisa) == [("Tässä", ["veroohje%202026.pdf", "Kuva.png"])]


async def test_a_file_goes_without_a_text_and_what_does_not_fit_is_said(
    desk: EmbeddedDesk, home: Path
) -> None:
    liisa = await WireCustomer.arrive(desk, "Liisa Virtanen")
    await liisa.say("Hei")
    async with seat(desk, files=FileRules(largest=1024)) as at:
        await take(at, liisa.conversation)
        await at.press("f11", "1")
        await at.type("kuva")
        await at.until_shown("Kuva.png")
        await at.press("enter")
        await at.until_shown("cannot go along")
        assert at.chat.draft.empty
        await at.press("f11", "1")
        await at.press("backspace", "backspace")
        await at.type("~/My Docs/")
        await at.until_shown("veroohje")
        await at.press("enter")
        await at.until_shown("▤ veroohje")
        await at.press("enter")
        await at.until(lambda: at.chat.transcript.lines[-1].fate is Fate.SENT)
    assert [names for _, names in await received(desk, liisa)] == [["veroohje%202026.pdf"]]


async def test_a_lost_connection_loses_no_file_and_a_text_can_be_taken_back(
    desk: EmbeddedDesk, home: Path
) -> None:
    liisa = await WireCustomer.arrive(desk, "Liisa Virtanen")
    await liisa.say("Hei")
    async with seat(desk) as at:
        await take(at, liisa.conversation)
        await desk.stop()
        await at.press("f11", "1")
        await at.type("kuva")
        await at.until_shown("Kuva.png")
        await at.press("enter")
        await at.until_shown("▤ Kuva.png")
        await at.type("Tässä")
        await at.press("enter")
        await at.until(lambda: at.chat.transcript.lines[-1].in_flight)
        await at.press("ctrl+k")
        await at.type("stop sending")
        await at.press("enter")
        await at.until(lambda: bool(at.chat.draft.files))
        await at.until(lambda: at.chat.draft.text == "Tässä")
        assert at.chat.transcript.sending == 0
        await desk.start()
        await at.type("!")
        await at.press("enter")
        await at.until(lambda: at.chat.transcript.lines[-1].fate is Fate.SENT)
    assert await received(desk, liisa) == [("Tässä!", ["Kuva.png"])]


async def test_a_chosen_file_can_be_left_out_again(desk: EmbeddedDesk, home: Path) -> None:
    liisa = await WireCustomer.arrive(desk, "Liisa Virtanen")
    await liisa.say("Hei")
    async with seat(desk) as at:
        await take(at, liisa.conversation)
        await at.press("f11", "1")
        await at.type("kuva")
        await at.until_shown("Kuva.png")
        await at.press("enter")
        await at.until_shown("▤ Kuva.png")
        await at.press("ctrl+k")
        await at.type("leave a file")
        await at.press("enter", "1")
        await at.until(lambda: at.chat.draft.empty)
        await at.until(lambda: "▤" not in at.screen)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("~//srv/letter.pdf", "/srv/letter.pdf"),
        ("~/~/letter.pdf", "~/letter.pdf"),
        ("~/'/srv/a letter.pdf'", "'/srv/a letter.pdf'"),
        ("~/file:///srv/letter.pdf", "file:///srv/letter.pdf"),
        ("~/letters/a.pdf", "~/letters/a.pdf"),
        ("/srv//letters/a.pdf", "/srv//letters/a.pdf"),
    ],
)
def test_a_whole_path_pasted_behind_the_folder_that_stands_there_counts_alone(typed: str, meant: str) -> None:
    assert begun_anew(typed, "~/") == meant
