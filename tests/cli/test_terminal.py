"""What a terminal may do to the program: send nonsense, hang up, stop reading."""

from __future__ import annotations

import signal
from pathlib import Path

from tests.cli.program import PATIENCE, Terminal

CTRL_Q = b"\x11"
BACK = b"\x1b[?1049l"
"""What gives the terminal's own screen back."""


def test_bytes_that_are_no_text_do_not_end_the_program(tmp_path: Path) -> None:
    with Terminal(tmp_path, ["demo", "--rate=600", "--seed=3"], columns=120, rows=36) as terminal:
        terminal.read_until(b"waiting 1")
        terminal.press(b"\xff\xfe\xc3(\x80")
        terminal.press(CTRL_Q)
        assert terminal.end() == 0
        assert BACK in terminal.shown
    assert (tmp_path / "state/agent-tui.log").read_text() == ""


def test_a_terminal_that_hangs_up_is_given_back(tmp_path: Path) -> None:
    with Terminal(tmp_path, ["demo"], columns=80, rows=24) as terminal:
        terminal.read_until(b"handled 0")
        terminal.process.send_signal(signal.SIGHUP)
        assert terminal.end() == 128 + signal.SIGHUP
        assert BACK in terminal.shown


def test_a_window_that_is_closed_ends_the_program_even_where_no_signal_says_so(tmp_path: Path) -> None:
    with Terminal(tmp_path, ["demo"], columns=80, rows=24) as terminal:
        terminal.read_until(b"handled 0")
        terminal.vanish()
        assert terminal.process.wait(timeout=PATIENCE) == 128 + signal.SIGHUP
    assert (tmp_path / "state/agent-tui.log").read_text() == ""


def test_a_terminal_that_does_not_read_does_not_keep_the_program_from_leaving(tmp_path: Path) -> None:
    with Terminal(tmp_path, ["demo", "--rate=600"], columns=200, rows=60) as terminal:
        terminal.read_until(b"handled 0")
        for _ in range(30):
            terminal.press(b"\x1bOP\x1b[6~")
        terminal.press(b" " + CTRL_Q)
        assert terminal.process.wait(timeout=20) == 0


def test_an_editor_has_the_terminal_to_itself_and_gives_it_back(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nstty -a | grep -q ' icanon' && echo plain terminal\necho Edited >\"$1\"\n")
    editor.chmod(0o700)
    options = ["demo", "--rate=600", "--seed=3"]
    with Terminal(tmp_path, options, columns=120, rows=36, VISUAL=str(editor)) as terminal:
        terminal.read_until(b"waiting 1")
        terminal.press(b"\x1bOR")
        terminal.read_until(b"Enter sends.")
        terminal.press(b"\x1b[19;5~")
        terminal.read_until(BACK)
        terminal.read_until(b"plain terminal")
        terminal.read_until(b"Edited")
        terminal.press(CTRL_Q)
        assert terminal.end() == 0
    assert (tmp_path / "state/agent-tui.log").read_text() == ""
