"""``agent-tui demo`` on a terminal, with the practice desk as a process of its own."""

from __future__ import annotations

import signal
from pathlib import Path

from tests.cli.program import Terminal

CTRL_Q = b"\x11"
BACK = b"\x1b[?1049l"
"""What gives the terminal's own screen back."""


def stopped(home: Path) -> bool:
    return "The practice desk has stopped" in (home / "state/practice.log").read_text()


def test_a_customer_waits_and_leaving_ends_everything(tmp_path: Path) -> None:
    with Terminal(tmp_path, ["demo", "--rate=600", "--seed=3"], columns=120, rows=36) as terminal:
        terminal.read_until(b"practice")
        terminal.read_until(b"handled 0")
        terminal.read_until(b"waiting 1")
        terminal.press(CTRL_Q)
        assert terminal.end() == 0
        assert BACK in terminal.shown
    assert stopped(tmp_path)
    assert (tmp_path / "state/agent-tui.log").read_text() == ""


def test_a_demo_told_to_stop_gives_the_terminal_back_and_ends_everything(tmp_path: Path) -> None:
    with Terminal(tmp_path, ["demo"], columns=80, rows=24) as terminal:
        terminal.read_until(b"handled 0")
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
        assert BACK in terminal.shown
    assert stopped(tmp_path)
