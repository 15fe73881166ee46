"""Requests over real sockets, to servers that behave and to servers that do not."""

from __future__ import annotations

import asyncio
import gc
import logging
import socket
import traceback
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import httpx
import pytest

from api_client.errors import AnswerLost, BadAnswer, CertificateRefused, ConnectFailed, NotSignedIn
from api_client.secret import Secret
from api_client.transport import http as http_module
from api_client.transport.address import parse_address
from api_client.transport.base import Request
from api_client.transport.http import HttpxTransport

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], object]
Listening = Callable[[Talk], AbstractAsyncContextManager[int]]

TOKEN = "q7Wm2cYyq3m4TtR8d0uJkLzX"
ASK = Request("GET", "/api/v1/profile")


def transport(port: int, token: str = TOKEN) -> HttpxTransport:
    return HttpxTransport(parse_address(f"127.0.0.1:{port}"), secrets={"api-access-token": Secret(token)})


async def head(reader: asyncio.StreamReader) -> str:
    return (await reader.readuntil(b"\r\n\r\n")).decode()


def answer(body: bytes = b"{}", status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


async def test_an_answer_that_was_read_is_gone_whether_or_not_garbage_is_collected(
    listening: Listening,
) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(4):
            await head(reader)
            writer.write(answer())

    async with listening(talk) as port:
        sender = transport(port)
        gc.collect()
        gc.disable()
        try:
            for _ in range(3):
                await sender.send(ASK)
            await sender.fetch(f"http://127.0.0.1:{port}/file", lambda _: None, limit=10)
            assert [one for one in gc.get_objects() if isinstance(one, httpx.Response)] == []
        finally:
            gc.enable()
            await sender.aclose()


async def test_a_request_carries_its_query_its_body_and_the_token(listening: Listening) -> None:
    heard: list[str] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await head(reader))
        heard.append((await reader.readexactly(15)).decode())
        writer.write(answer(b'{"ok":1}', "200 OK", "X-Seen: Yes"))

    async with listening(talk) as port:
        request = Request("POST", "/things", (("labels[]", "a b"), ("labels[]", "ö")), {"name": "Åsa"})
        sender = transport(port)
        response = await sender.send(request)
        await sender.aclose()
    assert heard[0].startswith("POST /things?labels%5B%5D=a+b&labels%5B%5D=%C3%B6 HTTP/1.1")
    assert f"api-access-token: {TOKEN}" in heard[0]
    assert heard[1] == '{"name":"Åsa"}'
    assert (response.status, response.body, response.headers["x-seen"]) == (200, b'{"ok":1}', "Yes")
    assert response.sent_at <= response.received_at


async def test_nobody_at_the_address_means_nothing_was_sent() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(ConnectFailed):
        await transport(port).send(ASK)


async def test_a_connection_closed_without_an_answer_leaves_the_outcome_open(listening: Listening) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)

    async with listening(talk) as port:
        with pytest.raises(AnswerLost):
            await transport(port).send(ASK)


async def test_half_an_answer_is_an_answer_lost(listening: Listening) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")

    async with listening(talk) as port:
        with pytest.raises(AnswerLost):
            await transport(port).send(ASK)


async def test_an_answer_that_is_no_http_is_an_answer_lost(listening: Listening) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        writer.write(b"220 mail.example.test ESMTP\r\n")

    async with listening(talk) as port:
        with pytest.raises(AnswerLost):
            await transport(port).send(ASK)


async def test_an_answer_that_drips_does_not_hold_up_the_agent(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_module, "_WHOLE_ANSWER", 0.2)
    hold = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n.")
        await hold.wait()

    async with listening(talk) as port:
        with pytest.raises(AnswerLost):
            await transport(port).send(ASK)
        hold.set()


async def test_an_endless_answer_is_refused_while_it_arrives(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_module, "MAX_BODY", 100_000)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")
            await writer.drain()

    async with listening(talk) as port:
        with pytest.raises(BadAnswer):
            await transport(port).send(ASK)


async def test_a_redirect_is_not_followed_so_the_token_stays_here(listening: Listening) -> None:
    visits: list[str] = []

    async def elsewhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visits.append(await head(reader))

    async with listening(elsewhere) as trap:

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await head(reader)
            writer.write(answer(b"", "302 Found", f"Location: http://127.0.0.1:{trap}/"))

        async with listening(talk) as port:
            response = await transport(port).send(ASK)
    assert response.status == 302
    assert visits == []


async def test_a_proxy_of_the_environment_is_not_asked_about_this_machine(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        writer.write(answer())

    async with listening(talk) as port:
        sender = transport(port)
        assert (await sender.send(ASK)).status == 200
        await sender.aclose()


async def test_a_token_that_cannot_stand_in_a_header_is_no_token() -> None:
    sender = transport(9, "q7Wm2c" + "\n")
    with pytest.raises(NotSignedIn) as caught:
        await sender.send(ASK)
    assert "q7Wm2c" not in "".join(traceback.format_exception(caught.value))


async def test_no_log_and_no_traceback_shows_the_token(
    listening: Listening, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)

    async with listening(talk) as port:
        sender = transport(port)
        with pytest.raises(AnswerLost) as caught:
            await sender.send(ASK)
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert TOKEN not in "".join(shown.format())
    assert TOKEN not in caplog.text


async def test_tls_is_asked_of_a_server_that_speaks_none(listening: Listening) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with listening(talk) as port:
        sender = HttpxTransport(parse_address(f"https://127.0.0.1:{port}"))
        with pytest.raises(ConnectFailed) as caught:
            await sender.send(ASK)
        await sender.aclose()
    assert not isinstance(caught.value, CertificateRefused)


async def test_cancelling_a_request_leaves_the_transport_usable(listening: Listening) -> None:
    asked = asyncio.Event()
    answering = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        asked.set()
        if answering.is_set():
            writer.write(answer())
        else:
            await reader.read()

    async with listening(talk) as port:
        sender = transport(port)
        first = asyncio.create_task(sender.send(ASK))
        await asked.wait()
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        answering.set()
        assert (await sender.send(ASK)).status == 200
        await sender.aclose()
        await sender.aclose()


def test_a_request_in_a_log_shows_neither_body_nor_query() -> None:
    request = Request("POST", "/auth/sign_in", (("q", "private"),), {"password": "hunter2"})
    assert repr(request) == "<Request POST /auth/sign_in>"


async def test_once_renewed_requests_open_a_connection_and_those_under_way_go_on(
    listening: Listening,
) -> None:
    connections: list[asyncio.StreamWriter] = []
    slow, asked = asyncio.Event(), asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(writer)
        while "/slow" not in await head(reader):
            writer.write(answer())
        asked.set()
        await slow.wait()
        writer.write(answer(b"1"))

    async with listening(talk) as port:
        sender = transport(port)
        await sender.send(ASK)
        under_way = asyncio.create_task(sender.send(Request("GET", "/slow")))
        await asked.wait()
        await sender.renew()
        await sender.send(ASK)
        assert len(connections) == 2
        slow.set()
        assert (await under_way).body == b"1"
        await sender.send(ASK)
        assert len(connections) == 2
        await sender.aclose()


async def test_a_pool_that_was_left_is_closed_once_nothing_is_under_way(listening: Listening) -> None:
    ended = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        writer.write(answer())
        await reader.read()
        ended.set()

    async with listening(talk) as port:
        sender = transport(port)
        await sender.send(ASK)
        await sender.renew()
        await asyncio.wait_for(ended.wait(), 5)
        await sender.aclose()
