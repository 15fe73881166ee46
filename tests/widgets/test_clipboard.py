"""What reaches the terminal's clipboard, with tmux or screen in between."""

from __future__ import annotations

import asyncio
import base64
import re
from pathlib import Path

import pytest

from agent_tui import clipboard


def taken(sequence: str) -> str:
    """What a terminal makes of an OSC 52."""
    found = re.fullmatch("\x1b\\]52;c;(.*)\x07", sequence)
    assert found is not None, sequence
    return base64.b64decode(found[1]).decode()


def a_tmux(folder: Path, line: str) -> str:
    """A PATH with a tmux that does ``line``."""
    program = folder / "tmux"
    program.write_text(f"#!/bin/sh\n{line}\n")
    program.chmod(0o700)
    return f"{folder}:/usr/bin:/bin"


async def put(text: str, **environ: str) -> list[str]:
    written: list[str] = []
    clipboard.put(text, environ, written.append)
    await asyncio.gather(*clipboard._under_way)
    return written


async def test_a_plain_terminal_needs_no_detour() -> None:
    assert await put("ä") == []


async def test_tmux_is_given_the_text_as_its_own_copying_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", a_tmux(tmp_path, f'echo "$@" >{tmp_path}/asked; cat >{tmp_path}/text'))
    assert await put("ä\n$HOME", TMUX="socket,1,0") == []
    assert (tmp_path / "asked").read_text() == "load-buffer -w -\n"
    assert (tmp_path / "text").read_text() == "ä\n$HOME"


async def test_a_tmux_that_cannot_is_asked_to_hand_it_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", a_tmux(tmp_path, "exit 1"))
    (written,) = await put("ä", TMUX="socket,1,0")
    wrapped = re.fullmatch("\x1bPtmux;(.*)\x1b\\\\", written)
    assert wrapped is not None
    assert taken(wrapped[1].replace("\x1b\x1b", "\x1b")) == "ä"


async def test_screen_hands_a_long_text_through_in_parts() -> None:
    (written,) = await put("ä" * 1000, STY="1.pts")
    parts = re.findall("\x1bP(.*?)\x1b\\\\", written)
    assert len(parts) > 1
    assert max(map(len, parts)) < 768
    assert taken("".join(parts)) == "ä" * 1000
