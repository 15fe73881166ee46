"""The live connection kept up: sockets opened, fed to the cable machine, and opened again after a loss."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Protocol, assert_never

from msgspec import Struct

from api_client.backoff import Backoff
from api_client.chatwoot.cable import (
    SUBPROTOCOL,
    Cable,
    CableEvent,
    Delivered,
    Ending,
    Failed,
    Pinged,
    Subscribed,
)
from api_client.chatwoot.requests import CABLE_PATH
from api_client.clocks import from_second
from api_client.errors import ApiError, NotSignedIn, RateLimited, ServerFault
from api_client.models.events import BackendEvent, Connected, ConnectionLost, ServerTime, SignInRefused
from api_client.secret import Secret
from api_client.transport.address import Address
from api_client.transport.base import Socket, SocketTransport

_USUAL_ROUND_TRIP = 0.5
"""Seconds; stands in until a request has been timed."""
_STREAM = 16
"""So many frames within a quarter of a second are a stream."""
_QUARTER = 0.25
_REST = 0.025
"""Seconds of rest after a frame of a stream; what comes meanwhile is read in one go.

To be woken for a frame costs more than to read it.
"""
_AT_HAND = 0.0005
"""Seconds; a frame that took less had come before it was asked for."""


class Subscription(Struct, frozen=True):
    """What a subscription is made with."""

    pubsub_token: Secret
    account_id: int
    user_id: int


class _Loss(Struct, frozen=True):
    """Why a connection, or the attempt at one, is over."""

    reason: str
    healthy_for: float = 0.0
    asked: float | None = None
    """Seconds the server asked to wait."""


class Clocks(Protocol):
    """The client's two clocks: one that never jumps, and one that goes on while the machine sleeps."""

    def monotonic(self) -> float:
        """Seconds from some moment."""
        ...

    def time(self) -> float:
        """Epoch seconds."""
        ...


class Live:
    """Connects, subscribes, delivers, and starts over when the connection is lost.

    Args:
        address: where the installation is.
        sockets: opens the sockets.
        subscription: what to subscribe with; called with True when the last one was not accepted, and
            must then ask the server anew. May raise any ``ApiError``; ``NotSignedIn`` ends everything.
        silent: called when nothing was heard for too long, as on a network that is no longer there.
        backoff: how long to wait between attempts.
        clocks: the ``time`` module, or a test's.
    """

    def __init__(
        self,
        address: Address,
        sockets: SocketTransport,
        subscription: Callable[[bool], Awaitable[Subscription]],
        *,
        silent: Callable[[], Awaitable[None]],
        backoff: Backoff,
        clocks: Clocks,
    ) -> None:
        self._address = address
        self._sockets = sockets
        self._subscription = subscription
        self._silent = silent
        self._backoff = backoff
        self._clocks = clocks
        self._events: asyncio.Queue[BackendEvent | None] = asyncio.Queue()
        self._pump: asyncio.Task[None] | None = None
        self._early: ServerTime | None = None
        self._round_trip = _USUAL_ROUND_TRIP
        self._stale = False
        self._last_live: tuple[float, float] | None = None
        self._subscribed_at: float | None = None
        self._attempts = 0
        self._newest: deque[float] = deque(maxlen=_STREAM)
        """When the newest frames came."""

    async def events(self) -> AsyncIterator[BackendEvent]:
        """Everything that happens, in order, until the sign-in is refused or the iterator is closed."""
        if self._pump is not None:
            raise RuntimeError("the events are being read already")
        self._events = asyncio.Queue()
        self._attempts = 0
        if self._early is not None:
            self._events.put_nowait(self._early)
        # A task of its own keeps presence and reading going while the reader of the events is busy.
        pump = self._pump = asyncio.create_task(self._keep_up())
        try:
            while (event := await self._events.get()) is not None:
                yield event
            await asyncio.wait({pump})
        finally:
            self._pump = None
            pump.cancel()
            await asyncio.wait({pump})
        if not pump.cancelled():
            pump.result()

    def notice_time(self, reading: ServerTime, round_trip: float) -> None:
        """Take a reading of the server's clock from elsewhere; it is delivered among the events."""
        self._round_trip = max(round_trip, 0.0)
        if self._pump is None:
            self._early = reading
        else:
            self._events.put_nowait(reading)

    async def aclose(self) -> None:
        """End the events."""
        pump = self._pump
        if pump is not None:
            pump.cancel()
            await asyncio.wait({pump})

    async def _keep_up(self) -> None:
        try:
            while True:
                loss = await self._attempt()
                if loss is None:
                    self._events.put_nowait(SignInRefused())
                    return
                await self._wait_after(loss)
        finally:
            self._events.put_nowait(None)

    async def _wait_after(self, loss: _Loss) -> None:
        if loss.reason == Ending.SILENT.value:
            await self._silent()
        wait = self._backoff.next_wait(healthy_for=loss.healthy_for, asked=loss.asked)
        self._attempts += 1
        self._events.put_nowait(ConnectionLost(loss.reason, wait, self._attempts))
        await asyncio.sleep(wait)

    async def _attempt(self) -> _Loss | None:
        """One connection from its opening to its loss; ``None`` when the sign-in is refused."""
        try:
            subscription = await self._subscription(self._stale)
        except NotSignedIn:
            self._stale = True
            return None
        except ApiError as error:
            return _loss_by(error)
        self._stale = False
        try:
            socket = await self._sockets.connect(self._address, CABLE_PATH, (SUBPROTOCOL,))
        except ApiError as error:
            return _loss_by(error)
        try:
            return await self._follow(socket, self._cable(subscription))
        finally:
            await socket.aclose()

    def _cable(self, subscription: Subscription) -> Cable:
        return Cable(
            pubsub_token=subscription.pubsub_token,
            account_id=subscription.account_id,
            user_id=subscription.user_id,
            now=self._clocks.monotonic(),
        )

    async def _follow(self, socket: Socket, cable: Cable) -> _Loss:
        self._subscribed_at = None
        while True:
            try:
                for text in cable.data_to_send():
                    await socket.send(text)
                ending = await self._hear(socket, cable)
            except ApiError:
                ending = Ending.CLOSED
            if ending is not None:
                return self._lost(ending)

    async def _hear(self, socket: Socket, cable: Cable) -> Ending | None:
        """Take frames until there is something to send, or the time for a tick has come.

        One timer serves all of them: to set one for each frame costs as much as to read the frame.
        """
        try:
            async with asyncio.timeout(max(cable.deadline - self._clocks.monotonic(), 0)):
                while not cable.has_data_to_send:
                    asked = self._clocks.monotonic()
                    frame = await socket.receive()
                    now = self._clocks.monotonic()
                    ending = self._told(cable.receive(frame, now))
                    if ending is not None:
                        return ending
                    if cable.subscribed:
                        self._last_live = (now, self._clocks.time())
                    if self._streams(now) and now - asked > _AT_HAND:
                        await asyncio.sleep(_REST)
        except TimeoutError:
            return self._told(cable.tick(self._clocks.monotonic()))
        return None

    def _streams(self, now: float) -> bool:
        """Whether frames, of which one came ``now``, come so closely that it pays to read several at once."""
        self._newest.append(now)
        return len(self._newest) == _STREAM and now - self._newest[0] < _QUARTER

    def _told(self, happened: Sequence[CableEvent]) -> Ending | None:
        for event in happened:
            if isinstance(event, Failed):
                return event.ending
            self._take(event)
        return None

    def _take(self, event: CableEvent) -> None:
        match event:
            case Subscribed():
                self._attempts = 0
                self._subscribed_at = self._clocks.monotonic()
                self._events.put_nowait(Connected(self._gap()))
            case Pinged(second):
                reading = from_second(second, self._clocks.monotonic(), self._round_trip)
                self._events.put_nowait(reading)
            case Delivered(told):
                self._events.put_nowait(told)
            case Failed():
                return
            case _:
                assert_never(event)

    def _gap(self) -> float | None:
        if self._last_live is None:
            return None
        monotonic, wall = self._last_live
        # While the machine sleeps the monotonic clock stands still, and the wall clock may be set back.
        return max(self._clocks.monotonic() - monotonic, self._clocks.time() - wall)

    def _lost(self, ending: Ending) -> _Loss:
        self._stale = ending is Ending.UNCONFIRMED
        since = self._subscribed_at
        return _Loss(ending.value, 0.0 if since is None else self._clocks.monotonic() - since)


def _loss_by(error: ApiError) -> _Loss:
    match error:
        case RateLimited(retry_after=asked):
            return _Loss("limited", asked=asked)
        case ServerFault(retry_after=asked):
            return _Loss("refused", asked=asked)
        case _:
            return _Loss("refused")
