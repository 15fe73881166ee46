"""Codes of the second step of signing in, as authenticator apps make them (RFC 6238). Pure."""

from __future__ import annotations

import base64
import hmac
from typing import Final

PERIOD: Final = 30
"""Seconds that a code is shown."""
_DIGITS: Final = 6


def code_at(secret: str, now: float) -> str:
    """The six digits that an app with ``secret`` (base32) shows at ``now`` (epoch seconds)."""
    counter = int(now // PERIOD).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}}"


def code_fits(secret: str, code: str, now: float) -> bool:
    """Whether an app shows ``code`` now, or did or will half a minute away: clocks differ."""
    near = (code_at(secret, now + step * PERIOD) for step in (-1, 0, 1))
    return any(hmac.compare_digest(fitting, code.strip()) for fitting in near)
