"""A language is told only where there is no doubt: never wrongly, over everything the practice desks say."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import practice
from canned.certainty import sure_of

DESKS = Path(practice.__file__).parent / "desks"


def sentences(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) > 30 and " " in value and not value.startswith("http"):
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from sentences(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from sentences(inner)


def written() -> Iterator[tuple[str, str]]:
    """Language and text of all that personas and articles say."""
    for file in sorted(DESKS.glob("*/*.toml")):
        language = re.search(r"-(fi|sv|nl|en)[-.]", file.name)
        if language:
            yield from ((language[1], text) for text in sentences(tomllib.loads(file.read_text("utf-8"))))


def test_over_all_practice_texts_no_language_is_told_wrongly_and_most_are_told() -> None:
    outcomes = {language: Counter[str]() for language in ("fi", "sv", "nl", "en")}
    for language, text in written():
        outcomes[language][sure_of(text)] += 1
    for language, found in outcomes.items():
        assert set(found) <= {language, ""}, (language, found)
        assert found[language] > 0.65 * found.total(), (language, found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "https://vero.example/on/ja/ei/se/kun",
        "Guten Tag, bitte schicken Sie mir die Rechnung, ich habe sie nicht bekommen.",
        "Bonjour, je ne peux pas me connecter à mon compte.",
        "Moi, the card is nyt ready, kiitos and hello again",
    ],
)
def test_a_doubt_is_a_doubt(text: str) -> None:
    assert sure_of(text) == ""
