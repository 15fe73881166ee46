"""The team lead's board as a command."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path
from typing import cast

from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from tests.cli.program import Terminal, run
from tests.engine.wire import WireCustomer


def test_without_a_connection_the_board_says_how_to_get_one(tmp_path: Path) -> None:
    outcome = run(tmp_path, "monitor")
    assert outcome.code == 1
    assert "agent-tui login" in outcome.line


async def test_the_board_comes_up_on_a_terminal_rings_when_nobody_answers_and_leaves_on_q(
    tmp_path: Path,
) -> None:
    served = EmbeddedDesk.of(load("tax"))
    with closing(served.desk), served:
        agents = cast("list[dict[str, str]]", served.ready["agents"])
        connection = {"AGENT_TUI_URL": served.url, "AGENT_TUI_TOKEN": agents[0]["token"]}
        with Terminal(tmp_path, ["monitor"], columns=80, rows=24, **connection) as terminal:
            await asyncio.to_thread(terminal.read_until, b"Veroilmoitus")
            await (await WireCustomer.arrive(served, "Liisa")).say("Hei")
            await asyncio.to_thread(terminal.read_until, b"\a\x1b]9;Somebody waits")
            terminal.press(b"q")
            assert await asyncio.to_thread(terminal.end) == 0
    assert (tmp_path / "state/facts.db").exists()


async def test_a_token_nobody_has_is_refused_in_one_line(tmp_path: Path) -> None:
    served = EmbeddedDesk.of(load("tax"))
    with closing(served.desk), served:
        connection = {"AGENT_TUI_URL": served.url, "AGENT_TUI_TOKEN": "wrong"}
        with Terminal(tmp_path, ["monitor"], columns=80, rows=24, **connection) as terminal:
            assert await asyncio.to_thread(terminal.end) == 4
            assert b"does not accept your sign-in" in terminal.shown
