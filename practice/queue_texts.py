"""What a queue says by itself: a text by language, or one that a lead has set for all of them.

The empty language holds what stands in for others. A text set for all stands in front of the others, which
come back when the lead sets the one that was told before.
"""

from __future__ import annotations

from typing import Final

from practice.store.rows import Json

FOR_ALL: Final = "*"


def told(texts: Json) -> str | None:
    """The one text that the wire has room for."""
    text = texts.get(FOR_ALL) or texts.get("")
    return str(text) if text else None


def for_language(texts: Json, language: str) -> str | None:
    """What a customer who writes a language is told."""
    text = texts.get(FOR_ALL) or texts.get(language) or texts.get("")
    return str(text) if text else None


def by_language(texts: Json) -> Json:
    """As :func:`for_language` would say them, all at once."""
    return {"": texts[FOR_ALL]} if FOR_ALL in texts else texts


def set_for_all(texts: Json, text: str) -> Json:
    """The texts with this one set; an empty one takes all away."""
    if not text:
        return {}
    own = {language: kept for language, kept in texts.items() if language != FOR_ALL}
    return own if own.get("") == text else {**own, FOR_ALL: text}
