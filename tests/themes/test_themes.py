"""Themes: the contract, its errors, and whether one can read what is written in them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from tests.themes.colour_vision import MATRICES, distance
from themes import loader
from themes.contract import CONTRAST, Ground, Ink, Kind, pairs
from themes.contrast import luminance, ratio, weak_pairs
from themes.loader import ThemeError


def dark_text() -> str:
    return (Path(loader.__file__).parent / "dark.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", loader.SHIPPED)
def test_every_ink_is_readable_on_every_ground_it_may_stand_on(name: str) -> None:
    assert list(weak_pairs(loader.load(name))) == []


@pytest.mark.parametrize("name", loader.SHIPPED)
def test_a_shipped_theme_carries_its_own_name(name: str) -> None:
    assert loader.load(name).name == name


def test_every_theme_file_is_listed() -> None:
    files = {path.stem for path in Path(loader.__file__).parent.glob("*.toml")}
    assert files == set(loader.SHIPPED)


def test_every_ink_stands_on_some_ground_and_every_ground_bears_some_ink() -> None:
    assert {ink for ink, _ in pairs()} == set(Ink)
    assert {ground for _, ground in pairs()} == set(Ground)


def test_the_monochrome_theme_has_no_colour_and_still_tells_urgency_and_choice_apart() -> None:
    mono = loader.load("mono")
    assert mono.kind is Kind.MONO
    assert all(tone.color is None for tone in (*mono.grounds.values(), *mono.inks.values()))
    urgency = [mono.inks[ink].attributes for ink in (Ink.CALM, Ink.WARNING, Ink.BREACH)]
    assert len(set(urgency)) == 3
    assert mono.grounds[Ground.CHOSEN].attributes == {"reverse"}


def test_contrast_is_counted_as_wcag_says() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert luminance("#ffffff") == pytest.approx(1)


def test_a_weak_pair_is_named_with_its_ratio() -> None:
    theme = loader.parse(dark_text().replace('quiet = "#9aa7b4"', 'quiet = "#39424a"'), "mine.toml")
    weak = list(weak_pairs(theme))
    assert {pair.ink for pair in weak} == {Ink.QUIET}
    assert all(pair.ratio < CONTRAST for pair in weak)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('text = "#e3e8ed"', ""), "mine.toml: [ink]: text is missing"),
        (('text = "#e3e8ed"', 'text = "red"'), "[ink] text: 'red' is neither a colour nor one of bold"),
        (('text = "#e3e8ed"', 'text = "#e3e"'), "[ink] text: needs one colour such as #d0d7de, has #e3e"),
        (('text = "#e3e8ed"', 'text = "bold"'), "[ink] text: needs one colour such as #d0d7de, has none"),
        (('text = "#e3e8ed"', "text = 7"), "[ink] text: must be a text such as"),
        (('text = "#e3e8ed"', 'text = "#e3e8ed"\nshiny = "#ffffff"'), "unknown name 'shiny'"),
        (('kind = "dark"', 'kind = "grey"'), "kind must be one of dark, light, mono, not 'grey'"),
        (('kind = "dark"', 'kind = "mono"'), "a theme of kind 'mono' has no colours"),
        (('name = "dark"', 'name = "My Theme"'), "name must be small letters"),
        (("[ground]", "[grounds]"), "unknown name 'grounds'"),
        (("[ground]", "[ground"), "is not TOML"),
    ],
)
def test_a_broken_theme_says_where_and_why(change: tuple[str, str], says: str) -> None:
    with pytest.raises(ThemeError) as caught:
        loader.parse(dark_text().replace(*change), "mine.toml")
    assert "mine.toml" in str(caught.value)
    assert says in str(caught.value)


def test_ones_own_theme_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "night.toml"
    path.write_text(dark_text().replace('name = "dark"', 'name = "night"'), encoding="utf-8")
    assert loader.read(path).name == "night"


def test_a_missing_file_and_an_unknown_name_are_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(ThemeError, match="cannot be read"):
        loader.read(tmp_path / "none.toml")
    with pytest.raises(ThemeError, match="Shipped themes: dark, light, high-contrast, colour-blind, mono"):
        loader.load("neon")


def test_a_theme_of_ones_own_that_is_hard_to_read_says_which_key_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(dark_text().replace('quiet = "#9aa7b4"', 'quiet = "#39424a"'), encoding="utf-8")
    with pytest.raises(ThemeError) as caught:
        loader.read(path)
    assert str(path) in str(caught.value)
    assert "[ink] quiet is hard to read on [ground] chosen: contrast 1.2" in str(caught.value)
    assert "make quiet brighter or chosen darker" in str(caught.value)


def test_ones_own_themes_are_found_and_broken_ones_are_said_why(tmp_path: Path) -> None:
    (tmp_path / "night.toml").write_text(dark_text().replace('"dark"', '"night"', 1), encoding="utf-8")
    (tmp_path / "same.toml").write_text(dark_text(), encoding="utf-8")
    (tmp_path / "torn.toml").write_text("name =", encoding="utf-8")
    themes, unusable = loader.own(tmp_path)
    assert [theme.name for theme in themes] == ["night"]
    assert "is not TOML" in unusable["torn"]
    assert "'dark' is taken" in unusable["same"]
    assert loader.own(tmp_path / "none") == ([], {})


def test_the_theme_of_high_contrast_reaches_seven_to_one() -> None:
    theme = loader.load("high-contrast")
    for ink, ground in pairs():
        text, under = theme.inks[ink].color, theme.grounds[ground].color
        assert text
        assert under
        assert ratio(text, under) >= 7, (ink, ground)


@pytest.mark.parametrize("vision", MATRICES)
@pytest.mark.parametrize(
    ("inks", "apart"),
    [
        ((Ink.CALM, Ink.WARNING, Ink.BREACH), 30),
        ((Ink.GOOD, Ink.BAD), 30),
        ((Ink.CUSTOMER, Ink.OWN, Ink.COLLEAGUE, Ink.NOTE), 15),
    ],
)
def test_states_and_voices_look_different_with_any_colour_vision(
    vision: str, inks: tuple[Ink, ...], apart: float
) -> None:
    tones = loader.load("colour-blind").inks
    colors = [color for ink in inks if (color := tones[ink].color) is not None]
    assert len(colors) == len(inks)
    assert min(distance(one, other, vision) for one, other in combinations(colors, 2)) >= apart


def test_distance_is_counted_in_lab() -> None:
    assert distance("#000000", "#ffffff", "full colour vision") == pytest.approx(100, abs=0.1)
    assert distance("#ff0000", "#ff0000", "protanopia") == 0
    assert (
        distance("#93cf9b", "#ff9d94", "deuteranopia")
        < 10
        < distance("#93cf9b", "#ff9d94", "full colour vision")
    )
