"""A token that is planted, and then looked for wherever the program leaves anything."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest

from agent_tui.cli.surroundings import Surroundings
from agent_tui.paths import places
from api_client.open import open_backend
from api_client.secret import Secret
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from tests.cli.program import Terminal, run
from tests.engine.wire import WireCustomer

TOKEN = "Zq7Wm2cYyq3m4TtR8d0uJkLzX"
CTRL_F8, CTRL_Q, F3 = b"\x1b[19;5~", b"\x11", b"\x1bOR"
FAILING = """
import sys
from pathlib import Path
from agent_tui.widgets.status import StatusLine
from agent_tui.__main__ import main
token = Path(sys.argv.pop()).read_text()
def fail(self, *told):
    raise RuntimeError(f"Authorization: {token}, and api_access_token={token!r} of 131052-308T")
StatusLine.show = fail
sys.exit(main())
"""


@pytest.fixture
def desk() -> Iterator[EmbeddedDesk]:
    served = EmbeddedDesk.of(load("tax"))
    with closing(served.desk), served:
        yield served


def token_of(desk: EmbeddedDesk) -> str:
    return cast("list[dict[str, str]]", desk.ready["agents"])[0]["token"]


def kept(home: Path) -> bytes:
    """All that stands in any file of the person's."""
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


async def test_programs_that_are_started_do_not_inherit_it_and_no_file_keeps_it(
    desk: EmbeddedDesk, tmp_path: Path
) -> None:
    token, told = token_of(desk), tmp_path / "told"
    editor = tmp_path / "editor"
    script = ("#!/bin/sh", f"env > {told}", f"cat /proc/$PPID/cmdline >> {told}", "echo more >> $1", "")
    editor.write_text("\n".join(script))
    editor.chmod(0o700)
    await (await WireCustomer.arrive(desk, "Olga")).say("Moi")
    env = {"AGENT_TUI_URL": desk.url, "AGENT_TUI_TOKEN": token, "VISUAL": str(editor)}
    home = tmp_path / "home"
    with Terminal(home, [], columns=120, rows=36, **env) as terminal:
        terminal.read_until(b"Olga")
        terminal.press(F3)
        terminal.read_until(b"To Olga")
        terminal.press(CTRL_F8)
        terminal.read_until(b"more")
        terminal.press(CTRL_Q)
        assert terminal.end() == 0
    assert b"PATH=" in told.read_bytes()
    assert b"agent_tui" in told.read_bytes()
    assert token.encode() not in told.read_bytes() + kept(home) + terminal.shown


def test_a_crash_says_where_its_report_is_and_gives_nothing_away(desk: EmbeddedDesk, tmp_path: Path) -> None:
    token, planted = token_of(desk), tmp_path / "planted"
    planted.write_text(token)
    env = {"AGENT_TUI_URL": desk.url, "AGENT_TUI_TOKEN": token}
    home = tmp_path / "home"
    command = (sys.executable, "-c", FAILING)
    with Terminal(home, [str(planted)], columns=200, rows=36, command=command, **env) as terminal:
        assert terminal.end() != 0
    (report,) = home.rglob("crash-*.txt")
    assert str(report).encode() in terminal.shown
    assert "RuntimeError" in report.read_text()
    assert token.encode() not in kept(home) + terminal.shown
    assert b"131052-308T" not in kept(home) + terminal.shown


def test_what_looks_the_desk_over_does_not_tell_it(desk: EmbeddedDesk, tmp_path: Path) -> None:
    token = token_of(desk)
    outcome = run(tmp_path, "doctor", "--json", AGENT_TUI_URL=desk.url, AGENT_TUI_TOKEN=token)
    assert '"sign-in"' in outcome.out
    assert token.encode() not in kept(tmp_path) + (outcome.out + outcome.err).encode()


def test_no_repr_of_what_holds_it_shows_it(tmp_path: Path) -> None:
    backend = open_backend("chatwoot", "http://127.0.0.1:9", Secret(TOKEN))
    around = Surroundings({"AGENT_TUI_TOKEN": TOKEN}, places({"AGENT_TUI_HOME": str(tmp_path)}))
    around.scrub.know(TOKEN)
    seen: set[int] = set()
    told = [words for holder in (backend, around) for words in shown_by(holder, seen)]
    assert not [words for words in told if TOKEN in words]
    assert len(told) > 5


def shown_by(value: Any, seen: set[int]) -> Iterator[str]:
    """The repr of everything of ours that hangs on it."""
    if id(value) in seen or not type(value).__module__.startswith(("api_client", "agent_tui")):
        return
    seen.add(id(value))
    yield f"{value!r} {value}"
    names = [*getattr(value, "__dict__", {}), *getattr(type(value), "__slots__", ())]
    for name in names:
        if not isinstance(value, Secret):
            held = getattr(value, name, None)
            for one in held.values() if isinstance(held, dict) else [held]:
                yield from shown_by(one, seen)


def test_this_process_has_not_been_told_it() -> None:
    assert "AGENT_TUI_TOKEN" not in os.environ
