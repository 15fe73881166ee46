"""The desk as an ASGI application: routes, the cable, and the desk's own time on every answer."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from email.utils import formatdate
from typing import assert_never

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from practice.cable import serve_cable
from practice.clock import RunningClock
from practice.desk import Desk
from practice.dialect import errors
from practice.routes.call import failure, respond, respond_to_staff
from practice.routes.served import ForAdministrators, ForAnyone, ForStaff, Served
from practice.routes.table import routes
from practice.throttling import Throttles

PING_SECONDS = 3.0
FASTEST_PING = 0.2

log = logging.getLogger("practice")


class DeskTime:
    """Sets the ``Date`` header by the desk's clock: clients measure their offset to it."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app = app
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, with the header added to HTTP answers."""

        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = formatdate(self.desk.clock.now(), usegmt=True)
                MutableHeaders(scope=message)["date"] = date
            await send(message)

        await self.app(scope, receive, dated if scope["type"] == "http" else send)


def ping_seconds(desk: Desk) -> float:
    """Real seconds between pings: three seconds of desk time, within reason."""
    speed = desk.clock.speed if isinstance(desk.clock, RunningClock) else 1.0
    return min(PING_SECONDS, max(FASTEST_PING, PING_SECONDS / speed))


async def keep_time(desk: Desk) -> None:
    """Ping every cable and do what is due, until cancelled."""
    while True:
        await asyncio.sleep(ping_seconds(desk))
        desk.ping_now()
        try:
            desk.do_what_is_due()
        except sqlite3.Error:
            log.exception("What was due could not be done")


def _route(desk: Desk, served: Served) -> Route:
    run: Callable[[Request], Awaitable[Response]]
    match served:
        case ForAnyone():

            async def run(request: Request, served: ForAnyone = served) -> Response:
                return await respond(desk, request, served.endpoint)

        case ForStaff():

            async def run(request: Request, served: ForStaff = served) -> Response:
                return await respond_to_staff(desk, request, served.endpoint)

        case ForAdministrators():

            async def run(request: Request, served: ForAdministrators = served) -> Response:
                return await respond_to_staff(desk, request, served.endpoint, leading=True)

        case _:
            assert_never(served)

    return Route(served.path, run, methods=[served.method])


async def _no_route(_: Request, __: Exception) -> Response:
    return failure(errors.no_route())


def create_app(desk: Desk, *, throttle_local: bool = False) -> Starlette:
    """The application around a desk; while it runs (its lifespan), the desk keeps time.

    With ``throttle_local`` the limits on calls hold for this machine too.
    """

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        timekeeper = asyncio.create_task(keep_time(desk))
        try:
            yield
        finally:
            timekeeper.cancel()
            await asyncio.gather(timekeeper, return_exceptions=True)

    async def cable(websocket: WebSocket) -> None:
        await serve_cable(desk, websocket)

    table: list[BaseRoute] = [_route(desk, served) for served in routes()]
    app = Starlette(
        routes=[*table, WebSocketRoute("/cable", cable)],
        middleware=[Middleware(DeskTime, desk=desk)],
        exception_handlers={404: _no_route, 405: _no_route},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.throttles = Throttles(desk.felt_time, also_local=throttle_local)
    return app
