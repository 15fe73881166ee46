"""WebSockets over real sockets, to servers that behave and to servers that do not."""

from __future__ import annotations

import http
import logging
import socket

import pytest
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from api_client import errors
from api_client.transport.address import Address, parse_address
from api_client.transport.base import MAX_FRAME
from api_client.transport.socket import WebSocketsTransport

SOCKETS = WebSocketsTransport()


def address(server: Server) -> Address:
    return parse_address(f"127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}")


async def echo(connection: ServerConnection) -> None:
    async for message in connection:
        await connection.send(message)


async def test_text_goes_there_and_back(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="api_client")
    async with serve(echo, "127.0.0.1", 0) as server:
        here = await SOCKETS.connect(address(server), "/cable")
        await here.send("hej, 'token': 'Vx81tJw5'")
        assert await here.receive() == b"hej, 'token': 'Vx81tJw5'"
        await here.aclose()
        await here.aclose()
    assert "Vx81tJw5" not in caplog.text


async def test_the_protocol_asked_for_is_agreed_on() -> None:
    agreed: list[str | None] = []

    async def talk(connection: ServerConnection) -> None:
        agreed.append(connection.subprotocol)

    async with serve(talk, "127.0.0.1", 0, subprotocols=["actioncable-v1-json"]) as server:  # type: ignore[list-item]
        here = await SOCKETS.connect(address(server), "/cable", ("actioncable-v1-json",))
        with pytest.raises(errors.AnswerLost):
            await here.receive()
    assert agreed == ["actioncable-v1-json"]


async def test_a_socket_the_server_closed_says_so_on_both_ways() -> None:
    async def talk(connection: ServerConnection) -> None:
        await connection.close(1011)

    async with serve(talk, "127.0.0.1", 0) as server:
        here = await SOCKETS.connect(address(server), "/cable")
        with pytest.raises(errors.AnswerLost):
            await here.receive()
        with pytest.raises(errors.AnswerLost):
            await here.send("too late")


async def test_a_message_beyond_all_measure_ends_the_connection() -> None:
    async def talk(connection: ServerConnection) -> None:
        await connection.send("x" * (MAX_FRAME + 1))
        await connection.wait_closed()

    async with serve(talk, "127.0.0.1", 0) as server:
        here = await SOCKETS.connect(address(server), "/cable")
        with pytest.raises(errors.ApiError):
            await here.receive()
        await here.aclose()


async def test_nobody_at_the_address_is_a_failed_connection() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = parse_address(f"127.0.0.1:{unused.getsockname()[1]}")
    with pytest.raises(errors.ConnectFailed):
        await SOCKETS.connect(nowhere, "/cable")


@pytest.mark.parametrize(
    ("status", "place"),
    [(401, errors.NotSignedIn), (404, errors.NotFound), (429, errors.RateLimited), (503, errors.ServerFault)],
)
async def test_a_refused_handshake_says_why(status: int, place: type[errors.ApiError]) -> None:
    def refuse(connection: ServerConnection, request: Request) -> Response:
        del request
        answer = connection.respond(http.HTTPStatus(status), "no")
        answer.headers["Retry-After"] = "12"
        return answer

    async with serve(echo, "127.0.0.1", 0, process_request=refuse) as server:
        with pytest.raises(place) as caught:
            await SOCKETS.connect(address(server), "/cable")
    if isinstance(caught.value, errors.RateLimited | errors.ServerFault):
        assert caught.value.retry_after == 12.0


async def test_a_redirect_is_not_followed() -> None:
    async with serve(echo, "127.0.0.1", 0) as elsewhere:
        there = address(elsewhere).socket_url("/cable")

        def redirect(connection: ServerConnection, request: Request) -> Response:
            del connection, request
            return Response(302, "Found", Headers({"Location": there, "Content-Length": "0"}))

        async with serve(echo, "127.0.0.1", 0, process_request=redirect) as server:
            with pytest.raises(errors.BadAnswer):
                await SOCKETS.connect(address(server), "/cable")


async def test_a_proxy_of_the_environment_is_not_asked_about_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("http_proxy", "ws_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with serve(echo, "127.0.0.1", 0) as server:
        here = await SOCKETS.connect(address(server), "/cable")
        await here.aclose()
