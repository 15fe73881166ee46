"""Files over real sockets: what is uploaded, what a broken upload means, and who gets the token."""

from __future__ import annotations

import asyncio

import pytest

from api_client.errors import AnswerLost, ConnectFailed, NotFound, TooLarge
from api_client.models.message import Upload
from api_client.transport.base import Form, Request
from tests.api_client.test_http_transport import TOKEN, Listening, answer, head, transport

FILE = Upload("kuva.png", "image/png", b"x" * 4_000_000)


def form_request(steps: list[tuple[int, int]]) -> Request:
    form = Form((("content", "Hei"),), "attachments[]", (FILE,), lambda *step: steps.append(step))
    return Request("POST", "/messages", form=form)


async def test_an_upload_that_breaks_off_has_not_arrived(listening: Listening) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        await reader.readexactly(10_000)
        writer.transport.abort()

    steps: list[tuple[int, int]] = []
    async with listening(talk) as port:
        with pytest.raises(ConnectFailed):
            await transport(port).send(form_request(steps))
    assert steps[-1][0] < steps[-1][1]


async def test_an_upload_without_an_answer_may_have_arrived(listening: Listening) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await head(reader)).split("\r\n")
        length = next(line for line in lines if line.lower().startswith("content-length"))
        await reader.readexactly(int(length.partition(": ")[2]))

    steps: list[tuple[int, int]] = []
    async with listening(talk) as port:
        with pytest.raises(AnswerLost):
            await transport(port).send(form_request(steps))
    assert steps[-1] == (4_000_000, 4_000_000)


async def test_a_redirect_to_another_host_does_not_carry_the_token(listening: Listening) -> None:
    heard: list[str] = []

    async def elsewhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await head(reader))
        writer.write(answer(b"the file"))

    async with listening(elsewhere) as other:

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            heard.append(await head(reader))
            writer.write(answer(b"", "302 Found", f"Location: http://127.0.0.1:{other}/b"))

        async with listening(talk) as port:
            found = bytearray()
            sender = transport(port)
            await sender.fetch(f"http://127.0.0.1:{port}/a", found.extend, limit=100)
            await sender.aclose()
    assert found == b"the file"
    assert [TOKEN in one for one in heard] == [True, False]


async def test_no_more_of_a_file_comes_than_was_asked_for(listening: Listening) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"y" * 300_000)

    found = bytearray()
    async with listening(talk) as port:
        with pytest.raises(TooLarge):
            await transport(port).fetch(f"http://127.0.0.1:{port}/a", found.extend, limit=1000)
    assert len(found) <= 1000


async def test_a_file_that_is_gone_says_so(listening: Listening) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        writer.write(answer(b"gone", "404 Not Found"))

    async with listening(talk) as port:
        with pytest.raises(NotFound):
            await transport(port).fetch(f"http://127.0.0.1:{port}/a", bytearray().extend, limit=1000)
