"""The catalogs fit the sentences: the same gaps, marks and keys, and no word too wide for its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.catalogs import LANGUAGES, translation, untranslated

GAP = re.compile(r"\{(\w*)\}")
KEY = re.compile(r"\b(?:F\d+|Esc|Enter|Ctrl|Alt|--[a-z-]+|AGENT_TUI_[A-Z]+)")
SIGN = re.compile(r"[●○◐◷✓✗◆▤‖↓↑→…·]")
MARKUP = re.compile(r"\[/?[a-z]*\]|</?[a-z]+>|%[(sd]|&[a-z]+;")


class Pair(NamedTuple):
    """A sentence of the code and what it became."""

    language: str
    english: str
    words: str


def pairs() -> Iterator[Pair]:
    """Every sentence there is a translation of, plurals form by form."""
    for language in LANGUAGES:
        for message in translation(language):
            english, words = forms(message.id), forms(message.string)
            if english[0]:
                yield from (Pair(language, *both) for both in zip(english, words, strict=True) if both[1])


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


PAIRS = list(pairs())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    assert untranslated(language) == []


def failing(good: object) -> str:
    return f"see these in their catalogs: {good}"


def test_every_gap_of_a_sentence_is_filled_in_its_translations() -> None:
    wrong = [pair for pair in PAIRS if set(GAP.findall(pair.english)) != set(GAP.findall(pair.words))]
    assert not wrong, failing(wrong)


def test_a_translation_can_be_put_together() -> None:
    for pair in PAIRS:
        assert pair.words.format(**dict.fromkeys(GAP.findall(pair.english), "x"))


def test_translations_keep_the_blanks_at_the_ends() -> None:
    def ends(text: str) -> tuple[int, int]:
        return len(text) - len(text.lstrip()), len(text) - len(text.rstrip())

    wrong = [pair for pair in PAIRS if ends(pair.english) != ends(pair.words)]
    assert not wrong, failing(wrong)


def test_translations_keep_the_full_stop() -> None:
    wrong = [
        pair
        for pair in PAIRS
        if pair.english.endswith((".", ":", "?")) != pair.words.endswith((".", ":", "?"))
    ]
    assert not wrong, failing(wrong)


def test_translations_raise_their_voice_no_more_than_the_sentence() -> None:
    wrong = [pair for pair in PAIRS if pair.words.count("!") > pair.english.count("!")]
    assert not wrong, failing(wrong)


def test_translations_have_no_markup() -> None:
    wrong = [pair for pair in PAIRS if set(MARKUP.findall(pair.words)) - set(MARKUP.findall(pair.english))]
    assert not wrong, failing(wrong)


def test_translations_keep_the_signs_and_the_keys() -> None:
    wrong = [
        pair for pair in PAIRS for known in (SIGN, KEY)
        if sorted(known.findall(pair.english)) != sorted(known.findall(pair.words))
    ]  # fmt: skip
    assert not wrong, failing(wrong)


def test_translations_use_quotation_marks_of_their_language() -> None:
    assert not [pair for pair in PAIRS if pair.language != "nl" and set("“„«»") & set(pair.words)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_forms_of_a_plural_are_left_half_done(language: str) -> None:
    for message in translation(language):
        if not isinstance(message.id, str):
            words = forms(message.string)
            assert all(words) or not any(words), message.id
