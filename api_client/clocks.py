"""The server's clock, read from what it sends along anyway, with how wrong the reading may be.

Both sources tell whole seconds, cut off, and took an unknown part of the round trip to arrive. So the
server's time on arrival lies between the second told and one second plus the round trip later.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from api_client.models.events import ServerTime


def from_second(second: float, received: float, round_trip: float) -> ServerTime:
    """A reading from a whole second told by the server.

    Args:
        second: epoch seconds, cut off.
        received: the client's monotonic clock on arrival.
        round_trip: seconds; the longest that the message can have been on its way.
    """
    uncertainty = (1.0 + max(round_trip, 0.0)) / 2
    return ServerTime(second + uncertainty, received, uncertainty)


def from_answer(headers: Mapping[str, str], sent_at: float, received_at: float) -> ServerTime | None:
    """A reading from the Date header of an answer; ``None`` without one, or when a cache gave the answer."""
    date = headers.get("date")
    if date is None or "age" in headers:
        return None
    try:
        second = parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
    return from_second(second, received_at, received_at - sent_at)
