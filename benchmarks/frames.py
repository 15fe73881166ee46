"""Frames of the live connection as the practice desk writes them, for as many conversations as wanted."""

from __future__ import annotations

import copy
import json
from typing import Any, Final

from practice.broadcast import Broadcast
from practice.changes import arriving, writing
from practice.clock import RunningClock
from practice.desk import Desk
from practice.scenario.loader import load
from practice.store import customers, people

WORDS: Final = "is it valid at once, or from the first of next month? my employer asks every day 🙂"
SECONDS_APART: Final = 1.0


class FrameMaker:
    """Writes the frames that tell an agent of conversations and messages.

    Args:
        identifier: the subscription's, as the client sent it.
    """

    def __init__(self, identifier: str) -> None:
        desk = Desk(load("tax"), RunningClock())
        inbox = people.all_inboxes(desk.db)[0]
        agent = people.assignable(desk.db, [inbox.id])[0]
        told: list[Broadcast] = []
        desk.hub.subscribe([agent.pubsub_token], told.append)
        _one_customer(desk, inbox.id)
        by_name = {one.event: one.data for one in told}
        self._conversation: dict[str, Any] = by_name["conversation.created"]
        self._message: dict[str, Any] = by_name["message.created"]
        self._identifier = identifier
        self._messages = 0
        self.inbox = inbox.id
        self.inbox_name = inbox.name
        self.began = float(self._conversation["created_at"])

    def conversation(self, number: int, agent: int | None = None) -> str:
        """A conversation appears: nobody's, or this agent's. The numbers wait in their order."""
        data = copy.deepcopy(self._conversation)
        at = self.began + number * SECONDS_APART
        data |= {"id": number, "created_at": at, "waiting_since": at, "last_activity_at": at}
        data["meta"]["sender"] |= {"id": number, "name": f"Guest {number:05}"}
        data["meta"]["assignee"] = None if agent is None else {"id": agent, "name": "Ada", "type": "user"}
        return self._frame("conversation.created", data)

    def message(self, number: int) -> str:
        """The customer of a conversation writes one message more."""
        self._messages += 1
        data = copy.deepcopy(self._message)
        at = self.began + self._messages * 0.001
        data |= {"id": self._messages, "conversation_id": number, "content": WORDS, "created_at": at}
        data["conversation"] |= {"id": number, "last_activity_at": at}
        return self._frame("message.created", data)

    def _frame(self, event: str, data: dict[str, Any]) -> str:
        return json.dumps({"identifier": self._identifier, "message": {"event": event, "data": data}})


def _one_customer(desk: Desk, inbox_id: int) -> None:
    with desk.change() as change:
        session = arriving.arrive(change, inbox_id, arriving.Visitor(name="Guest"))
        conversation = arriving.start_conversation(change, session.id)
        contact = customers.contact(desk.db, session.contact_id)
        if contact is None:
            raise LookupError("the customer is not there")
        writing.customer_writes(change, conversation, writing.incoming(conversation, contact, WORDS))
