"""The command line speaks the language of the locale, of a setting, or the one asked for."""

from __future__ import annotations

from pathlib import Path

from tests.cli.program import run


def test_the_help_comes_in_the_language_of_the_locale(tmp_path: Path) -> None:
    told = run(tmp_path, "--help", LC_ALL="fi_FI.UTF-8").out
    assert told.startswith("käyttö: agent-tui")
    assert "Chat-neuvojan työpiste päätteessä." in told
    assert "valitsimet:" in told


def test_a_language_on_the_command_line_beats_the_locale(tmp_path: Path) -> None:
    outcome = run(tmp_path, "--language", "sv", "danse", LANG="fi_FI.UTF-8")
    assert outcome.code == 2
    assert outcome.line.startswith("agent-tui: COMMAND kan inte vara 'danse'; det finns 'demo', ")


def test_a_language_in_the_settings_beats_the_locale(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text('[desk]\nlanguage = "nl"\n')
    outcome = run(tmp_path, LANG="fi_FI.UTF-8")
    assert outcome.line == (
        "Er is nog geen verbinding. Meld je aan met: agent-tui login ADRES. Of oefen: agent-tui demo"
    )


def test_a_language_there_is_no_catalog_for_is_english(tmp_path: Path) -> None:
    assert run(tmp_path, "--help", LANG="de_DE.UTF-8").out.startswith("usage: agent-tui")
