"""The live connection: gaps are filled first, then everything newer is told, and nothing is dropped."""

from __future__ import annotations

import asyncio

import msgspec
import pytest

from agent_tui.desk import events as d
from api_client import errors
from api_client.models import events as b
from api_client.models.identity import AgentId
from api_client.models.message import Delivery
from api_client.models.people import Availability
from tests.engine.stage import ME, ScriptedBackend, Stage

TOLD = (d.ConversationsListed, d.ConnectionOpened, d.ConnectionDropped, d.MessageReceived)


@pytest.fixture
def backend() -> ScriptedBackend:
    made = ScriptedBackend()
    made.waits("1")
    made.connect()
    return made


def arrives(backend: ScriptedBackend, text: str) -> None:
    backend.push(b.MessageCreated(backend.says(next(iter(backend.chats)), text), unread=1))


async def test_after_a_loss_the_lists_come_first_then_the_connection_then_what_came_meanwhile(
    backend: ScriptedBackend,
) -> None:
    async with Stage(backend) as stage:
        await stage.first(d.ConnectionOpened)
        stage.told.clear()
        backend.lose("silent")
        gate = backend.gates["changes"] = asyncio.Event()
        backend.connect(gap=20.0)
        arrives(backend, "one")
        arrives(backend, "two")
        await stage.turn(1)
        assert stage.order(*TOLD) == [d.ConnectionDropped]
        gate.set()
        await stage.until(lambda: len(stage.all(d.MessageReceived)) == 2)
        assert stage.order(*TOLD) == [
            d.ConnectionDropped,
            d.ConversationsListed,
            d.ConnectionOpened,
            d.MessageReceived,
            d.MessageReceived,
        ]


async def test_a_list_that_cannot_be_had_does_not_hold_newer_messages_for_long(
    backend: ScriptedBackend,
) -> None:
    async with Stage(backend) as stage:
        await stage.first(d.ConnectionOpened)
        stage.told.clear()
        backend.fail("changes", errors.BadAnswer("a page of HTML"))
        backend.fail("conversations", *[errors.BadAnswer("a page of HTML")] * 4)
        backend.connect(gap=1.0)
        arrives(backend, "one")
        await stage.first(d.MessageReceived, within=10.1)
        await stage.first(d.ConnectionOpened)


async def test_a_second_loss_while_the_gap_is_filled_drops_nothing(backend: ScriptedBackend) -> None:
    async with Stage(backend) as stage:
        await stage.first(d.ConnectionOpened)
        stage.told.clear()
        backend.gates["changes"] = asyncio.Event()
        backend.connect(gap=20.0)
        arrives(backend, "one")
        backend.lose()
        await stage.first(d.ConnectionDropped)
        assert stage.order(*TOLD) == [d.MessageReceived, d.ConnectionDropped]
        backend.gates.pop("changes").set()
        backend.connect(gap=5.0)
        await stage.first(d.ConnectionOpened)


async def test_a_token_no_longer_accepted_is_told(backend: ScriptedBackend) -> None:
    async with Stage(backend) as stage:
        backend.push(b.SignInRefused())
        await stage.first(d.AccessRefused)


async def test_typing_presence_reading_and_delivery_are_told(backend: ScriptedBackend) -> None:
    chat = next(iter(backend.chats))
    async with Stage(backend) as stage:
        await stage.first(d.ConnectionOpened)
        backend.push(
            b.TypingChanged(chat, "Liisa", "1", by_customer=True, on=True, private=False),
            b.TypingChanged(chat, "Aino", ME, by_customer=False, on=True, private=False),
            b.PresenceChanged(((AgentId("8"), Availability.BUSY),), ()),
            b.ContactSeen(chat, 12.0),
            b.MessageUpdated(msgspec.structs.replace(backend.says(chat, "x"), delivery=Delivery.READ)),
        )
        await stage.first(d.MessageChanged)
        assert [event.who for event in stage.all(d.TypingSeen)] == ["Liisa"]
        assert stage.all(d.PresenceSeen)[0].agents == {"8": Availability.BUSY}
        assert stage.all(d.CustomerRead)[0].at == 12.0


async def test_frames_that_are_not_understood_stop_nothing(
    backend: ScriptedBackend, caplog: pytest.LogCaptureFixture
) -> None:
    async with Stage(backend) as stage:
        await stage.first(d.ConnectionOpened)
        backend.push(b.Unknown("copilot.new"), b.Malformed("message.created", "no id"))
        arrives(backend, "still here")
        await stage.first(d.MessageReceived)
    assert "'message.created' was not understood: no id" in caplog.text


async def test_a_live_connection_that_breaks_by_a_fault_of_ours_is_asked_for_again(
    backend: ScriptedBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, asked = backend.events, []

    def first_breaks() -> object:
        asked.append(1)
        if len(asked) == 1:
            raise ZeroDivisionError
        return good()

    monkeypatch.setattr(backend, "events", first_breaks)
    async with Stage(backend) as stage:
        await stage.first(d.ConnectionDropped)
        await stage.first(d.ConnectionOpened, within=6)


async def test_while_the_live_connection_is_lost_it_is_looked_for_news_more_often(
    backend: ScriptedBackend,
) -> None:
    async with Stage(backend) as stage:
        await stage.first(d.ConnectionOpened)
        await stage.turn(20)
        assert len(stage.all(d.ConversationsListed)) == 1
        backend.lose()
        await stage.until(lambda: len(stage.all(d.ConversationsListed)) == 2, within=30)
        await stage.until(lambda: len(stage.all(d.ConversationsListed)) == 3, within=30)
