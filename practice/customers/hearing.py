"""What reaches the customers: the desk's events on their streams, turned into what a visit understands."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any, NamedTuple

from practice.broadcast import Broadcast, Subscription
from practice.customers.machine import AgentSaid, AgentTyping, AutomaticSaid, Input, Resolved
from practice.desk import Desk

OUTGOING = 1
TEMPLATE = 3


class Heard(NamedTuple):
    """Something that a visit, by its number, heard at a time (seconds)."""

    at: float
    visit: int
    what: Input


class Session(NamedTuple):
    """Whose stream it is, and the ``pubsub_token`` that opens it."""

    contact_id: int
    token: str


class Ears:
    """The streams of all customers who are there, in one row in the order in which things happened."""

    def __init__(self, desk: Desk) -> None:
        self.heard: deque[Heard] = deque()
        self.woken = asyncio.Event()
        self._desk = desk
        self._open: dict[int, tuple[Subscription, int]] = {}

    def open(self, visit: int, session: Session) -> None:
        """Let a visit hear its stream; its customer counts as present from now on."""
        if visit in self._open:
            return

        def sink(broadcast: Broadcast) -> None:
            what = meaning(broadcast.event, broadcast.data)
            if what is not None:
                self.heard.append(Heard(self._desk.clock.now(), visit, what))
                self.woken.set()

        self._desk.presence.hold(session.contact_id)
        self._open[visit] = self._desk.hub.subscribe([session.token], sink), session.contact_id

    def close(self, visit: int) -> None:
        """Hear nothing more for a visit; its customer is not there any more."""
        if visit in self._open:
            subscription, contact_id = self._open.pop(visit)
            self._desk.hub.drop(subscription)
            self._desk.presence.release(contact_id)


def meaning(event: str, data: dict[str, Any]) -> Input | None:
    """What an event is to the customer whose stream it came on; ``None`` for what does not touch them."""
    match event:
        case "message.created" if data.get("message_type") == OUTGOING:
            return AgentSaid(data.get("content") or "")
        case "message.created" if data.get("message_type") == TEMPLATE:
            return AutomaticSaid()
        case "conversation.status_changed" if data.get("status") == "resolved":
            return Resolved()
        case "conversation.typing_on" | "conversation.typing_off" if not data.get("is_private"):
            return AgentTyping(on=event.endswith("_on"))
        case _:
            return None
