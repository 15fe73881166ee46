"""The emoji that are offered take two cells everywhere, and are found in four languages."""

from __future__ import annotations

import unicodedata

import pytest
import regex  # type: ignore[import-untyped]
import wcwidth
from rich.cells import cell_len

from agent_tui.desk.emoji import EMOJI, find, named


@pytest.mark.parametrize("sign", [one.sign for one in EMOJI])
def test_each_is_one_sign_of_two_cells_by_itself(sign: str) -> None:
    assert len(sign) == 1
    assert regex.fullmatch(r"\p{Emoji_Presentation}", sign)
    assert unicodedata.east_asian_width(sign) == "W"
    assert wcwidth.wcwidth(sign, "9.0.0") == cell_len(sign) == 2


def test_no_name_and_no_sign_comes_twice() -> None:
    assert len({one.name for one in EMOJI}) == len({one.sign for one in EMOJI}) == len(EMOJI)
    assert all(one.name.isascii() and one.name.isalpha() and len(one.name) > 1 for one in EMOJI)


@pytest.mark.parametrize("words", ["thanks", "kiit", "tack", "bedankt", "THANKS", ":thanks:"])
def test_thanks_are_found_in_four_languages(words: str) -> None:
    assert find(words)[0].sign == "🙏"


def test_a_name_comes_before_a_word() -> None:
    assert [one.name for one in find("home")] == ["home"]
    assert find("ok")[0].name == "okay"
    assert find("zzz") == []
    assert len(find("")) == len(EMOJI)


def test_a_whole_name_has_its_sign() -> None:
    assert (named("Wave"), named("nobody")) == ("👋", None)
