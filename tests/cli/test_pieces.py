"""Folders, log, crash reports, keyring: each by itself."""

from __future__ import annotations

import json
import logging
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend

from agent_tui import crash, keychain, logs
from agent_tui.own_files import own_folder, write_whole
from agent_tui.paths import Places, places
from api_client.secret import Secret

PRIVATE = "my identity code"


@pytest.fixture
def quiet_root() -> Iterator[None]:
    """Give the log back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.raiseExceptions = True


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- folders


def test_one_variable_moves_everything(tmp_path: Path) -> None:
    assert places({"AGENT_TUI_HOME": str(tmp_path)}) == Places(tmp_path / "config", tmp_path / "state")


def test_without_it_the_systems_own_places_are_used() -> None:
    found = places({})
    assert found.settings.name == "settings.toml"
    assert "agent-tui" in str(found.state)


def test_a_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    assert mode(own_folder(tmp_path / "a")) == 0o700


def test_a_file_is_written_whole_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    write_whole(path, "[desk]\n")
    assert (path.read_text(), mode(path)) == ("[desk]\n", 0o600)
    assert list(path.parent.iterdir()) == [path]


# --- log


@pytest.mark.parametrize(
    "text",
    [
        "api_access_token: s3cr3t-value",
        '{"access_token": "s3cr3t-value"}',
        "wss://host/cable?pubsub_token=s3cr3t-value&x=1",
        "Authorization: Bearer s3cr3t-value",
        "password = 's3cr3t-value'",
        "{'api_access_token': 's3cr3t-value'}",
        "sent Bearer s3cr3t-value",
    ],
)
def test_what_stands_where_a_secret_would_is_masked(text: str) -> None:
    assert "s3cr3t" not in logs.Scrubber()(text)


def test_a_known_secret_is_masked_wherever_it_turns_up() -> None:
    scrub = logs.Scrubber()
    scrub.know("abc123")
    assert scrub("odd place: xabc123y") == "odd place: x••••y"


def test_ordinary_words_are_left_alone() -> None:
    text = "the tokenizer passed; no password was asked for"
    assert logs.Scrubber()(text) == text


@pytest.mark.usefixtures("quiet_root")
def test_the_log_is_json_lines_without_secrets(tmp_path: Path) -> None:
    path = tmp_path / "agent-tui.log"
    scrub = logs.Scrubber()
    scrub.know("s3cr3t")
    stop = logs.start_logging(path, scrub)
    try:
        json.loads("s3cr3t")
    except ValueError:
        logging.getLogger("here").exception("it failed with %s", "s3cr3t \ud83d")
    stop()
    entry = json.loads(path.read_text())
    assert entry["level"] == "error"
    assert "JSONDecodeError" in entry["trace"]
    assert "s3cr3t" not in path.read_text()
    assert mode(path) == 0o600


# --- crash reports


def test_a_report_says_where_and_holds_no_secrets_and_no_locals(tmp_path: Path) -> None:
    scrub = logs.Scrubber()
    scrub.know("s3cr3t")

    def fail(what_the_customer_wrote: str) -> None:
        raise RuntimeError("cannot go on with s3cr3t")

    try:
        fail(PRIVATE)
    except RuntimeError as error:
        path = crash.write_report(error, tmp_path / "state", scrub, {"TERM": "xterm", "AGENT_TUI_TOKEN": "t"})
    assert path is not None
    report = path.read_text()
    assert "RuntimeError" in report
    assert "in fail" in report
    assert "TERM=xterm" in report
    assert "s3cr3t" not in report
    assert PRIVATE not in report
    assert "AGENT_TUI_TOKEN" not in report
    assert mode(path) == 0o600
    assert str(path) in crash.last_words(path)


def test_a_report_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    assert crash.write_report(RuntimeError(), tmp_path / "state", str, {}) is None
    assert "could not be written" in crash.last_words(None)


# --- keyring


class HouseKeyring(KeyringBackend):
    """A keyring in memory that stands for one of the system's."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class LockedKeyring(HouseKeyring):
    """Waits for its owner, for ever as far as we are concerned."""

    def get_password(self, service: str, username: str) -> str | None:  # noqa: ARG002
        self.locked.wait()
        return None


class TalkativeKeyring(HouseKeyring):
    """Tells in its errors what it was given."""

    def set_password(self, service: str, username: str, password: str) -> None:  # noqa: ARG002
        raise OSError(f"could not store {password}")


def only(monkeypatch: pytest.MonkeyPatch, ring: KeyringBackend, *, trusted: bool = True) -> None:
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: [ring])
    monkeypatch.setattr(keychain, "TRUSTED", (type(ring).__module__,) if trusted else ())


def test_a_token_is_kept_and_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, HouseKeyring())
    keychain.keep("https://chat.example.org", Secret("t0ken"))
    assert keychain.read("https://chat.example.org") == Secret("t0ken")
    assert keychain.read("https://other.example.org") is None


def test_a_keyring_that_is_not_the_systems_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, HouseKeyring(), trusted=False)
    with pytest.raises(keychain.NoKeychain, match="no keyring"):
        keychain.read("https://chat.example.org")


def test_a_locked_keyring_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = LockedKeyring()
    only(monkeypatch, ring)
    monkeypatch.setattr(keychain, "PATIENCE", 0.05)
    with pytest.raises(keychain.NoKeychain, match="may be locked"):
        keychain.read("https://chat.example.org")
    ring.locked.set()


def test_a_failing_keyring_does_not_give_the_token_away(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, TalkativeKeyring())
    with pytest.raises(keychain.NoKeychain) as failure:
        keychain.keep("https://chat.example.org", Secret("t0ken"))
    assert "t0ken" not in str(failure.value)
