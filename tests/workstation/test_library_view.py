"""The library is browsed by category and read as one person or another would get it."""

from __future__ import annotations

from pathlib import Path

from practice.embedded import EmbeddedDesk
from tests.workstation.seat import seat
from tests.workstation.test_prepared_texts import places


async def test_a_response_is_read_as_a_finn_and_as_a_swede(desk: EmbeddedDesk, tmp_path: Path) -> None:
    async with seat(desk, texts=places(tmp_path)) as at:
        await at.until(lambda: at.state.texts and at.state.texts.library.named("kortti"), "the library")
        await at.press("ctrl+k", *"library", "enter", *"toimitus")
        await at.until_shown("kortit / toimitus / kortti")
        await at.until_shown("Hei Liisa, kortti tulee")
        await at.press("enter", "down")
        await at.until_shown("Hej Karin")
        await at.press("enter")
        await at.until_shown("Library, as Karin Holm reads it")
