"""The way in on the whole screen: sign in, be told why not, choose among desks, go on to another one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from agent_tui import profiles
from agent_tui.paths import places
from agent_tui.settings import ConnectionSettings
from agent_tui.sign_in_words import Step, why
from api_client import errors
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from tests.cli.program import Terminal

CTRL_Q = b"\x11"
CTRL_K = b"\x0b"
ENTER = b"\r"
BACK = b"\x1b[?1049l"
"""What gives the terminal's own screen back."""
NO_KEYRING = "disabled:"
"""In place of the bus that a keyring is on."""
AT_THE_DESK = b"handled 0"


@pytest.fixture
def served() -> Iterator[EmbeddedDesk]:
    served = EmbeddedDesk.of(load("helpdesk"))
    with closing(served.desk), served:
        yield served


def agents(served: EmbeddedDesk) -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", served.ready["agents"])


def answer(terminal: Terminal, question: bytes, text: str) -> None:
    terminal.read_until(question)
    terminal.shown = b""
    terminal.press(text.encode() + ENTER)


def test_a_person_without_a_connection_is_asked_and_gets_to_work(
    served: EmbeddedDesk, tmp_path: Path
) -> None:
    (who,) = [agent for agent in agents(served) if "backup_codes" in agent]
    with Terminal(tmp_path, [], columns=120, rows=36, DBUS_SESSION_BUS_ADDRESS=NO_KEYRING) as terminal:
        answer(terminal, b"Server:", served.url)
        answer(terminal, b"E-mail:", who["email"])
        answer(terminal, b"Password:", "not the word")
        terminal.read_until(b"do not fit together")
        answer(terminal, b"Password:", who["password"])
        answer(terminal, b"Code:", who["backup_codes"].split()[0])
        everything = terminal.shown
        terminal.read_until(b"cannot be kept")
        everything += terminal.shown
        terminal.press(ENTER)
        terminal.read_until(AT_THE_DESK)
        terminal.press(CTRL_Q)
        assert terminal.end() == 0
    everything += terminal.shown
    assert who["password"].encode() not in everything
    assert profiles.names(places({"AGENT_TUI_HOME": str(tmp_path)})) == ["127.0.0.1"]
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert who["token"].encode() not in kept
    assert who["password"].encode() not in kept


def test_an_access_token_will_do_and_a_wrong_one_is_explained(served: EmbeddedDesk, tmp_path: Path) -> None:
    with Terminal(tmp_path, ["login", served.url], DBUS_SESSION_BUS_ADDRESS=NO_KEYRING) as terminal:
        answer(terminal, b"E-mail:", "")
        answer(terminal, b"Access token:", "wrong")
        terminal.read_until(b"does not know this token")
        answer(terminal, b"Access token:", agents(served)[0]["token"])
        terminal.read_until(b"cannot be kept")
        terminal.press(ENTER)
        terminal.read_until(AT_THE_DESK)
        terminal.press(CTRL_Q)
        assert terminal.end() == 0


def test_an_address_over_plain_http_is_refused_and_one_may_leave(tmp_path: Path) -> None:
    with Terminal(tmp_path, []) as terminal:
        answer(terminal, b"Server:", "http://chat.example.org")
        terminal.read_until(b"everybody on the way could read")
        terminal.press(CTRL_Q)
        assert terminal.end() == 0
    assert not (tmp_path / "config").exists()


def test_among_several_desks_one_is_chosen_and_later_another(served: EmbeddedDesk, tmp_path: Path) -> None:
    for name in ("day", "night"):
        found = places({"AGENT_TUI_HOME": str(tmp_path)})
        profiles.save(found, name, ConnectionSettings(served.url))
    token = agents(served)[0]["token"]
    with Terminal(
        tmp_path, [], columns=120, rows=36, AGENT_TUI_TOKEN=token, DBUS_SESSION_BUS_ADDRESS=NO_KEYRING
    ) as terminal:
        terminal.read_until(b"Another server")
        terminal.press(b"2")
        terminal.read_until(AT_THE_DESK)
        assert b"night" in terminal.shown
        terminal.shown = b""
        terminal.press(CTRL_K + b"other desk" + ENTER)
        terminal.read_until(b"drafts are kept")
        terminal.shown = b""
        terminal.press(ENTER)
        terminal.read_until(b"The token for")
        terminal.press(ENTER)
        answer(terminal, b"E-mail:", agents(served)[0]["email"])
        answer(terminal, b"Password:", agents(served)[0]["password"])
        terminal.read_until(b"cannot be kept")
        terminal.press(ENTER)
        terminal.read_until(AT_THE_DESK)
        terminal.shown = b""
        terminal.press(CTRL_K + b"other desk" + ENTER)
        terminal.read_until(b"drafts are kept")
        terminal.press(ENTER)
        terminal.read_until(BACK)
        terminal.shown = b""
        terminal.read_until(AT_THE_DESK)
        assert b"Server:" not in terminal.shown, "the token of a moment ago will do"
        terminal.press(CTRL_Q)
        assert terminal.end() == 0


def test_a_token_that_is_no_good_any_more_is_asked_for_anew(served: EmbeddedDesk, tmp_path: Path) -> None:
    profiles.save(places({"AGENT_TUI_HOME": str(tmp_path)}), "day", ConnectionSettings(served.url))
    with Terminal(tmp_path, [], AGENT_TUI_TOKEN="old", DBUS_SESSION_BUS_ADDRESS=NO_KEYRING) as terminal:
        terminal.read_until(b"the server does not accept")
        terminal.press(CTRL_Q)
        assert terminal.end() == 0


def every_error() -> list[errors.ApiError]:
    found: list[errors.ApiError] = [
        errors.AlreadyTaken("x", by="Mara"),
        errors.RateLimited("x", retry_after=4.0),
    ]
    kinds: list[type[errors.ApiError]] = [errors.ApiError]
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind is not errors.AlreadyTaken:
            found.append(kind("x", detail="\x1b[31mno"))
    return found


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("error", every_error(), ids=lambda error: type(error).__name__)
def test_every_failure_has_words_that_a_terminal_can_show(error: errors.ApiError, step: Step) -> None:
    words = why(error, step, "https://chat.example.org/\x1b[2J")
    assert words
    assert words.isprintable()
