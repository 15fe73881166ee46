"""How much a desk takes: messages in a minute, bytes of files, and how long it waits for them."""

from __future__ import annotations

from msgspec import Struct

MEGABYTE = 1024 * 1024


class Bounds(Struct, frozen=True, kw_only=True):
    """The real server's limits, unless a load run or a lesson asks for others."""

    messages_per_minute: int = 200
    """So many messages a minute go into one conversation."""
    upload_bytes: int = 40 * MEGABYTE
    """So large may the files of one message be together."""
    head_seconds: float = 10.0
    """So long may a client take to say what it wants."""
    body_seconds: float = 120.0
    """So long may it take over the body of a request."""
