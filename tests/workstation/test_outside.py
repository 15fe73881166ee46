"""Writing on in another editor: by keys, with a chat that goes on meanwhile."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from tests.workstation.colleague import customer, quiet_desk, take
from tests.workstation.seat import seat


def an_editor(folder: Path, line: str) -> str:
    """An editor that does one thing to the file it is given."""
    program = folder / "editor"
    program.write_text(f"#!/bin/sh\n{line}\n")
    program.chmod(0o700)
    return str(program)


async def test_the_text_comes_back_into_the_same_draft_and_can_be_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", an_editor(tmp_path, r'printf "Second line\033[2J\n" >>"$1"'))
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.type("First")
        await at.press("ctrl+f8")
        assert at.chat.draft.text == "First\nSecond line[2J"
        await olga.say("Still there?")
        await at.until_shown("Still there?")
        await at.press("ctrl+z")
        assert at.chat.draft.text == "First"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('echo new >"$1"; exit 1', "ended with an error"),
        ('rm "$1"', "the editor left no text"),
        (r"printf '\377' >$1", "what the editor left is not UTF-8 text"),
    ],
)
async def test_an_editor_that_fails_leaves_the_text_and_it_is_said(
    line: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", an_editor(tmp_path, line))
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.type("First")
        await at.press("ctrl+f8")
        await at.until_shown("Your text is as it was:")
        assert words in at.screen
        assert at.chat.draft.text == "First"


async def test_who_writes_while_the_editor_is_open_is_told_of_when_it_closes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, heard = tmp_path / "opened", tmp_path / "heard"
    os.mkfifo(opened)
    os.mkfifo(heard)
    monkeypatch.setenv("VISUAL", an_editor(tmp_path, f"echo >{opened}; cat {heard}"))
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)

        async def meanwhile() -> None:
            await asyncio.to_thread(opened.read_bytes)
            await olga.say("Still there?")
            overhearing = at.app.bridge.overhearing
            assert overhearing is not None
            await at.until(lambda: overhearing.callers, "the words to be overheard")
            await asyncio.to_thread(heard.write_bytes, b"")

        writing = asyncio.create_task(asyncio.to_thread(asyncio.run, meanwhile()))
        await at.press("ctrl+f8")
        await at.until_shown("1 customer wrote while your editor was open.")
        await writing
