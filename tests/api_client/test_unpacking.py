"""Packed answers: read as they are, and refused while they grow, not afterwards."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc

import pytest

from api_client.errors import ApiError, BadAnswer, TooLarge
from api_client.transport import http as http_module
from api_client.transport.unpacking import PIECE, Unpacker
from tests.api_client.test_http_transport import ASK, Listening, answer, head, transport

BOMB = gzip.compress(gzip.compress(bytes(40_000_000), 1), 1)
"""40 million bytes in a few hundred, packed twice."""
ONCE = gzip.decompress(BOMB)


def unpacked(encoding: str, *pieces: bytes) -> bytes:
    unpacker = Unpacker(encoding)
    whole = b"".join(out for piece in pieces for out in unpacker.feed(piece))
    unpacker.close()
    return whole


@pytest.mark.parametrize("step", [1, 7, 1000])
def test_a_packed_answer_comes_out_as_it_went_in(step: int) -> None:
    text = b'{"payload": "Hyv\xc3\xa4\xc3\xa4 p\xc3\xa4iv\xc3\xa4\xc3\xa4"}' * 50
    packed = gzip.compress(text)
    pieces = [packed[at : at + step] for at in range(0, len(packed), step)]
    assert unpacked("GZIP", *pieces) == text


def test_an_answer_that_is_not_packed_is_handed_on() -> None:
    assert unpacked("identity", b"ab", b"c") == unpacked("", b"abc") == b"abc"


def test_no_more_than_a_piece_is_unpacked_at_a_time() -> None:
    out = Unpacker("gzip").feed(ONCE)
    tracemalloc.start()
    assert [len(next(out)) for _ in range(4)] == [PIECE] * 4
    assert tracemalloc.get_traced_memory()[1] < 10 * PIECE
    tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "deflate", "zstd", "gzip;q=1", "\u202egzip"])
def test_what_nobody_asked_for_is_not_unpacked(encoding: str) -> None:
    with pytest.raises(BadAnswer):
        Unpacker(encoding)


@pytest.mark.parametrize(
    "packed", [b"no gzip at all", gzip.compress(b"x" * 999)[:-9]], ids=["not packed", "cut off"]
)
def test_a_broken_packing_is_a_bad_answer(packed: bytes) -> None:
    with pytest.raises(BadAnswer):
        unpacked("gzip", packed)


def test_a_head_that_speaks_of_packing_needs_no_body() -> None:
    assert unpacked("gzip") == b""


async def test_a_small_answer_does_not_become_a_large_one(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_module, "MAX_BODY", 1_000_000)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        packing = "gzip, gzip" if "twice" in await head(reader) else "gzip"
        writer.write(answer(BOMB if packing != "gzip" else ONCE, "200 OK", f"Content-Encoding: {packing}"))

    async with listening(talk) as port:
        sender = transport(port)
        tracemalloc.start()
        for path in ("/once", "/twice"):
            with pytest.raises(BadAnswer):
                await sender.send(type(ASK)("GET", path))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        await sender.aclose()
    assert peak < 8_000_000


async def test_a_small_file_does_not_become_a_large_one(listening: Listening) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        writer.write(answer(ONCE, "200 OK", "Content-Encoding: gzip"))

    found = bytearray()
    async with listening(talk) as port:
        with pytest.raises(TooLarge):
            await transport(port).fetch(f"http://127.0.0.1:{port}/a", found.extend, limit=500_000)
    assert len(found) <= 500_000


async def test_a_head_without_end_is_refused_while_it_arrives(listening: Listening) -> None:
    sent = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await head(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while not writer.is_closing() and sent < 50_000_000:
            writer.write(b"X-More: " + b"y" * 60_000 + b"\r\n")
            await writer.drain()
            sent += 60_000

    async with listening(talk) as port:
        with pytest.raises(ApiError):
            await transport(port).send(ASK)
    assert sent < 50_000_000
