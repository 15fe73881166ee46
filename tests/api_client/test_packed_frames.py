"""Frames are never unpacked: a server that packs them nevertheless is not listened to."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import zlib

import pytest

from api_client.errors import ApiError
from api_client.transport.address import parse_address
from api_client.transport.base import MAX_FRAME
from api_client.transport.socket import WebSocketsTransport
from tests.api_client.test_http_transport import Listening, head

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def agreement(asked: str, *extra: str) -> bytes:
    """A server's half of the handshake."""
    lines = dict(line.split(": ", 1) for line in asked.split("\r\n")[1:] if ": " in line)
    assert "sec-websocket-extensions" not in {name.lower() for name in lines}
    keyed = f"{lines['Sec-WebSocket-Key']}{_GUID}".encode()
    proof = base64.b64encode(hashlib.sha1(keyed, usedforsecurity=False).digest())
    says = [
        "HTTP/1.1 101 Switching Protocols",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Accept: {proof.decode()}",
        *extra,
        "",
        "",
    ]
    return "\r\n".join(says).encode()


def packed_frame() -> bytes:
    """One text frame that says of itself that it is packed; it would be 40 million characters."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = pack.compress(b"x" * 40_000_000) + pack.flush(zlib.Z_SYNC_FLUSH)
    assert len(data) < 65_536 < MAX_FRAME
    return bytes([0xC1, 126]) + len(data).to_bytes(2, "big") + data


async def first_frame(port: int) -> str | bytes:
    here = await WebSocketsTransport().connect(parse_address(f"127.0.0.1:{port}"), "/cable")
    return await here.receive()


@pytest.mark.parametrize("extension", [(), ("Sec-WebSocket-Extensions: permessage-deflate",)])
async def test_a_small_frame_does_not_become_a_large_one(
    listening: Listening, extension: tuple[str, ...]
) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(agreement(await head(reader), *extension) + packed_frame())
        await writer.drain()
        await reader.read(1)

    async with listening(talk) as port:
        with pytest.raises(ApiError):
            await first_frame(port)
