"""The self-test: what it asks, what it says, and what it leaves out where nobody answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from agent_tui.cli import doctor_calls, doctor_terminal
from agent_tui.cli.doctor_desk import files
from agent_tui.cli.doctor_findings import Finding, Verdict
from agent_tui.cli.terminal_talk import Talk
from agent_tui.paths import Places
from agent_tui.settings_schema import NoticeSettings
from agent_tui.widgets.cells import width
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from tests.cli.program import Terminal, run

NO_KEYRING = "disabled:"


class Answering:
    """A terminal whose answers take ``delay`` seconds of its own clock."""

    def __init__(self, widths: Callable[[str], int], *, delay: float = 0.01, modern: bool = False) -> None:
        self._widths = widths
        self._delay = delay
        self._modern = modern
        self._shown = ""
        self._answers = b""
        self.clock = 0.0

    def now(self) -> float:
        return self.clock

    def write(self, sequence: str) -> None:
        if sequence == "\x1b[6n":
            self._answers += b"\x1b[5;%dR" % (1 + self._widths(self._shown))
        elif sequence == "\x1b[?u\x1b[c":
            self._answers += b"\x1b[?1u\x1b[?62c" if self._modern else b"\x1b[?62c"
        elif sequence.startswith("\r"):
            self._shown = sequence.removeprefix("\r").removesuffix("\x1b[K")

    def read(self, seconds: float) -> bytes:
        self.clock += min(seconds, self._delay)
        answers, self._answers = self._answers, b""
        return answers


def talked(terminal: Answering) -> dict[str, Finding]:
    found = doctor_terminal.spoken_to(Talk(terminal, terminal.now))
    return {finding.check: finding for finding in found}


def test_a_quick_terminal_that_measures_as_we_do_is_well() -> None:
    found = talked(Answering(width, modern=True))
    assert {one.verdict for one in found.values()} == {Verdict.OK}
    assert "10 ms" in found["latency"].words
    assert "Shift+Enter" in found["keys"].words


def test_a_terminal_that_joins_no_emoji_and_is_far_away_is_told_so() -> None:
    found = talked(Answering(lambda text: sum(map(width, text)), delay=0.4))
    assert found["latency"].verdict is Verdict.WARN
    assert found["widths"].verdict is Verdict.WARN
    assert "👩‍👩‍👧 6/2" in found["widths"].words
    assert "Ctrl+J" in found["keys"].words


class Silent(Answering):
    """A terminal that answers nothing."""

    def write(self, sequence: str) -> None:
        """Nobody listens."""


def test_a_terminal_that_does_not_answer_is_waited_for_once() -> None:
    terminal = Silent(width, delay=0.25)
    found = talked(terminal)
    assert {one.verdict for one in found.values()} == {Verdict.SKIPPED}
    assert terminal.clock == 1.0


FAR = {"TERM": "xterm", "TMUX": "a socket", "SSH_CONNECTION": "somewhere"}


@pytest.mark.parametrize("came", [True, False])
def test_the_person_hears_what_was_sent_and_is_asked_whether_it_came(came: bool) -> None:  # noqa: FBT001  an answer
    written: list[str] = []
    asked: list[str] = []

    def ask(question: str) -> bool:
        asked.append(question)
        return came

    found = list(doctor_calls.called(NoticeSettings(terminal="osc777"), FAR, written.append, ask))
    assert written[0] == "\a"
    assert written[1].startswith("\x1bPtmux;\x1b\x1b]777;notify;agent-tui;")
    assert "The bell (through tmux, over ssh)" in asked[0]
    assert "(OSC 777, past tmux by allow-passthrough, over ssh)" in asked[1]
    assert [one.verdict for one in found] == [Verdict.OK if came else Verdict.WARN] * 2
    assert ("monitor-bell" in found[0].remedy) is not came
    assert ("allow-passthrough" in found[1].remedy) is not came


def test_who_does_not_answer_is_asked_once_and_nothing_is_said_to_be_wrong() -> None:
    asked: list[str] = []
    found = list(doctor_calls.called(NoticeSettings(), {"TERM": "xterm"}, lambda _: None, asked.append))
    assert len(asked) == 1
    assert [one.verdict for one in found] == [Verdict.SKIPPED] * 2


def test_where_nobody_is_asked_it_still_says_what_a_call_is_sent_as() -> None:
    bell, notice = doctor_calls.uncalled(NoticeSettings(terminal="osc9"), FAR)
    assert "through tmux, over ssh" in bell.words
    assert "OSC 9" in notice.words
    assert {bell.verdict, notice.verdict} == {Verdict.SKIPPED}


@pytest.mark.parametrize(
    ("told", "verdict", "remedy"),
    [
        ({"allow-passthrough": "all", "monitor-bell": "1", "bell-action": "any"}, Verdict.OK, ""),
        ({"allow-passthrough": "0", "monitor-bell": "1"}, Verdict.WARN, "set -g allow-passthrough on"),
        (
            {"monitor-bell": "0", "bell-action": "none"},
            Verdict.WARN,
            "monitor-bell on ; set -g bell-action any",
        ),
        ({}, Verdict.SKIPPED, ""),
    ],
)
def test_tmux_is_looked_at_for_what_keeps_calls_back(
    told: dict[str, str], verdict: Verdict, remedy: str
) -> None:
    (found,) = doctor_calls.between(FAR, told)
    assert found.verdict is verdict
    assert remedy in found.remedy
    assert not list(doctor_calls.between({"TERM": "xterm"}, {}))


async def test_tmux_tells_its_settings_for_this_pane(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert await doctor_calls.tmux_settings() == {}
    tmux = tmp_path / "tmux"
    tmux.write_text("#!/bin/sh\n[ \"$1 $2\" = 'display-message -p' ] && echo 0 && echo 1 && echo any\n")
    tmux.chmod(0o700)
    told = {"allow-passthrough": "0", "monitor-bell": "1", "bell-action": "any"}
    assert await doctor_calls.tmux_settings() == told


def test_a_folder_that_others_may_read_and_one_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir(mode=0o755)
    (tmp_path / "state").write_text("in the way")
    config, state = files(Places(tmp_path / "config", tmp_path / "state"))
    assert (config.verdict, "chmod 700" in config.remedy) == (Verdict.WARN, True)
    assert (state.verdict, "AGENT_TUI_HOME" in state.remedy) == (Verdict.BAD, True)


@pytest.fixture
def served() -> Iterator[EmbeddedDesk]:
    served = EmbeddedDesk.of(load("tax"))
    with closing(served.desk), served:
        yield served


def told(out: str) -> dict[str, str]:
    return {one["check"]: one["verdict"] for one in json.loads(out)["findings"]}


def test_scripts_hear_how_the_connection_stands_and_nobody_is_asked(
    served: EmbeddedDesk, tmp_path: Path
) -> None:
    token = cast("list[dict[str, str]]", served.ready["agents"])[0]["token"]
    connected = {"AGENT_TUI_URL": served.url, "AGENT_TUI_TOKEN": token}
    outcome = run(tmp_path, "doctor", "--json", DBUS_SESSION_BUS_ADDRESS=NO_KEYRING, **connected)
    assert outcome.code == 0, outcome.err
    found = told(outcome.out)
    for check in ("terminal", "connection", "sign-in", "live", "clock", "settings"):
        assert found[check] == "ok", check
    for check in ("size", "latency", "keys", "widths", "bell", "notice"):
        assert found[check] == "skipped", check
    assert found["keyring"] in {"ok", "warn"}
    assert token not in outcome.out + outcome.err


def test_a_token_that_is_no_good_is_bad_and_no_connection_is_a_note(
    served: EmbeddedDesk, tmp_path: Path
) -> None:
    outcome = run(tmp_path, "doctor", "--json", AGENT_TUI_URL=served.url, AGENT_TUI_TOKEN="wrong")
    assert (outcome.code, told(outcome.out)["sign-in"]) == (1, "bad")
    outcome = run(tmp_path, "doctor", "--json")
    assert (outcome.code, told(outcome.out)["connection"]) == (0, "warn")


def test_at_a_terminal_it_speaks_in_lines_and_asks(tmp_path: Path) -> None:
    with Terminal(tmp_path, ["doctor"], DBUS_SESSION_BUS_ADDRESS=NO_KEYRING) as terminal:
        terminal.read_until(b"\x1b[6n")
        terminal.read_until(b"Did you hear or see it?")
        terminal.press(b"y\r")
        terminal.read_until(b"Did a notice show?")
        terminal.press(b"n\r")
        assert terminal.end() == 0
    shown = terminal.shown.decode()
    assert "The bell reaches you." in shown
    assert re.search(r"! note +There is no connection yet", shown)
    assert re.search(r"- skipped +Emoji", shown)
    assert "You can work." in shown
