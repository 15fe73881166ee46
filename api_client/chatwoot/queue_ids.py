"""Queues have one kind of id, ``inbox:2`` or ``team:3``; Chatwoot has two."""

from __future__ import annotations

from msgspec import Struct

from api_client.errors import NotFound
from api_client.models.identity import QueueId
from api_client.models.people import QueueKind

_KINDS = {kind.value: kind for kind in QueueKind}


class QueueRef(Struct, frozen=True):
    """What a queue is on the server."""

    kind: QueueKind
    number: int


def inbox_queue(number: int) -> QueueId:
    """The queue of an inbox."""
    return QueueId(f"inbox:{number}")


def team_queue(number: int) -> QueueId:
    """The queue of a team."""
    return QueueId(f"team:{number}")


def parse_queue(queue: QueueId) -> QueueRef:
    """Which inbox or team a queue is; an id of neither kind raises ``NotFound``."""
    kind, _, number = queue.partition(":")
    if kind not in _KINDS or not (number.isascii() and number.isdecimal()):
        raise NotFound("no such queue here")
    return QueueRef(_KINDS[kind], int(number))
