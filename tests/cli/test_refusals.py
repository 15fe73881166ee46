"""Whatever does not work: one clear line, the right exit code, no trace."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.program import Terminal, run


@pytest.fixture
def unused_url() -> Iterator[str]:
    """An address nobody answers at, while the test lasts."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


def test_the_version_is_told(tmp_path: Path) -> None:
    assert run(tmp_path, "--version").out.startswith("agent-tui ")


def test_a_command_that_does_not_exist(tmp_path: Path) -> None:
    outcome = run(tmp_path, "dmeo")
    assert outcome.code == 2
    assert "COMMAND cannot be 'dmeo'" in outcome.line


def test_no_connection_yet(tmp_path: Path) -> None:
    outcome = run(tmp_path, "queues")
    assert outcome.code == 1
    assert outcome.line == (
        "There is no connection yet. Sign in with: agent-tui login URL. Or practise: agent-tui demo"
    )


def test_an_address_that_is_none(tmp_path: Path) -> None:
    outcome = run(tmp_path, "queues", AGENT_TUI_URL="chat example org", AGENT_TUI_TOKEN="t")
    assert outcome.code == 2
    assert "'chat example org' is not the address of a server" in outcome.line


@pytest.mark.parametrize("arguments", [("queues",), ("login", "{url}", "--token-stdin")])
def test_an_address_where_nobody_answers(tmp_path: Path, unused_url: str, arguments: tuple[str, ...]) -> None:
    given = [argument.format(url=unused_url) for argument in arguments]
    outcome = run(tmp_path, *given, stdin="token\n", AGENT_TUI_URL=unused_url, AGENT_TUI_TOKEN="t")
    assert outcome.code == 3
    assert outcome.line == (
        f"Cannot sign in at {unused_url}: the server cannot be reached. Check the address and the network."
    )


def test_plain_http_to_another_machine(tmp_path: Path) -> None:
    outcome = run(tmp_path, "queues", AGENT_TUI_URL="http://chat.example.org", AGENT_TUI_TOKEN="t")
    assert outcome.code == 3
    assert "would send your token unprotected" in outcome.line


def test_no_keyring_and_no_token(tmp_path: Path, unused_url: str) -> None:
    outcome = run(tmp_path, "queues", AGENT_TUI_URL=unused_url, DBUS_SESSION_BUS_ADDRESS="disabled:")
    assert outcome.code == 4
    assert "AGENT_TUI_TOKEN" in outcome.line or "No token is kept" in outcome.line


def test_broken_settings_are_refused_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/settings.toml").write_text('[desk]\nthme = "dark"\n')
    outcome = run(tmp_path)
    assert outcome.code == 2
    assert outcome.line == (
        f"{tmp_path}/config/settings.toml:2: unknown setting desk.thme; did you mean theme?"
    )


def test_a_key_for_an_action_there_is_not(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/settings.toml").write_text('[keys]\nresolv = "f12"\n')
    outcome = run(tmp_path)
    assert outcome.code == 2
    assert "there is no action 'resolv'" in outcome.line


@pytest.mark.parametrize("arguments", [(), ("demo",)])
def test_output_that_is_no_terminal(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    outcome = run(tmp_path, *arguments, AGENT_TUI_URL="http://127.0.0.1:9", AGENT_TUI_TOKEN="t")
    assert outcome.code == 2
    assert outcome.line == "The workstation needs a terminal; for scripts there is: agent-tui queues --json"


def test_a_terminal_that_is_too_small(tmp_path: Path) -> None:
    with Terminal(tmp_path, ["demo"], columns=79, rows=24) as terminal:
        assert terminal.end() == 1
        assert b"79 columns by 24 rows; the workstation needs 80 by 24" in terminal.shown


def test_a_terminal_that_cannot_place_text(tmp_path: Path) -> None:
    with Terminal(tmp_path, ["demo"], TERM="dumb") as terminal:
        assert terminal.end() == 1
        assert b"TERM=dumb" in terminal.shown


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("--desk=nope", b"there is no desk called 'nope'"),
        ("--pattern=nope", b"no arrival pattern 'nope'"),
        ("--speed=fast", b"'fast'"),
    ],
)
def test_a_practice_desk_that_does_not_start_says_why(tmp_path: Path, option: str, words: bytes) -> None:
    with Terminal(tmp_path, ["demo", option]) as terminal:
        assert terminal.end() == 2
        assert b"The practice desk did not start" in terminal.shown
        assert words in terminal.shown
        assert terminal.shown.count(b"\n") == 1


def test_a_broken_scenario_names_its_file_and_line(tmp_path: Path) -> None:
    desk = tmp_path / "mydesk"
    desk.mkdir()
    (desk / "desk.toml").write_text("[desk\n")
    with Terminal(tmp_path, ["demo", f"--desk={desk}"]) as terminal:
        assert terminal.end() == 2
        assert b"desk.toml" in terminal.shown
        assert terminal.shown.count(b"\n") == 1


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen()
        port = bound.getsockname()[1]
        outcome = run(tmp_path, "practice", "serve", "--port", str(port))
    assert outcome.code == 1
    assert f"port {port}" in outcome.line


def test_a_state_folder_that_cannot_be_written_is_said_and_work_goes_on(
    tmp_path: Path, unused_url: str
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    outcome = run(tmp_path, "queues", AGENT_TUI_URL=unused_url, AGENT_TUI_TOKEN="t")
    first, second = outcome.err.splitlines()
    assert first.startswith(f"Drafts and the log are not kept in {tmp_path}/state: ")
    assert second.startswith("Cannot sign in at ")
    assert outcome.code == 3
