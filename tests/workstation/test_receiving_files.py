"""A customer's file by keys: listed, looked at in the terminal, saved under a safe name."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from agent_tui.desk import events as d
from agent_tui.engine.filework import FileRules
from agent_tui.screens.receiving import PictureScreen
from api_client.models.identity import ConversationId
from api_client.models.message import Upload
from api_client.transport.address import parse_address
from api_client.transport.base import Form, Request
from api_client.transport.http import HttpxTransport
from practice.embedded import EmbeddedDesk
from tests.engine.wire import WireCustomer
from tests.workstation.seat import Seat, seat


async def take(at: Seat, conversation: ConversationId) -> None:
    await at.until(lambda: conversation in at.state.chats)
    at.app.bridge.dispatch(d.ConversationPicked(conversation))
    await at.until(lambda: at.state.active == conversation and at.chat.transcript.fetched)
    await at.until(lambda: at.app.workstation._composer.conversation == conversation)


async def shows(desk: EmbeddedDesk, customer: WireCustomer, name: str, data: bytes) -> None:
    """The customer sends a file by their own way in."""
    http = HttpxTransport(parse_address(desk.url))
    form = Form((("content", "Katso"),), "attachments[]", (Upload(name, "image/png", data),))
    answer = await http.send(Request("POST", f"{customer._place}/messages", form=form))
    await http.aclose()
    assert answer.status == 200


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (200, 30, 30)).save(out, "PNG")
    return out.getvalue()


async def test_a_picture_is_looked_at_and_saved(desk: EmbeddedDesk, tmp_path: Path) -> None:
    liisa = await WireCustomer.arrive(desk, "Liisa Virtanen")
    await shows(desk, liisa, "virhe.png", picture())
    async with seat(desk, files=FileRules(tmp_path)) as at:
        await take(at, liisa.conversation)
        await at.until_shown("▤ virhe.png · image")
        await at.press("f11")
        await at.until(lambda: at.screen.count(" bytes") > 1)
        await at.press("2")
        await at.until_shown("Look at it")
        await at.press("1")
        await at.until(lambda: isinstance(at.app.screen, PictureScreen) and "▀" in at.screen)
        assert max(len(row) for row in at.screen.splitlines()) <= 120
        await at.press("s")
        await at.until_shown("Saved: ")
        assert (tmp_path / "virhe.png").read_bytes() == picture()
        await at.type("Kiitos")
        await at.until(lambda: at.chat.draft.text == "Kiitos")


async def test_what_is_no_picture_says_so_and_can_be_saved_twice(desk: EmbeddedDesk, tmp_path: Path) -> None:
    liisa = await WireCustomer.arrive(desk, "Liisa Virtanen")
    await shows(desk, liisa, "virhe.png", b"\x89PNG\r\n\x1a\nbroken")
    async with seat(desk, files=FileRules(tmp_path)) as at:
        await take(at, liisa.conversation)
        await at.press("f11")
        await at.until(lambda: at.screen.count(" bytes") > 1)
        await at.press("2", "1")
        await at.until_shown("not a picture that can be shown")
        for _ in range(2):
            await at.press("f11")
            await at.until(lambda: at.screen.count(" bytes") > 1)
            await at.press("2")
            await at.until_shown("Save and open")
            await at.press("2")
            await at.until_shown("Saved: ")
        await at.until((tmp_path / "virhe (2).png").exists)


async def test_a_terminal_that_draws_pictures_is_asked_to_and_to_forget(
    desk: EmbeddedDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    liisa = await WireCustomer.arrive(desk, "Liisa Virtanen")
    await shows(desk, liisa, "virhe.png", picture())
    async with seat(desk, files=FileRules(tmp_path, images="kitty")) as at:
        told: list[str] = []
        monkeypatch.setattr(at.app._driver, "write", told.append)
        await take(at, liisa.conversation)
        await at.press("f11")
        await at.until(lambda: at.screen.count(" bytes") > 1)
        await at.press("2", "1")
        await at.until(lambda: any("\x1b_Ga=T" in one for one in told))
        assert "▀" not in at.screen
        await at.press("escape")
        await at.until(lambda: any("\x1b_Ga=d" in one for one in told))
