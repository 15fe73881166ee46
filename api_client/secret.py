"""A value that must not be seen: its text and its repr show a mask."""

from __future__ import annotations

import re
from typing import Final

MASK: Final = "••••"
_SENDABLE = re.compile(r"[\x21-\x7e]+")


class Secret:
    """A token or password. It prints, formats and pickles as nothing; :meth:`reveal` is the one way in."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself. Call it where it is sent or stored, and bind no name to what it returns."""
        return self._value

    @property
    def sendable(self) -> bool:
        """Whether it can stand in a header: printable ASCII without spaces, and not empty."""
        return _SENDABLE.fullmatch(self._value) is not None

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __str__(self) -> str:
        return MASK

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash((Secret, self._value))

    def __reduce__(self) -> str:
        raise TypeError("a secret is not pickled")
