"""Settings: found, overridden, refused with their line, written back."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_tui.settings import (
    ConnectionSettings,
    Settings,
    SettingsError,
    each_setting,
    load,
)
from agent_tui.settings_writing import with_connection
from tests.settings_page import markdown

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def refused(path: Path, text: str) -> str:
    """Why the file is refused, without the folder it is in."""
    path.write_text(text)
    with pytest.raises(SettingsError) as refusal:
        load(path, {}, {})
    return str(refusal.value).removeprefix(f"{path}")


def test_without_a_file_everything_has_its_default(path: Path) -> None:
    assert load(path, {}, {}) == Settings()


def test_the_file_is_beaten_by_the_environment_and_that_by_the_command_line(path: Path) -> None:
    path.write_text('[desk]\ntheme = "light"\nlanguage = "fi"\nbell = false\n')
    environ = {"AGENT_TUI_LANGUAGE": "sv", "AGENT_TUI_BELL": "yes"}
    desk = load(path, environ, {"desk.language": "nl"}).desk
    assert (desk.theme, desk.language, desk.bell) == ("light", "nl", True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            '[desk]\nbell = true\nthme = "dark"\n',
            ":3: unknown setting desk.thme; did you mean theme?",
        ),
        ("# mine\n[dsk]\n", ":2: unknown setting dsk; did you mean desk?"),
        ('desk.thme = "dark"\n', ":1: unknown setting desk.thme; did you mean theme?"),
        ('[desk]\nbell = "loud"\n', ":2: desk.bell cannot be 'loud': it takes true or false"),
        (
            '[connection]\nbackend = "icq"\n',
            ":2: connection.backend cannot be 'icq': it takes one of chatwoot",
        ),
        ("\n\n[keys]\nresolve = 8\n", ":4: keys.resolve cannot be 8: it takes text in quotes"),
        ("desk = 3\n", ":1: desk is a table: write [desk]"),
        ("[desk\n", ":1: is not TOML: expected ']' at the end of a table declaration"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line(path: Path, text: str, line: str) -> None:
    assert refused(path, text) == line


@pytest.mark.parametrize("name", ["tab.next", '"tab.next"'])
def test_a_key_is_given_by_the_name_of_its_action(path: Path, name: str) -> None:
    path.write_text(f'[keys]\n{name} = "f2"\n')
    assert load(path, {}, {}).keys == {"tab.next": "f2"}


def test_a_file_that_is_no_text_is_refused(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="it is not UTF-8 text"):
        load(path, {}, {})


def test_an_environment_variable_that_does_not_fit_is_named(path: Path) -> None:
    with pytest.raises(SettingsError, match="AGENT_TUI_BELL cannot be 'loud': it takes true or false"):
        load(path, {"AGENT_TUI_BELL": "loud"}, {})


def test_a_connection_is_written_among_what_the_person_wrote(path: Path) -> None:
    path.write_text('# mine\n[connection]\nurl = "https://old.example"\n\n[desk]\nbell = false # quiet\n')
    path.write_text(with_connection(path, ConnectionSettings("https://new.example", account="3")))
    text = path.read_text()
    assert text.startswith("# mine\n")
    assert "bell = false # quiet" in text
    assert load(path, {}, {}).connection == ConnectionSettings("https://new.example", account="3")


@pytest.mark.parametrize("text", ["", "[desk]\nbell = false", "[keys]\n"])
def test_a_connection_is_written_where_there_was_none(path: Path, text: str) -> None:
    path.write_text(text)
    path.write_text(with_connection(path, ConnectionSettings("https://new.example")))
    assert load(path, {}, {}).connection.url == "https://new.example"


def test_a_file_only_a_person_can_change_is_left_to_them(path: Path) -> None:
    path.write_text('connection = { url = "https://old.example" }\n')
    with pytest.raises(SettingsError, match="please set url = "):
        with_connection(path, ConnectionSettings("https://new.example"))


def test_every_setting_says_what_it_is_for() -> None:
    page = markdown()
    for _, name, _ in each_setting():
        assert f"| `{name}` |" in page


def test_the_page_on_settings_is_fresh() -> None:
    assert (DOCS / "settings.md").read_text() == markdown(), "run `make docs`"
