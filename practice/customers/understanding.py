"""What an answer amounts to for a customer: a link, a repeat, a question, a plea for patience, a good-bye.

Customers do not understand language. They know the phrases below, in the four languages of the desks,
whatever language they write in themselves, because agents mix languages too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Literal

Kind = Literal["link", "repeated", "question", "hold", "closing"]

HOLD_LENGTH = 240
"""A longer text that says "one moment" somewhere is an answer all the same. In characters."""

REPEAT_LENGTH = 20
"""A shorter text, such as "Ok.", may be sent again without anybody minding. In characters."""

HOLD_PHRASES = {
    "fi": (
        "hetki",
        "hetkinen",
        "hetken",
        "odota",
        "odotathan",
        "odottaisitko",
        "odotatko",
        "palaan pian",
        "palaan kohta",
        "vastaan kohta",
        "vastaan pian",
        "katsotaanpa",
        "siirrän keskustelun",
        "tarkistan",
        "selvitän",
    ),
    "sv": (
        "ögonblick",
        "ögonblicket",
        "vänta lite",
        "kan du vänta",
        "svarar strax",
        "strax tillbaka",
        "kopplar dig",
        "jag kollar",
        "jag kontrollerar",
        "jag undersöker",
        "jag ska se efter",
    ),
    "nl": (
        "een moment",
        "moment",
        "momentje",
        "ogenblik",
        "ogenblikje",
        "even geduld",
        "wacht even",
        "blijf even",
        "ik kijk even",
        "ik kijk het na",
        "ik zoek het op",
        "ik zoek het uit",
        "ik verbind u",
        "ik verbind je",
    ),
    "en": (
        "one moment",
        "a moment",
        "a minute",
        "one minute",
        "hold on",
        "bear with me",
        "please wait",
        "let me check",
        "let me look",
        "let me see",
        "passing this chat",
        "transferring you",
        "i will check",
        "i'll check",
        "i'll look",
    ),
}
CLOSING_PHRASES = {
    "fi": (
        "päivänjatkoa",
        "illanjatkoa",
        "viikonloppua",
        "näkemiin",
        "hei hei",
        "voinko auttaa vielä",
        "voinko vielä auttaa",
        "voinko olla vielä avuksi",
        "onko vielä jotain",
        "onko sinulla muuta",
        "onko jotain muuta",
        "muuta kysyttävää",
        "muuta mielessä",
        "kiitos yhteydenotosta",
        "suljen keskustelun",
    ),
    "sv": (
        "ha en bra",
        "ha en fin",
        "ha en fortsatt",
        "ha det bra",
        "trevlig helg",
        "trevlig kväll",
        "hej då",
        "något mer",
        "något annat jag kan",
        "något annat som jag kan",
        "fler frågor",
        "tack för att du kontaktade",
        "avslutar chatten",
        "stänger chatten",
    ),
    "nl": (
        "fijne dag",
        "prettige dag",
        "fijne avond",
        "fijn weekend",
        "prettig weekend",
        "tot ziens",
        "nog iets anders",
        "anders nog iets",
        "verder nog iets",
        "nog vragen",
        "andere vragen",
        "ergens anders mee helpen",
        "sluit het gesprek",
    ),
    "en": (
        "have a nice",
        "have a good",
        "have a great",
        "have a lovely",
        "goodbye",
        "good bye",
        "anything else",
        "any other question",
        "any other questions",
        "any more questions",
        "take care",
        "thank you for contacting",
        "closing this chat",
        "closing the chat",
    ),
}

_LINK = re.compile(r"https?://\S|\bwww\.\w", re.IGNORECASE)
_QUESTION = re.compile(r"\?(?!\S*\w)")


def kinds_of(answer: Sequence[str], earlier: Collection[str]) -> frozenset[Kind]:
    """What ``answer``, messages sent one after another, amounts to.

    ``earlier`` holds what this customer got before, by :func:`gist`. Links and repeats count wherever
    they stand; the last message decides about the rest. An answer may be several things, or none.
    """
    last = answer[-1]
    closing = _says(last, CLOSING)
    open_ended = not closing and not _LINK.search(last)
    found: dict[Kind, bool] = {
        "link": any(_LINK.search(text) for text in answer),
        "repeated": any(gist(text) in earlier and len(text) > REPEAT_LENGTH for text in answer),
        "closing": closing,
        "hold": open_ended and len(last) <= HOLD_LENGTH and _says(last, HOLD),
        "question": open_ended and _QUESTION.search(last) is not None,
    }
    return frozenset(kind for kind, true in found.items() if true)


def gist(text: str) -> str:
    """A text without what does not make it another one: case and spaces."""
    return " ".join(text.casefold().split())


def _any_of(phrases: dict[str, tuple[str, ...]]) -> re.Pattern[str]:
    every = sorted({re.escape(phrase) for group in phrases.values() for phrase in group})
    return re.compile(rf"\b(?:{'|'.join(every)})\b")


HOLD = _any_of(HOLD_PHRASES)
CLOSING = _any_of(CLOSING_PHRASES)


def _says(text: str, phrases: re.Pattern[str]) -> bool:
    return phrases.search(gist(text).replace("’", "'")) is not None
