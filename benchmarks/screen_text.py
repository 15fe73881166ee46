"""What shows in a program's output: plain text out of the bytes, whatever moves and colours are between."""

from __future__ import annotations

import re
from typing import Final

_SEQUENCE: Final = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor moves, modes
    rb"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC, DCS and other strings
    rb"|\x1b[ -/]*[0-OQ-WYZ\\`-~]"  # short ones
    rb"|[\x00-\x1a\x1c-\x1f\x7f]"
)
_REMEMBERED: Final = 65_536


class ScreenText:
    """Collects the text of an output as it comes in pieces; a sequence may be cut anywhere.

    It knows no positions: text that is written in one go is found even where colours change inside it.
    """

    def __init__(self) -> None:
        self._rest = b""
        self._shown = bytearray()

    def feed(self, chunk: bytes) -> None:
        """Take in the next bytes."""
        given = self._rest + chunk
        last = given.rfind(b"\x1b")
        # A string ends with an escape of its own, so an open one may begin before the last escape.
        opened = max(given.rfind(start) for start in (b"\x1b]", b"\x1bP", b"\x1bX", b"\x1b^", b"\x1b_"))
        keep = min((at for at in (last, opened) if at >= 0 and not _SEQUENCE.match(given, at)), default=None)
        self._rest = b"" if keep is None else given[keep:]
        self._shown += _SEQUENCE.sub(b"", given if keep is None else given[:keep])
        del self._shown[:-_REMEMBERED]

    def __contains__(self, text: str) -> bool:
        return text.encode() in self._shown

    def last(self, count: int) -> str:
        """The newest text, about ``count`` characters of it."""
        return bytes(self._shown[-count:]).decode(errors="replace")

    def forget(self) -> None:
        """Only what comes from now on counts."""
        self._shown.clear()


class Marker:
    """Waits for one character in an output; the byte that shows it may be the last of its piece."""

    def __init__(self, character: str) -> None:
        self._bytes = character.encode()
        self._tail = b""

    def seen_in(self, chunk: bytes) -> bool:
        """Whether the character has come with this piece."""
        given = self._tail + chunk
        self._tail = given[-(len(self._bytes) - 1) :] if len(self._bytes) > 1 else b""
        return self._bytes in given
