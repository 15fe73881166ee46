"""Connections with names: which is used, and list, rename, remove on the command line."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend

from agent_tui import keychain, profiles
from agent_tui.cli.connection import NoToken, entry, saved_connection
from agent_tui.cli.parser import parse
from agent_tui.cli.profiles import profiles as profiles_command
from agent_tui.cli.surroundings import Surroundings
from agent_tui.launch import Refusal
from agent_tui.paths import Places
from agent_tui.settings import ConnectionSettings
from agent_tui.settings_writing import with_value
from api_client.secret import Secret
from tests.cli.program import run


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    found = Places(tmp_path / "config", tmp_path / "state")
    for name in ("day", "night"):
        profiles.save(found, name, ConnectionSettings(f"https://{name}.example"))
    return Surroundings({}, found)


def test_the_only_profile_is_used_and_of_several_the_one_chosen() -> None:
    assert profiles.in_force(["day"], "") == "day"
    assert profiles.in_force(["day", "night"], "") == ""
    assert profiles.in_force(["day", "night"], "night") == "night"
    with pytest.raises(profiles.NoProfile, match=r"no profile 'x'\. There is day, night\."):
        profiles.in_force(["day", "night"], "x")


def test_a_profile_is_called_after_its_server() -> None:
    assert profiles.name_for("https://Chat.Example.org:8443/desk", ()) == "chat.example.org"
    taken = ["chat.example.org", "chat.example.org-2"]
    assert profiles.name_for("https://chat.example.org", taken) == "chat.example.org-3"
    assert profiles.name_for("http://[::1]:3000", ()) == "1"


def test_a_profiles_own_settings_beat_the_common_ones(around: Surroundings) -> None:
    around.places.settings.write_text('[desk]\ntheme = "light"\nlanguage = "fi"\n')
    own = profiles.file_of(around.places, "night")
    own.write_text(own.read_text() + '\n[desk]\ntheme = "mono"\n')
    settings = around.settings(parse(["--profile", "night"]))
    assert (settings.desk.theme, settings.desk.language, settings.desk.profile) == ("mono", "fi", "night")
    assert settings.connection.url == "https://night.example"
    assert around.settings(parse([])).connection.url == ""


def test_an_address_from_the_environment_needs_no_profile(around: Surroundings) -> None:
    around.environ = {"AGENT_TUI_URL": "https://other.example"}
    assert around.settings(parse([])).connection.url == "https://other.example"


def test_a_profile_is_signed_in_to_anew_without_losing_its_settings(around: Surroundings) -> None:
    own = profiles.file_of(around.places, "day")
    own.write_text(own.read_text() + '\n[desk]\ntheme = "mono"\n')
    profiles.save(around.places, "day", ConnectionSettings("https://day.example", account="2"))
    settings = around.settings(parse(["--profile", "day"]))
    assert (settings.desk.theme, settings.connection.account) == ("mono", "2")


def test_a_default_is_kept_renamed_and_forgotten_with_its_profile(around: Surroundings) -> None:
    around.places.settings.write_text('# mine\n[desk]\ntheme = "light" # bright\n[keys]\nresolve = "f12"\n')
    profiles_command(around, parse(["profiles", "default", "night"]))
    assert around.settings(parse([])).desk.profile == "night"
    profiles_command(around, parse(["profiles", "rename", "night", "late"]))
    assert around.settings(parse([])).connection.url == "https://night.example"
    profiles_command(around, parse(["profiles", "remove", "late"]))
    text = around.places.settings.read_text()
    assert tomllib.loads(text)["desk"] == {"profile": "", "theme": "light"}
    assert text.startswith("# mine\n")
    assert "# bright" in text
    assert profiles.names(around.places) == ["day"]


@pytest.mark.parametrize("new", ["day", "Night", "../x", ""])
def test_a_name_that_is_taken_or_none_is_refused(around: Surroundings, new: str) -> None:
    with pytest.raises(Refusal):
        profiles_command(around, parse(["profiles", "rename", "night", new]))
    assert profiles.names(around.places) == ["day", "night"]


class HouseKeyring(KeyringBackend):
    """A keyring in memory that stands for one of the system's."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:  # noqa: ARG002  keyring's own
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:  # noqa: ARG002  keyring's own
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:  # noqa: ARG002  keyring's own
        del self.kept[username]


def test_the_token_goes_where_its_profile_goes(around: Surroundings, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = HouseKeyring()
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: [ring])
    monkeypatch.setattr(keychain, "TRUSTED", (__name__,))
    keychain.keep(entry("https://night.example", "night"), Secret("t0ken"))
    keychain.keep(entry("https://day.example", "day"), Secret("other"))
    profiles_command(around, parse(["profiles", "rename", "night", "late"]))
    assert ring.kept == {"https://night.example#late": "t0ken", "https://day.example#day": "other"}
    profiles_command(around, parse(["profiles", "remove", "late"]))
    assert ring.kept == {"https://day.example#day": "other"}


def test_profiles_are_listed_for_people_and_for_scripts(around: Surroundings, tmp_path: Path) -> None:
    around.places.settings.write_text('[desk]\nprofile = "night"\n')
    lines = run(tmp_path, "profiles", "list").out.splitlines()
    assert [line.split() for line in lines] == [
        ["day", "https://day.example"],
        ["*", "night", "https://night.example"],
    ]
    told = json.loads(run(tmp_path, "profiles", "list", "--json").out)
    assert [(one["name"], one["default"]) for one in told] == [("day", False), ("night", True)]


def test_scripts_are_told_to_choose_among_several(
    around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keychain, "TRUSTED", ())
    with pytest.raises(Refusal, match="There are several profiles: day, night"):
        saved_connection(around, around.settings(parse(["queues"])))
    with pytest.raises(Refusal, match="There is day, night"):
        around.settings(parse(["queues", "--profile", "x"]))
    with pytest.raises(NoToken, match="cannot be read"):
        saved_connection(around, around.settings(parse(["queues", "--profile", "day"])))


def test_one_setting_is_written_among_the_others(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    for text in ("", "[desk]\n", "[keys]\n", '[desk]\nprofile = "a"\nbell = true\n'):
        path.write_text(text)
        wanted = tomllib.loads(text)
        wanted["desk"] = {**wanted.get("desk", {}), "profile": "b"}
        assert tomllib.loads(with_value(path, "desk", "profile", "b")) == wanted
