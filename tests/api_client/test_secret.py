"""A secret never shows itself."""

import pickle

import pytest

from api_client.secret import Secret


@pytest.mark.parametrize("show", [str, repr, lambda s: f"{s}", lambda s: f"{s!r:>20}", lambda s: f"{[s]}"])
def test_no_way_of_printing_a_secret_shows_it(show: object) -> None:
    assert callable(show)
    assert "hunter" not in show(Secret("hunter2"))


def test_a_secret_gives_its_value_when_asked() -> None:
    assert Secret("hunter2").reveal() == "hunter2"


def test_a_secret_is_not_pickled() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret("hunter2"))


def test_secrets_compare_by_value_and_only_with_secrets() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1


def test_an_empty_secret_is_false() -> None:
    assert not Secret("")
    assert Secret("x")


@pytest.mark.parametrize("value", ["", "two words", "line\nbreak", "naïve", "tab\t", "\x00"])
def test_only_visible_ascii_can_stand_in_a_header(value: str) -> None:
    assert not Secret(value).sendable
    assert Secret("q7Wm2cYyq3m4").sendable
