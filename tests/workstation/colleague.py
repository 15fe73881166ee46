"""Who else is at the desk: a customer who comes by the public door, and a colleague by the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api_client.backend import Backend
from api_client.models.identity import ConversationId
from api_client.open import open_backend
from api_client.secret import Secret
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from tests.engine.wire import WireCustomer
from tests.workstation.seat import Seat, token_of


def quiet_desk() -> EmbeddedDesk:
    """The tax desk without invented customers."""
    return EmbeddedDesk.of(load("tax"))


@asynccontextmanager
async def colleague(desk: EmbeddedDesk, agent: int = 1) -> AsyncIterator[Backend]:
    """Another agent of the desk, signed in."""
    backend = open_backend("chatwoot", desk.url, Secret(token_of(desk, agent)))
    await backend.sign_in()
    yield backend
    await backend.aclose()


async def customer(desk: EmbeddedDesk, name: str, words: str = "Hello?") -> WireCustomer:
    """A customer who has asked something and waits."""
    arrived = await WireCustomer.arrive(desk, name)
    await arrived.say(words)
    return arrived


async def take(at: Seat, conversation: ConversationId) -> None:
    """Take the one who waits, by key, and see their words."""
    await at.until(lambda: conversation in at.state.waiting, "the customer to wait")
    await at.press("f3")
    await at.until(lambda: at.state.active == conversation and at.chat.transcript.fetched, "the chat")
    await at.until_shown(f"To {at.chat.card.name}")
