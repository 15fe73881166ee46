"""All visible text of our own passes here: message catalogs, plurals, and values put into sentences."""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from agent_tui.desk.text import Displayable, clean_line

Value = Displayable | int
"""What may stand in a sentence: numbers, and text that is already safe to show."""

LOCALE: Final = Path(__file__).parent / "locale"
"""Where the catalogs are."""
_LONGEST_PATH: Final = 4096
"""Characters; no system allows more."""
_DOMAIN: Final = "agent_tui"
_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")

_catalog: gettext.NullTranslations = gettext.NullTranslations()


def choose_language(languages: Sequence[str]) -> None:
    """Use the first catalog there is for ``languages`` (e.g. ``["fi", "sv"]``), else English."""
    global _catalog  # noqa: PLW0603  the language of a process is one
    # English is what stands in the code: a wish for it ends the search, as a catalog would.
    wanted = [] if languages and languages[0][:2] == "en" else list(languages)
    _catalog = gettext.translation(_DOMAIN, LOCALE, wanted, fallback=True)


def wanted_languages(chosen: str, environ: Mapping[str, str]) -> list[str]:
    """Languages to speak, the wanted one first: the chosen one, else the system's (``fi_FI``)."""
    if chosen:
        return [chosen]
    named = next((environ[name] for name in _VARIABLES if environ.get(name)), "")
    return [named.partition(".")[0]] if named else []


def say(sentence: str, **values: Value) -> Displayable:
    """The sentence in the user's language with ``{name}`` replaced by its value.

    The catalog knows what stands in the code at the call, so ``sentence`` is written there, word for word.
    """
    return Displayable(_catalog.gettext(sentence).format(**values))


def count(one: str, many: str, n: int, **values: Value) -> Displayable:
    """The sentence in the number that ``n`` takes; ``{n}`` is replaced by it. Written out as in ``say``."""
    return Displayable(_catalog.ngettext(one, many, n).format(n=n, **values))


def shown(path: Path | str) -> Displayable:
    """A path in a sentence, in full."""
    return clean_line(str(path), limit=_LONGEST_PATH)


def decimal(value: float, places: int = 1) -> Displayable:
    """A number with its decimal mark: ``1.5``, in Finnish ``1,5``."""
    whole, _, part = f"{value:.{places}f}".partition(".")
    if not part:
        return Displayable(whole)
    return say("{whole}.{part}", whole=Displayable(whole), part=Displayable(part))


def percent(share: float) -> Displayable:
    """A share of one: ``80%``, in Finnish ``80 %``."""
    return say("{n}%", n=round(share * 100))


def clock(hour: int, minute: int) -> Displayable:
    """A time of day, five cells: ``14:02``, in Finnish ``14.02``."""
    return say("{hour}:{minute}", hour=Displayable(f"{hour:02}"), minute=Displayable(f"{minute:02}"))
