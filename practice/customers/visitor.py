"""A customer at the desk's door: what a visit decides, done by calls of the public customer API."""

from __future__ import annotations

import uuid
from random import Random
from typing import assert_never

from practice.customers.door import Door
from practice.customers.hearing import Session
from practice.customers.machine import NEVER, Arrive, Close, Depart, Read, Say, Typing, Visit
from practice.scenario.model import Persona, Queue


class Visitor:
    """Visit ``number`` of a persona, come to ``queue`` whose inbox identifier is ``inbox``."""

    def __init__(
        self, number: int, persona: Persona, queue: Queue, inbox: str, *, at: float, chance: Random
    ) -> None:
        self.number = number
        self.persona = persona
        self.queue = queue
        self.session: Session | None = None
        self.conversation_id = 0
        self.scheduled = NEVER
        """Which ``due`` of the visit stands on the agenda."""
        self._source_id = str(uuid.UUID(int=chance.getrandbits(128), version=4))
        self._inbox = f"/public/api/v1/inboxes/{inbox}"
        self._contact = f"{self._inbox}/contacts/{self._source_id}"
        self.visit = Visit(persona, at, chance)

    async def perform(self, action: Arrive | Typing | Say | Read | Close | Depart, door: Door) -> None:
        """Do one thing; raises ``DoorError`` when the desk refuses it."""
        conversation = f"{self._contact}/conversations/{self.conversation_id}"
        match action:
            case Arrive():
                await self._arrive(door)
            case Typing(on):
                status = {"typing_status": "on" if on else "off"}
                await door.call("POST", f"{conversation}/toggle_typing", status)
            case Say(text):
                await door.call("POST", f"{conversation}/messages", {"content": text})
            case Read():
                await door.call("POST", f"{conversation}/update_last_seen")
            case Close():
                await door.call("POST", f"{conversation}/toggle_status")
            case Depart():
                pass
            case _:
                assert_never(action)

    async def _arrive(self, door: Door) -> None:
        made = await door.call("POST", f"{self._inbox}/contacts", self._introduction())
        self.session = Session(made["id"], made["pubsub_token"])
        about = {
            "language": self.persona.language,
            "page": self.queue.topic_page,
            "topic": self.queue.name,
        }
        started = await door.call("POST", f"{self._contact}/conversations", {"custom_attributes": about})
        self.conversation_id = started["id"]

    def _introduction(self) -> dict[str, object]:
        persona = self.persona
        told = {
            "name": persona.name,
            "email": persona.email,
            "phone_number": persona.phone,
            "identifier": persona.identifier,
        }
        known = {name: value for name, value in told.items() if value}
        custom = {"language": persona.language} | ({"city": persona.city} if persona.city else {})
        return {"source_id": self._source_id, **known, "custom_attributes": custom}
