"""Links at the workstation, by keys: bookmarks and articles in one list, and the chat's own shown safely."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from agent_tui.desk.linkbook import Health
from agent_tui.engine.linkwork import LinkMeans
from practice.embedded import EmbeddedDesk
from tests.engine.wire import WireCustomer
from tests.workstation.seat import seat
from tests.workstation.test_serving import left, take

BOOKMARKS = """
[[bookmark]]
title = "Aukioloajat"
url = { fi = "https://vero.fi/auki", sv = "https://vero.fi/oppet" }
"""


def has_ended(process: int) -> bool:
    """Whether there is no such process any more."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


async def dead(_url: str) -> Health:
    return Health.DEAD


async def test_a_bookmark_goes_in_by_its_name_and_a_dead_page_is_told_first(
    desk: EmbeddedDesk, tmp_path: Path
) -> None:
    (tmp_path / "team").mkdir()
    file = tmp_path / "team/bookmarks.toml"
    liisa = await WireCustomer.arrive(desk, "Liisa Virtanen")
    await liisa.say("Hej, jag har en fråga om mitt skattekort och vill veta när ni har öppet.")
    async with seat(desk, links=LinkMeans(ask=dead, bookmarks=[file])) as at:
        await at.until_shown("Liisa Virtanen")
        await take(at, "Liisa Virtanen")
        file.write_text('[[bookmark]]\ntitle = "no address"\n')
        await at.press("f6")
        await at.until_shown("bookmarks.toml:1: a bookmark has no url")
        file.write_text(BOOKMARKS)
        await at.press("escape", "f6", *"auk")
        await at.until_shown("✗ not there")
        assert "bookmark · vero.fi" in at.screen
        await at.press("enter")
        assert at.chat.draft.text == "https://vero.fi/oppet", "she writes Swedish"
        await at.press("enter")
        await at.until_shown("is not there. Enter again sends it.")
        await at.press("enter")
        await left(at, at.chat.transcript.lines[-1].text)
        await at.press("f6", *"auk")
        await at.until_shown("sent ")
        assert "used here" in at.screen


async def test_a_look_alike_is_unmasked_and_opened_only_on_a_key(desk: EmbeddedDesk, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    program = "import os, sys; open(sys.argv[1], 'w').write(' '.join([str(os.getpid()), *sys.argv[2:]]))"
    browser = (sys.executable, "-c", program, str(opened))
    liisa = await WireCustomer.arrive(desk, "Liisa Virtanen")
    await liisa.say("Onko tämä teidän? https://vero.f\u0456.example/;touch$IFS'x'")
    async with seat(desk, links=LinkMeans(browser=browser)) as at:
        await at.until_shown("Liisa Virtanen")
        await take(at, "Liisa Virtanen")
        await at.until_shown("This address leads to")
        assert "vero.xn--f-fvb.example" in at.screen
        await at.press("ctrl+k", *"links of", "enter")
        await at.until_shown("Links of this chat")
        assert "! letters of several alphabets" in at.screen
        assert not opened.exists()
        await at.press("enter")
        await at.until(lambda: opened.exists() and opened.read_text(), "the browser")
        browser_id, url = opened.read_text().split(" ")
        assert url == "https://vero.f\u0456.example/;touch$IFS"
        await at.until(lambda: has_ended(int(browser_id)), "the browser's end")


async def test_without_a_browser_the_address_is_told(desk: EmbeddedDesk) -> None:
    liisa = await WireCustomer.arrive(desk, "Liisa Virtanen")
    await liisa.say("katso https://vero.example/kortti")
    async with seat(desk, links=LinkMeans(browser=("/nowhere/browser",))) as at:
        await at.until_shown("Liisa Virtanen")
        await take(at, "Liisa Virtanen")
        await at.until_shown("▌ katso https://vero.example/kortti")
        await at.press("ctrl+k", *"links of", "enter", "enter")
        await at.until_shown("No browser can be opened from here")
