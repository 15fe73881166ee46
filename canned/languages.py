"""Languages of texts: guessing one by its small words, and joining ``moi`` and ``moi-sv`` to one response."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from canned.model import ANY, Response, content_hash, folded


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


SMALL_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "en": _words(
        "the and you your to of is are this that for with have has not can will we our it on if "
        "please thank what when where how was be do does my in at from would could hello hi i"
    ),
    "fi": _words(
        "ja on ei että se sinun minun olen ole voit voin kun jos niin tai mutta myös vielä nyt "
        "tämä sen mitä miten missä joka jotta hei moi kiitos kiitoksia kyllä meidän teidän saat "
        "olet onko ovat koska vain"
    ),
    "nl": _words(
        "de het een en van ik je jij uw u is dat die niet met voor op te zijn heb heeft hebt kunt "
        "kan we wij ons onze deze dit maar ook nog nu wat hoe waar wanneer bedankt hallo graag "
        "als bij naar aan er mijn"
    ),
    "sv": _words(
        "och att det är en ett jag du din ditt dina mitt min inte som på för med av har kan ska "
        "vi vår oss den denna detta men också nu vad hur var när om tack hej eller till från så "
        "vill dig mig"
    ),
}
"""Words that a text in the language can hardly do without."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_READ: Final = 2_000
"""Characters looked at."""
_SUFFIX: Final = re.compile(
    r"^(?P<stem>.+)[-_](?P<language>en|fi|nl|sv|de|da|nb|no|et|fr|es|ru)$", re.IGNORECASE
)


def guess(text: str) -> str:
    """The language of ``text`` among those of ``SMALL_WORDS``, or empty when its words do not tell.

    ``text`` may be a template: what stands in braces does not count.
    """
    plain = re.sub(r"\{[{%].*?[%}]\}|https?://\S+", " ", text[:_READ])
    words = _WORD.findall(plain.lower())
    counts = {language: sum(word in small for word in words) for language, small in SMALL_WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    others = max(count for language, count in counts.items() if language != best)
    return best if counts[best] > others else ""


def without_language(shortcut: str) -> tuple[str, str]:
    """``moi-sv`` as ``moi`` and ``sv``; the language is empty where the shortcut does not end with one."""
    found = _SUFFIX.match(shortcut)
    return (found["stem"], found["language"].lower()) if found else (shortcut, "")


def fold(responses: Iterable[Response]) -> list[Response]:
    """``responses`` with those that differ by their language's ending alone joined to one.

    ``moi`` and ``moi-sv`` become ``moi`` with a Swedish text. One that stands alone stays as it is, and so
    does a group that differs in anything but shortcut, key and text.
    """
    groups: dict[str, list[Response]] = {}
    for response in responses:
        groups.setdefault(_stem(response), []).append(response)
    return [one for group in groups.values() for one in _joined(group)]


def _stem(response: Response) -> str:
    found = _SUFFIX.match(response.shortcut)
    return folded(found["stem"] if found else response.shortcut)


def _joined(group: Sequence[Response]) -> Sequence[Response]:
    texts: dict[str, str] = {}
    for response in group:
        found = _SUFFIX.match(response.shortcut)
        language = found["language"].lower() if found else ANY
        if response.bodies or language in texts:
            return group
        texts[language] = response.text
    alike = {content_hash(replace(response, shortcut="", text="")) for response in group}
    if len(texts) < 2 or len(alike) > 1:  # noqa: PLR2004  one alone is no pair
        return group
    first = min(group, key=lambda response: len(response.shortcut))
    suffixed = _SUFFIX.match(first.shortcut)
    bodies = {language: text for language, text in texts.items() if language != ANY}
    shortcut = suffixed["stem"] if suffixed else first.shortcut
    return [replace(first, shortcut=shortcut, text=texts.get(ANY, ""), bodies=bodies)]


def unfold(response: Response) -> list[Response]:
    """The response as one for each language, for tools that know no languages; the opposite of ``fold``."""
    if not response.bodies:
        return [response]
    return [
        replace(
            response,
            key=f"{response.key}-{language}" if language else response.key,
            shortcut=f"{response.shortcut}-{language}" if language else response.shortcut,
            text=text,
            bodies={},
        )
        for language, text in response.texts.items()
        if text
    ]
