"""The date and the time of day in the customer's words, as the values ``now.…`` of a template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

GREETINGS: Final[Mapping[str, tuple[str, str, str]]] = {
    "da": ("Godmorgen", "Goddag", "Godaften"),
    "de": ("Guten Morgen", "Guten Tag", "Guten Abend"),
    "en": ("Good morning", "Good afternoon", "Good evening"),
    "et": ("Tere hommikust", "Tere päevast", "Tere õhtust"),
    "fi": ("Hyvää huomenta", "Hyvää päivää", "Hyvää iltaa"),
    "nb": ("God morgen", "God dag", "God kveld"),
    "nl": ("Goedemorgen", "Goedemiddag", "Goedenavond"),
    "no": ("God morgen", "God dag", "God kveld"),
    "sv": ("God morgon", "God dag", "God kväll"),
}
"""Greetings for morning, day and evening. A language that is not here leaves a gap, not a wrong greeting."""
_MORNING, _NOON, _EVENING = 5, 12, 18
"""Hours at which a morning, a day and an evening begin; the evening ends with the night."""

NAMES: Final = ("date", "greeting", "time", "time_of_day", "tomorrow", "weekday")
"""What there is below ``now``."""


def moment(language: str, at: datetime) -> Mapping[str, str]:
    """The values below ``now`` for a customer of ``language`` (two letters) at the local time ``at``.

    In Finnish: ``date`` 3. helmikuuta, ``weekday`` tiistaina, ``time`` 9.05, ``time_of_day`` aamulla,
    ``tomorrow`` keskiviikkona, ``greeting`` Hyvää huomenta. A language nobody knows gives no values.
    """
    return _moment(language, at.replace(second=0, microsecond=0))


@lru_cache(maxsize=64)
def _moment(language: str, at: datetime) -> Mapping[str, str]:
    from babel import Locale, UnknownLocaleError, dates  # noqa: PLC0415  costs 12 ms; few templates ask

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError, TypeError):
        return {}
    day = dates.get_period_id(at.time(), locale=locale, type="selection") or ""
    periods = locale.day_periods.get("format", {})
    # Dutch keeps its words under "abbreviated" alone.
    words = {**periods.get("abbreviated", {}), **periods.get("wide", {})}
    return {
        "date": dates.format_skeleton("MMMMd", at, locale=locale),
        "weekday": dates.format_date(at, "EEEE", locale=locale),
        "tomorrow": dates.format_date(at + timedelta(days=1), "EEEE", locale=locale),
        "time": dates.format_time(at, "short", locale=locale).replace("\u202f", " "),
        "time_of_day": words.get(day, ""),
        "greeting": _greeting(language, at.hour),
    }


def _greeting(language: str, hour: int) -> str:
    greetings = GREETINGS.get(language[:2].lower())
    if greetings is None:
        return ""
    morning, day, evening = greetings
    return morning if _MORNING <= hour < _NOON else day if _NOON <= hour < _EVENING else evening
