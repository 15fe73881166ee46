"""From the settings to how the desk looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_tui.launch import Refusal, looks_of
from agent_tui.looks import looks
from agent_tui.settings import DeskSettings
from themes import loader
from themes.loader import ThemeError


def own(folder: Path, name: str, **change: str) -> None:
    text = (Path(loader.__file__).parent / "dark.toml").read_text(encoding="utf-8")
    text = text.replace('name = "dark"', f'name = "{name}"')
    for before, after in change.items():
        text = text.replace(before, after)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def test_a_theme_of_ones_own_is_named_like_a_shipped_one(tmp_path: Path) -> None:
    own(tmp_path, "night")
    chosen = looks(DeskSettings(theme="night"), tmp_path, no_color=False)
    assert chosen.theme.name == "night"
    assert {theme.name for theme in chosen.others} == set(loader.SHIPPED)
    assert looks(DeskSettings(theme="night.toml"), tmp_path, no_color=False).theme.name == "night"


def test_a_broken_one_is_refused_where_it_is_asked_for_and_else_only_noted(tmp_path: Path) -> None:
    own(tmp_path, "torn", text="txt")
    with pytest.raises(ThemeError, match=r"torn.toml.*'txt'"):
        looks(DeskSettings(theme="torn"), tmp_path, no_color=False)
    assert set(looks(DeskSettings(), tmp_path, no_color=False).unusable) == {"torn"}


def test_a_name_that_no_theme_has_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="dark, light"):
        looks_of(DeskSettings(theme="neon"), tmp_path, {})


def test_without_colour_only_themes_without_colour_are_offered(tmp_path: Path) -> None:
    chosen = looks(DeskSettings(theme="light"), tmp_path, no_color=True)
    assert chosen.theme.name == "mono"
    assert chosen.others == ()


def test_density_and_panes_are_settings(tmp_path: Path) -> None:
    chosen = looks(DeskSettings(density="comfortable", panes=1), tmp_path, no_color=False)
    assert (chosen.airy, chosen.panes, chosen.present, chosen.simple_emoji) == (True, 1, False, False)
