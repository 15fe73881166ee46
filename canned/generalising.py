"""A text that was written for one customer, turned back into a template: names and numbers taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from canned.render import Values
from canned.spans import GAP_CLOSE, GAP_OPEN, Span

_LEAST: Final = 2
"""Letters of a value that is looked for."""
_LEAST_OF_ID: Final = 4
"""Of a number that stands for somebody: a shorter one is seldom meant, "12" in a text is twelve."""
_NUMBER: Final = re.compile(r"(?<![\w/.-])\+?\d(?:[ \-./]?\d){3,}(?![\w/-])")
"""Four digits and more: an order, a card, a telephone; not a year alone, see ``_YEAR``."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")
_BRACES: Final = re.compile(r"\{\{|\{%")
_ENDING: Final = r"\w{1,5}(?!\w)"
_PREFERRED: Final = ("contact.first_name", "agent.first_name")
"""Where a name has one word only, it is the first name."""


class Generalised(Struct, frozen=True):
    """A template, and what became of what stood there."""

    text: str
    variables: tuple[str, ...]
    """Paths that took the place of words, each once, in reading order."""
    numbers: tuple[str, ...]
    """Numbers that became fields."""
    doubtful: tuple[str, ...]
    """Words that look like one of the values and stayed: a name with an ending."""


def generalised(text: str, values: Values, *, fields: Iterable[Span] = (), known: str = "") -> Generalised:
    """``text`` as a template.

    Args:
        text: what the agent wrote.
        values: of the chat it was written in.
        fields: places in ``text`` that were fields to fill in, and are again.
        known: words whose numbers belong to the text itself, such as the template it came from.
    """
    names = _names(values)
    work = _Work(names, known)
    parts: list[str] = []
    at = 0
    for field in sorted(fields, key=lambda one: one.start):
        if field.start >= at:
            parts += [work.turned(text[at : field.start]), work.declared(field)]
            at = field.end
    parts.append(work.turned(text[at:]))
    return Generalised(
        "".join(parts),
        tuple(dict.fromkeys(work.variables)),
        tuple(dict.fromkeys(work.numbers)),
        tuple(dict.fromkeys(work.doubtful)),
    )


class _Work:
    """One text on its way; remembers what it has met."""

    def __init__(self, names: Mapping[str, str], known: str) -> None:
        self._names = names
        self._known = re.sub(r"\D", "", known)
        self._declared: dict[str, str] = {}
        self.variables: list[str] = []
        self.numbers: list[str] = []
        self.doubtful: list[str] = []
        whole = "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)"
        self._pattern = re.compile(
            rf"(?P<name>(?<!\w)(?:{whole})(?!\w))|(?P<ending>(?<!\w)(?:{whole}){_ENDING})"
            rf"|(?P<number>{_NUMBER.pattern})|(?P<brace>{_BRACES.pattern})"
        )

    def turned(self, text: str) -> str:
        return self._pattern.sub(self._one, text)

    def declared(self, field: Span) -> str:
        """A field, or what says the same as the field of its name before."""
        name = field.name.replace("_", " ")
        if name in self._declared and re.fullmatch(r"\w+", self._declared[name]):
            return f"{{{{ field.{self._declared[name]} }}}}"
        self._declared.setdefault(name, field.name)
        return _declared(field)

    def _one(self, found: re.Match[str]) -> str:
        words = found[0]
        if found["name"] is not None:
            self.variables.append(self._names[words])
            return f"{{{{ {self._names[words]} }}}}"
        if found["brace"] is not None:
            return f"{{{{ '{words}' }}}}"
        if found["ending"] is not None:
            self.doubtful.append(words)
            return words
        if _YEAR.match(words) or re.sub(r"\D", "", words) in self._known:
            return words
        self.numbers.append(words)
        return f'{{% field "number{len(self.numbers)}" %}}'


def _names(values: Values) -> dict[str, str]:
    """The path of each value that can be looked for."""
    found: dict[str, str] = {}
    paths = sorted(_paths(values), key=lambda one: (one[0] not in _PREFERRED, one[0].startswith("agent")))
    for path, value in paths:
        words = value.strip()
        least = _LEAST_OF_ID if path.endswith(".id") else _LEAST
        if len(words) >= least and not path.startswith("field."):
            found.setdefault(words, path)
    return found


def _paths(values: Values, above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, str):
            yield f"{above}{name}", value
        else:
            yield from _paths(value, f"{above}{name}.")


def _declared(field: Span) -> str:
    told = [f"default: {_quoted(field.default)}"] if field.default else []
    told += [f"choices: {_quoted('|'.join(field.choices))}"] if field.choices else []
    told += [f"hint: {_quoted(field.hint)}"] if field.hint else []
    return f"{{% field {', '.join((_quoted(field.name), *told))} %}}"


def _quoted(words: str) -> str:
    """As a string of the template language, which has no way to write both quotation marks or a ``%}``."""
    plain = re.sub(rf"[\n{GAP_OPEN}{GAP_CLOSE}]|%\}}|\}}\}}", " ", words)
    return f'"{plain}"' if '"' not in plain else "'" + plain.replace("'", "’") + "'"
