"""The customers over XMPP: as much of it as it takes to talk in a room of a server on this machine."""

from __future__ import annotations

import asyncio
import html
import threading
from base64 import b64encode
from contextlib import suppress
from typing import Final

from benchmarks.load import Refused
from benchmarks.peer_customers import AGENT, READY_WITHIN, ROOMS, Server, in_time, talk

HOST: Final = "localhost"
ROOMS_HOST: Final = f"rooms.{HOST}"
ADDRESSES: Final = tuple(f"{room}@{ROOMS_HOST}" for room in ROOMS)
GUESTS: Final = tuple(f"guest{number}" for number in range(len(ROOMS)))
_OPENING: Final = (
    f"<?xml version='1.0'?><stream:stream to='{HOST}' version='1.0' xmlns='jabber:client' "
    "xmlns:stream='http://etherx.jabber.org/streams'>"
)
_BIND: Final = "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"


def entrance(number: int, password: str) -> list[tuple[str, bytes]]:
    """What to say in turn, each with what to wait for: logged in, in the room, the agent there."""
    plain = b64encode(f"\0{GUESTS[number]}\0{password}".encode()).decode()
    return [
        (_OPENING, b"</stream:features>"),
        (f"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{plain}</auth>", b"<success"),
        (_OPENING, b"</stream:features>"),
        (_BIND, b"</iq>"),
        (_presence(number), f"{ADDRESSES[number]}/{AGENT}".encode()),
    ]


def _presence(number: int) -> str:
    muc = "<x xmlns='http://jabber.org/protocol/muc'/>"
    return f"<presence to='{ADDRESSES[number]}/{GUESTS[number]}'>{muc}</presence>"


def message(number: int, text: str) -> str:
    """A text to everybody in the room."""
    body = html.escape(text, quote=False)
    return f"<message type='groupchat' to='{ADDRESSES[number]}'><body>{body}</body></message>"


async def _pour(xmpp: Server, stopped: threading.Event) -> None:
    inside = await asyncio.gather(*(_enter(xmpp, number) for number in range(len(ROOMS))))
    await asyncio.gather(*(_customer(*streams, number, stopped) for number, streams in enumerate(inside)))


async def _enter(xmpp: Server, number: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Returns when the agent is in the room too; raises ``Refused`` when they do not come."""
    reader, writer = await asyncio.open_connection("127.0.0.1", xmpp.port)
    for said, until in entrance(number, xmpp.password):
        writer.write(said.encode())
        try:
            await asyncio.wait_for(reader.readuntil(until), READY_WITHIN)
        except TimeoutError:
            raise Refused(f"no {until.decode()} came for {GUESTS[number]}") from None
    return reader, writer


async def _customer(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int, stopped: threading.Event
) -> None:
    """Say every seventh text of the flood in the own room, each at its time, while the agent is there."""
    hearing = asyncio.create_task(_hear(reader))
    async for text in in_time(number, stopped):
        if hearing.done():
            raise Refused(f"the agent has left {ROOMS[number]}")
        writer.write(message(number, text).encode())
        await writer.drain()
    hearing.cancel()
    writer.close()


async def _hear(reader: asyncio.StreamReader) -> None:
    """Read what is said in the room until the agent goes, or the server: no customer ever does."""
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        while b"unavailable" not in await reader.readuntil(b">"):
            pass


if __name__ == "__main__":
    talk(_pour)
