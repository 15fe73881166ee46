"""How people promise in four languages to be back, and by when: as data. See ``docs/waiting.md``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from agent_tui.desk.late import pattern

_WILL: Final = (
    # Finnish
    "palaan", "palaamme", "selvitän", "selvitämme", "lupaan", "lupaamme", "ilmoitan", "ilmoitamme", "soitan",
    "soitamme", "lähetän", "lähetämme", "hoidan", "hoidamme", "otan yhteyttä", "otamme yhteyttä",
    # Swedish
    "återkommer", "jag lovar", "vi lovar", "jag meddelar", "vi meddelar", "jag ringer", "vi ringer",
    "jag skickar", "vi skickar", "hör av mig", "hör av oss",
    # Dutch
    "kom ik terug", "ik kom terug", "komen we terug", "ik beloof", "wij beloven", "laat ik u weten",
    "laten we u weten", "ik laat u", "wij laten u", "ik bel", "wij bellen", "ik stuur", "wij sturen",
    "we sturen",
    # English
    "i will", "i'll", "i’ll", "we will", "we'll", "we’ll", "i promise", "we promise", "get back to you",
    "let you know",
)  # fmt: skip
"""A promise by themselves."""
_WITH_A_TIME: Final = (
    # Finnish
    "vastaan", "vastaamme", "tarkistan", "tarkistamme", "kerron", "kerromme", "olen takaisin",
    # Swedish
    "jag svarar", "vi svarar", "jag kollar", "vi kollar", "jag är tillbaka", "är jag tillbaka", "tillbaka om",
    # Dutch
    "kom ik", "ik kom", "en kom", "komen we", "komen wij", "ik zoek", "en bel", "bel ik", "stuur ik",
    "ik laat", "laat ik", "ik antwoord", "ik controleer", "ik kijk", "ben ik", "ik ben", "ik meld me",
    "meld ik me",
    # English
    "be back", "be right back", "back in", "back with you", "give me",
)  # fmt: skip
"""A promise only where a time stands beside them."""


def _words(spelled: Iterable[str]) -> Callable[[], re.Pattern[str]]:
    return pattern(rf"(?<!\w)(?:{'|'.join(map(re.escape, spelled))})(?!\w)")


_will: Final = _words(_WILL)
_may: Final = _words((*_WILL, *_WITH_A_TIME))
_sentence: Final = pattern(
    r"(?:[^.!?\n]|(?<=\d)[.](?=\d)|(?<=\bkl)[.]|(?<=\bca)[.]|(?<=\bmin)[.](?=\s*[a-zåäö]))+[.!?]*"
)
_quoted: Final = pattern(r"^\s*>.*$", re.MULTILINE)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, without lines it quotes. A point in a time of day ends none."""
    yield from (found.strip() for found in _sentence().findall(_quoted().sub("", text)))


def is_promise(sentence: str) -> bool:
    """Whether the writer says what they will do, at whatever time; a question promises nothing."""
    return _will().search(sentence.casefold()) is not None and not sentence.rstrip().endswith("?")


def is_promise_with_a_time(sentence: str) -> bool:
    """Whether a time in the sentence would be one at which the writer wants to be back."""
    return _may().search(sentence.casefold()) is not None and not sentence.rstrip().endswith("?")


class Tongue(NamedTuple):
    """How a language says until when. Expressions match folded text."""

    numbers: Mapping[str, int]
    spans: re.Pattern[str]
    """``from``, ``to``: numbers; ``hours`` or ``minutes``: the unit."""
    sayings: tuple[tuple[re.Pattern[str], float], ...]
    """Whole expressions, with their minutes."""


_DIGITS: Final = r"\d{1,3}(?:[.,]5)?"


def _tongue(numbers: str, span: str, about: str, hours: str, minutes: str, **sayings: float) -> Tongue:
    """``span`` holds ``{n}`` for the number and ``{unit}``; sayings are spelled with ``_`` for a blank."""
    named = {word: int(number) for word, _, number in (one.partition("=") for one in numbers.split())}
    number = f"(?:{_DIGITS}|{'|'.join(sorted(named, key=len, reverse=True))})"
    amount = rf"(?:{about})?(?:(?P<from>{number})\s*(?:-|–|to|tot|till|à)\s*)?(?P<to>{number})"
    unit = rf"(?:(?P<hours>{hours})|(?P<minutes>{minutes}))"
    expression = span.replace("{n}", amount).replace("{unit}", unit)
    return Tongue(
        named,
        re.compile(rf"(?<!\w){expression}(?!\w)"),
        tuple((_saying(words, about), value) for words, value in sayings.items()),
    )


def _saying(words: str, about: str) -> re.Pattern[str]:
    first, *rest = words.split("_")
    blank = r"\s+"
    return re.compile(rf"(?<!\w){first}{blank}(?:{about})?{blank.join(rest)}(?!\w)")


@cache
def tongues() -> tuple[Tongue, ...]:
    """The four languages; made when a text is first looked at, which holds up no first screen.

    Words for a moment, "a minute", "a few minutes", are no time that could be held against anybody.
    """
    return (
        # English
        _tongue(
            "one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 "
            "fifteen=15 "
            "twenty=20 twenty-five=25 thirty=30 forty=40 forty-five=45 fifty=50 sixty=60",
            r"(?:in|within|give\s+me)\s+{n}\s*{unit}",
            r"(?:about|around|roughly|the\s+next)\s+",
            "hours?|hrs?|h",
            "minutes?|mins?|m",
            in_half_an_hour=30, within_half_an_hour=30, in_an_hour=60, within_an_hour=60, within_the_hour=60,
            in_a_quarter_of_an_hour=15, in_three_quarters_of_an_hour=45, in_an_hour_and_a_half=90,
            in_a_half_hour=30,
        ),
        # Finnish
        _tongue(
            "yhden=1 kahden=2 kolmen=3 neljän=4 viiden=5 kuuden=6 seitsemän=7 kahdeksan=8 yhdeksän=9 "
            "kymmenen=10 yhdentoista=11 kahdentoista=12 viidentoista=15 kahdenkymmenen=20 "
            "kahdenkymmenenviiden=25 kolmenkymmenen=30 neljänkymmenen=40 neljänkymmenenviiden=45 "
            "viidenkymmenen=50",
            r"{n}\s*{unit}[.]?\s+(?:kuluttua|päästä|sisällä|kuluessa)",
            r"(?:noin|n[.])\s+",
            "tunnin|h",
            "minuutin|min",
            vartin_kuluttua=15, vartin_päästä=15, vartin_sisällä=15, puolen_tunnin_kuluttua=30,
            puolen_tunnin_päästä=30, puolen_tunnin_sisällä=30, puolen_tunnin_kuluessa=30, tunnin_kuluttua=60,
            tunnin_päästä=60, tunnin_sisällä=60, tunnin_kuluessa=60, kolmen_vartin_kuluttua=45,
            kolmen_vartin_päästä=45, puolentoista_tunnin_kuluttua=90, puolentoista_tunnin_päästä=90,
        ),
        # Swedish
        _tongue(
            "två=2 tre=3 fyra=4 fem=5 sex=6 sju=7 åtta=8 nio=9 tio=10 elva=11 tolv=12 femton=15 tjugo=20 "
            "tjugofem=25 "
            "trettio=30 fyrtio=40 fyrtiofem=45 femtio=50",
            r"(?:om|inom)\s+{n}\s*{unit}",
            r"(?:ca[.]?|cirka|ungefär|högst)\s+",
            "timmar|timme|tim|h",
            "minuter|minut|min",
            om_en_kvart=15, inom_en_kvart=15, om_tre_kvart=45, om_en_halvtimme=30, om_en_halv_timme=30,
            inom_en_halvtimme=30, om_en_timme=60, inom_en_timme=60, om_en_och_en_halv_timme=90,
        ),
        # Dutch
        _tongue(
            "twee=2 drie=3 vier=4 vijf=5 zes=6 zeven=7 acht=8 negen=9 tien=10 elf=11 twaalf=12 vijftien=15 "
            "twintig=20 "
            "vijfentwintig=25 dertig=30 veertig=40 vijfenveertig=45 vijftig=50",
            r"(?:over|binnen)\s+{n}\s*{unit}",
            r"(?:ongeveer|circa|zo'n|hooguit)\s+",
            "uren|uur|u",
            "minuten|minuut|min",
            over_een_kwartier=15, binnen_een_kwartier=15, over_drie_kwartier=45, over_een_half_uur=30,
            over_een_halfuur=30, binnen_een_half_uur=30, binnen_een_halfuur=30, over_een_uur=60,
            binnen_een_uur=60, over_anderhalf_uur=90, binnen_anderhalf_uur=90,
        ),
    )  # fmt: skip


clock: Final = pattern(
    r"(?<!\w)(?:before|by|at|until|around|ennen|viimeistään|klo|kello|före|innan|senast|vid|kl[.]?|runt|"
    r"voor|vóór|om|uiterlijk|tegen|rond|vanaf)\s+"
    r"(?:(?P<marked>klo|kello|kl[.]?)\s*)?"
    r"(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?"
    r"(?:\s*(?P<half>[ap])[.]?m[.]?)?(?:\s+(?P<uur>uur))?(?![\w%€$]|[.,:]\d|\s*(?:min|h\b|tim|tun|eur))"
)
"""A time of day by which it is to happen; one without minutes needs a word that makes it one."""
naked: Final = pattern(r"(?<!\w)(?:klo|kello|kl[.]?)\s+\d")
tomorrow: Final = pattern(r"(?<!\w)(?:tomorrow|huomenna|huomiseen|i\s?morgon|imorgon|morgen)(?!\w)")
other_day: Final = pattern(
    r"(?<!\w)(?:mon|tues|wednes|thurs|fri|satur|sun)day(?!\w)"
    r"|(?<!\w)(?:maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai)\w*"
    r"|(?<!\w)(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?(?!\w)"
    r"|(?<!\w)(?:maan|dins|woens|donder|vrij|zater|zon)dag(?!\w)"
    r"|(?<!\d)[0-3]?\d[./][01]?\d[.](?!\d)|(?:next|ensi|nästa|volgende)\s+\w+"
)
