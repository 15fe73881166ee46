"""Programs in a terminal: echo, end, and a link of a given speed."""

import sys
import time

import pytest

from benchmarks.terminal import Link, NotShown, Program, environment

ECHO = """
import sys, time, tty
tty.setraw(0)
while time.process_time() < 0.05:
    pass
print("ready", end="", flush=True)
while (key := sys.stdin.read(1)) != "q":
    print(key, end="", flush=True)
"""


def echoing() -> Program:
    return Program([sys.executable, "-c", ECHO], environment())


def test_a_key_is_timed_to_the_byte_that_shows_it() -> None:
    with echoing() as program:
        program.wait_for("ready")
        assert 0 < program.echo("ä", "ä", seconds=10) < 10_000


def test_a_key_that_never_shows_counts_as_the_slowest_there_is() -> None:
    with echoing() as program:
        program.wait_for("ready")
        assert program.echo("a", "b", seconds=0.05) == pytest.approx(50)


def test_a_program_is_timed_to_its_end() -> None:
    with echoing() as program:
        program.wait_for("ready")
        assert program.leave("q") > 0
        assert program.has_ended()


def test_a_program_that_ended_is_not_waited_for() -> None:
    bye = Program([sys.executable, "-c", "print('bye')"], environment())
    with bye as program, pytest.raises(NotShown, match="bye"):
        program.wait_for("hello", seconds=30)


def test_costs_are_counted() -> None:
    with echoing() as program:
        program.wait_for("ready")
        assert program.cpu() > 0
        assert program.pss() > 0
        assert program.bytes_out == sum(count for _, count in program.frames) == len("ready")


def test_a_slow_link_saves_up_no_more_than_a_moment() -> None:
    link = Link(rate=1000.0)
    link._at = time.perf_counter() - 60
    assert link.allowance() == 10
    link.took(10)
    assert link.allowance() < 10


def test_the_environment_says_nothing_of_whoever_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_FPS", "1")
    monkeypatch.setenv("AGENT_TUI_TOKEN", "invented")
    found = environment(AGENT_TUI_URL="http://127.0.0.1:1")
    assert "TEXTUAL_FPS" not in found
    assert "AGENT_TUI_TOKEN" not in found
    assert found["AGENT_TUI_URL"] == "http://127.0.0.1:1"
