"""Lines that let a customer wait in good faith: the team's canned ones, and one in each language. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from canned.model import Response, folded

HOLDING: Final = "holding"
"""The category or tag of canned responses that are holding lines."""
_MOST: Final = 5
_BUILT_IN: Final = {
    "en": "Thank you for waiting. I am looking into this and will be back with you in 5 minutes.",
    "fi": "Kiitos, että odotat. Selvitän asiaa ja palaan viiden minuutin kuluttua.",
    "sv": "Tack för att du väntar. Jag tittar på det här och återkommer om fem minuter.",
    "nl": "Dank u voor het wachten. Ik zoek dit uit en kom binnen vijf minuten bij u terug.",
}


def holding_line(language: str, own: Iterable[str]) -> str:
    """The line in a language of two letters, English for others; ``own`` are settings, ``fi = …``."""
    lines = dict(_BUILT_IN)
    for written in own:
        code, _, line = written.partition("=")
        lines[code.strip()] = line.strip()
    return lines.get(language) or lines["en"]


def holding_responses(responses: Iterable[Response], queue: str) -> list[Response]:
    """The canned responses meant for it that the queue may use."""
    meant = (one for one in responses if HOLDING in {name.casefold() for name in (*one.category, *one.tags)})
    here = folded(queue)
    return [one for one in meant if not one.queues or here in map(folded, one.queues)][:_MOST]
