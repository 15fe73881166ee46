"""What a report can be laid out by."""

from __future__ import annotations

import enum


class By(enum.Enum):
    """What the rows are."""

    HOUR = "hour"
    DAY = "day"
    QUEUE = "queue"
    AGENT = "agent"
    CHANNEL = "channel"
    TAG = "tag"
