"""What the tests know of each desk that comes along, and how they read its texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

import msgspec

from practice.scenario.model import Canned, Persona, Scenario

CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
IDENTITY_CODE = re.compile(r"\b(\d{6})[-+A-FU-Y](\d{3})([0-9A-Y])\b")
HOST = re.compile(r"https?://([^/\s]+)")
EMAIL = re.compile(r"\S+@\S+\w")
LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Facts:
    """What is true of one desk and not of the others. Ranges are lowest and highest, in seconds."""

    languages: tuple[str, ...]
    portal: str
    """The part of an article's address that names the help centre."""
    customer_number: str
    automatic_after: float
    patience: tuple[float, float]
    reading: tuple[float, float]
    returns_after: tuple[float, float]
    most_used: tuple[str, ...]
    """Short codes that exist in every language."""
    real_names: tuple[str, ...]
    """Names of the real world that its texts leave alone, in small letters."""
    one_language_only: tuple[str, ...] = ()
    """Short codes with an ending that translate nothing."""


WEB: dict[str, Any] = {
    "automatic_after": 60,
    "patience": (90, 600),
    "reading": (4, 12),
    "returns_after": (600, 3600),
}
MESSAGING: dict[str, Any] = {
    "automatic_after": 1200,
    "patience": (3600, 43_200),
    "reading": (20, 900),
    "returns_after": (3600, 43_200),
}
DESKS = {
    "benefits": Facts(
        languages=("fi", "en"),
        portal="etulintu",
        customer_number=r"EL-\d{6}",
        most_used=("hei", "hei-botti", "hetki", "maksu-hylatty", "tilaus", "tilitys", "hairio", "loppu"),
        real_names=("epassi", "edenred", "smartum"),
        **WEB,
    ),
    "event": Facts(
        languages=("nl", "en"),
        portal="bridges-and-locks",
        customer_number=r"BL-\d{6}",
        most_used=("hoi", "uitzoeken", "scherm", "betaling", "hotel", "visum", "badge", "tot-ziens"),
        real_names=("whatsapp", "eventbrite"),
        **MESSAGING,
    ),
    "helpdesk": Facts(
        languages=("fi", "en"),
        portal="pohjanrannan-yliopisto",
        customer_number=r"PR-\d{5}",
        most_used=("moi", "hetki", "tentti-ensin", "salasana", "wifi", "tulostus", "tentti", "loppu"),
        real_names=("moodle", "eduroam", "microsoft"),
        **WEB,
    ),
    "tax": Facts(
        languages=("fi", "sv", "en"),
        portal="tax",
        customer_number=r"VT-\d{4}-\d{3}",
        most_used=(
            "moi",
            "hetki",
            "verokortti-muutos",
            "kotitalous-haku",
            "henkilotiedot",
            "siirto",
            "loppu",
        ),
        real_names=(
            "vero.fi",
            "verohallin",
            "skatteförvaltning",
            "omavero",
            "minskatt",
            "mytax",
            "vero skatt",
        ),
        one_language_only=("eka-tyo-en",),
        **WEB,
    ),
}


def strings(value: Any) -> Iterator[str]:
    """Every text of a value made of tables, lists and texts."""
    match value:
        case str():
            yield value
        case dict():
            yield from chain.from_iterable(strings(part) for part in value.values())
        case list():
            yield from chain.from_iterable(strings(part) for part in value)
        case _:
            return


def texts_of(desk: Scenario) -> list[str]:
    """Every text of a desk."""
    return list(strings(msgspec.to_builtins(desk)))


def said(persona: Persona) -> list[list[str]]:
    """Every way of saying something that a persona has."""
    spoken = [persona.opening, persona.thanks, persona.nudge, persona.leaving, persona.back]
    spoken += [part.say for part in persona.follow_ups]
    spoken += [part.say for part in persona.reactions]
    return [lines for variants in spoken if variants for lines in variants]


def language_of(canned: Canned, languages: tuple[str, ...]) -> str:
    """A short code without an ending is in the first language."""
    ending = canned.short_code.rpartition("-")[2]
    return ending if ending in languages else languages[0]
