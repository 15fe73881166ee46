"""Hides people on every row that is painted: their names, e-mail addresses and long numbers. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from agent_tui.desk.text import Displayable
from agent_tui.widgets.cells import width

_MASK: Final = "•"
_SHAPES: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d(?:[ ./-]?\d){4,}")
"""E-mail addresses, and numbers of five digits and more."""
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_INFLECTED: Final = 4
"""Letters that may follow a name of at least as many, as endings do."""


class Veil:
    """Knows which words are names. What it hides keeps its width, so that nothing moves."""

    def __init__(self) -> None:
        self._names: frozenset[str] = frozenset()

    def learn(self, names: Iterable[str]) -> bool:
        """These are the people from now on; whether that hides other words than before."""
        words = frozenset(word for name in names for word in _WORD.findall(name.casefold()))
        changed = words != self._names
        self._names = words
        return changed

    def over(self, text: Displayable) -> Displayable:
        """The text as it may be seen by everybody."""
        plain = _SHAPES.sub(_hidden, text)
        parts: list[str] = []
        done, after_name = 0, False
        for found in _WORD.finditer(plain):
            between, word = plain[done : found.start()], found[0]
            # A first name is known where the whole one is not: what follows with a capital is the rest of it.
            rest = after_name and between == " " and word[0].isupper()
            after_name = self._is_name(word.casefold())
            parts += (between, _hidden(found) if after_name or rest else word)
            done = found.end()
        return Displayable("".join((*parts, plain[done:])))

    def _is_name(self, word: str) -> bool:
        beginnings = range(max(_INFLECTED, len(word) - _INFLECTED), len(word))
        return word in self._names or any(word[:end] in self._names for end in beginnings)


def _hidden(found: re.Match[str]) -> str:
    return _MASK * width(Displayable(found[0]))
