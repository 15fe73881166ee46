"""Answers unpacked piece by piece: a small one never becomes a large one in a single step. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from api_client.errors import BadAnswer

ASKED_FOR: Final = "gzip"
"""The one packing that a server is offered."""
PIECE: Final = 256 * 1024
"""Bytes unpacked at a time, so that whoever counts them can stop."""
_GZIP: Final = zlib.MAX_WBITS | 16
_AS_IT_IS: Final = frozenset({"", "identity"})
_PACKED: Final = frozenset({"gzip", "x-gzip"})


class Unpacker:
    """Takes the bytes of one answer as they come; ``encoding`` is its Content-Encoding.

    Raises:
        BadAnswer: it is packed in a way that nobody asked for, several times over for one.
    """

    def __init__(self, encoding: str) -> None:
        named = encoding.strip().lower()
        if named not in _AS_IT_IS | _PACKED:
            raise BadAnswer("the answer is packed in a way that was not asked for")
        self._inflate = zlib.decompressobj(_GZIP) if named in _PACKED else None
        self._begun = False

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """What comes out, at most ``PIECE`` bytes at a time; nothing is unpacked before it is asked for.

        Raises:
            BadAnswer: it is broken.
        """
        if self._inflate is None:
            yield packed
            return
        self._begun = self._begun or bool(packed)
        while packed and not self._inflate.eof:
            piece = _next(self._inflate, packed)
            packed = self._inflate.unconsumed_tail
            if piece:
                yield piece

    def close(self) -> None:
        """The answer has ended; one without a body ends well, whatever its head says.

        Raises:
            BadAnswer: its end is missing.
        """
        if self._inflate is not None and self._begun and not self._inflate.eof:
            raise BadAnswer("the answer cannot be unpacked to its end")


def _next(inflate: zlib._Decompress, packed: bytes) -> bytes:
    try:
        return inflate.decompress(packed, PIECE)
    except zlib.error:
        raise BadAnswer("the answer cannot be unpacked") from None
