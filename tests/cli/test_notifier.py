"""The bell, the terminal's notices and the desktop's, as they leave the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.notifier import BELL, Notifier, Ways, desktop_command, form_for, notice
from tests.cli.program import Terminal

WORDS = Displayable("A customer waits: Tax; 0:41")


def sent(ways: Ways, *, away: bool, words: Displayable = WORDS, **environ: str) -> list[str]:
    written: list[str] = []
    Notifier(ways, environ, written.append).call(words, away=away)
    return written


def test_somebody_who_looks_on_hears_the_bell_alone() -> None:
    assert sent(Ways(terminal="osc9"), away=False) == [BELL]
    assert sent(Ways(terminal="osc9"), away=True, words=NOTHING) == [BELL]
    assert sent(Ways(bell=False), away=True) == []


def test_somebody_who_looks_elsewhere_is_told_by_the_terminal() -> None:
    assert sent(Ways(bell=False, terminal="osc9"), away=True) == ["\x1b]9;A customer waits: Tax, 0:41\a"]
    assert sent(Ways(bell=False, terminal="osc777"), away=True) == [
        "\x1b]777;notify;agent-tui;A customer waits: Tax, 0:41\a"
    ]


def test_tmux_and_screen_are_asked_to_hand_it_on() -> None:
    words = Displayable("hi")
    assert notice(words, "osc9", {"TMUX": "a socket"}) == "\x1bPtmux;\x1b\x1b]9;hi\a\x1b\\"
    assert notice(words, "osc9", {"STY": "1.x"}) == "\x1bP\x1b]9;hi\a\x1b\\"


@pytest.mark.parametrize(
    ("environ", "form"),
    [
        ({"TERM": "xterm-ghostty"}, "osc777"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "osc777"),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, "osc777"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "osc9"),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "tmux"}, "osc9"),
        ({"TERM": "linux"}, "off"),
        ({}, "osc9"),
    ],
)
def test_the_form_is_the_one_that_the_terminal_is_known_to_understand(
    environ: dict[str, str], form: str
) -> None:
    assert form_for(environ) == form


def test_the_desktop_is_called_without_a_shell() -> None:
    words = Displayable('$(reboot) " --help')
    assert desktop_command(words, "linux")[-1] == words
    assert desktop_command(words, "linux")[:1] == ("notify-send",)
    assert desktop_command(words, "darwin")[-1] == words


def test_the_workstation_tells_the_terminal_of_a_customer_without_naming_them(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/settings.toml").write_text('[notices]\nterminal = "osc777"\n')
    with Terminal(tmp_path, ["demo", "--rate=600", "--seed=3"], columns=120, rows=36) as terminal:
        terminal.read_until(b"\x1b]777;notify;agent-tui;A customer waits: ")
        terminal.press(b"\x11")
        assert terminal.end() == 0
