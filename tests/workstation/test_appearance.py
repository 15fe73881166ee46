"""Trying themes on, and the density, by keys."""

from __future__ import annotations

from msgspec.structs import replace

from agent_tui.looks import Looks
from practice.embedded import EmbeddedDesk
from tests.workstation.seat import PLAIN, Seat, seat
from tests.workstation.test_serving import arrive, take
from tests.workstation.test_side_by_side import NAMES, WIDE


async def command(at: Seat, words: str) -> None:
    await at.press("ctrl+k")
    await at.type(words)
    await at.press("enter")


def grounds(at: Seat) -> set[str]:
    strips = at.app.screen._compositor.render_strips()
    styles = [segment.style for strip in strips for segment in strip]
    return {style.bgcolor.name for style in styles if style is not None and style.bgcolor is not None}


async def test_a_theme_is_tried_on_and_taken_off_again(desk: EmbeddedDesk) -> None:
    light, dark = "#fbfcfd", "#101519"
    looks = Looks(PLAIN.theme, PLAIN.others, {"torn": "torn.toml: [ink]: text is missing"})
    async with seat(desk, looks=looks) as at:
        await command(at, "theme")
        await at.until_shown("Esc goes back to dark")
        assert "text is missing" in at.screen
        await at.press("down")
        assert light in grounds(at)
        assert dark not in grounds(at)
        await at.press("escape")
        assert dark in grounds(at)
        await command(at, "theme")
        await at.press("down", "enter")
        assert light in grounds(at)
        assert 'theme = "light" under [desk]' in at.screen


async def test_the_density_changes_at_once(desk: EmbeddedDesk) -> None:
    await arrive(desk, *NAMES[:1])
    async with seat(desk, size=WIDE) as at:
        await take(at, NAMES[0])
        await at.until_shown("self-assigned")
        await at.until_shown("Automatic message")
        await at.at_rest()
        dense = row_number(at.screen.splitlines(), "Automatic message")
        await command(at, "density")
        await at.until(lambda: on_row(at, dense + 1), "a blank row")
        await command(at, "density")
        await at.until(lambda: on_row(at, dense), "no blank row")


def on_row(at: Seat, number: int) -> bool:
    """Whether the automatic message begins on this row."""
    return "Automatic message" in at.screen.splitlines()[number]


async def test_no_more_panes_than_the_setting_allows(desk: EmbeddedDesk) -> None:
    await arrive(desk, *NAMES[:2])
    async with seat(desk, size=WIDE, looks=replace(PLAIN, panes=1)) as at:
        await at.until_shown(NAMES[1])
        await take(at, NAMES[0])
        await take(at, NAMES[1])
        assert "▸" not in at.screen


def row_number(rows: list[str], words: str) -> int:
    return next(number for number, row in enumerate(rows) if words in row)
