"""All visible text of our own passes here: message catalogs, plurals, and values put into sentences."""

from __future__ import annotations

import gettext
from importlib import resources

from agent_tui.desk.text import Displayable

Value = Displayable | int
"""What may stand in a sentence: numbers, and text that is already safe to show."""

_catalog: gettext.NullTranslations = gettext.NullTranslations()


def choose_language(languages: list[str]) -> None:
    """Use the first catalog there is for ``languages`` (e.g. ``["fi", "sv"]``), else English."""
    global _catalog  # noqa: PLW0603  the language of a process is one
    with resources.as_file(resources.files("agent_tui") / "locale") as folder:
        _catalog = gettext.translation("agent_tui", folder, languages, fallback=True)


def say(sentence: str, **values: Value) -> Displayable:
    """The sentence in the user's language with ``{name}`` replaced by its value."""
    return Displayable(_catalog.gettext(sentence).format(**values))


def count(one: str, many: str, n: int, **values: Value) -> Displayable:
    """The sentence in the number that ``n`` takes; ``{n}`` is replaced by it."""
    return Displayable(_catalog.ngettext(one, many, n).format(n=n, **values))
