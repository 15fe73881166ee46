"""The live connection kept up, on a loop whose time passes only when nothing is left to do."""

from __future__ import annotations

import asyncio
import itertools
import json
import selectors
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from random import Random
from typing import Any, cast

import pytest

from api_client.backoff import Backoff
from api_client.chatwoot.cable import CONFIRM_WITHIN, SILENT_AFTER
from api_client.chatwoot.live import Live, Subscription
from api_client.errors import AnswerLost, ConnectFailed, NotSignedIn, RateLimited, ServerFault
from api_client.models.events import (
    BackendEvent,
    CatalogChanged,
    Connected,
    ConnectionLost,
    ServerTime,
    SignInRefused,
)
from api_client.secret import Secret
from api_client.transport.address import Address
from api_client.transport.memory import MemoryHttp, MemorySocket, MemorySockets

HERE = Address("http", "127.0.0.1", 80)
WELCOME = '{"type":"welcome"}'
PING = '{"type":"ping","message":1781946123}'


class _Jump(selectors.SelectSelector):
    """Lets time pass at once instead of waiting for it."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready:
            assert timeout is not None, "everybody waits for everybody"
            self.now += max(timeout, 0)
        return ready


class JumpingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.jump = _Jump()
        super().__init__(self.jump)

    def time(self) -> float:
        return self.jump.now


class LoopClocks:
    """The loop's time, and a wall clock that may run ahead of it."""

    slept = 0.0

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    def time(self) -> float:
        return 1_781_946_000 + self.monotonic() + self.slept


class Stage:
    """A live connection, the far ends of its sockets, and what it asked for."""

    def __init__(self) -> None:
        self.sockets = MemorySockets()
        self.clocks = LoopClocks()
        self.asked_fresh: list[bool] = []
        self.refusal: Exception | None = None
        self.http = MemoryHttp(lambda _: (200, None))
        self.live = Live(
            HERE,
            self.sockets,
            self._subscription,
            silent=self.http.renew,
            backoff=Backoff(Random(7)),
            clocks=self.clocks,
        )

    async def _subscription(self, fresh: bool) -> Subscription:  # noqa: FBT001  as it is called
        self.asked_fresh.append(fresh)
        if self.refusal is not None:
            raise self.refusal
        return Subscription(Secret("Vx81tJw5"), 1, 4)

    async def accept(self) -> MemorySocket:
        """Take the next connection as far as its confirmation."""
        far = await self.sockets.accepted.get()
        await far.send(WELCOME)
        subscribe = json.loads(cast("str", await far.receive()))
        await far.send(json.dumps({"type": "confirm_subscription", "identifier": subscribe["identifier"]}))
        return far

    def events(self) -> aclosing[Any]:
        return aclosing(cast("Any", self.live.events()))


def on_a_jumping_loop(play: Callable[[Stage], Awaitable[None]]) -> None:
    async def run() -> None:
        async with asyncio.timeout(24 * 3600):
            await play(Stage())

    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        runner.run(run())


async def next_of(kind: type[Any], events: AsyncIterator[BackendEvent]) -> Any:
    async for event in events:
        if isinstance(event, kind):
            return event
    raise AssertionError(f"no {kind.__name__} came")


def test_connected_is_said_only_once_the_subscription_is_confirmed() -> None:
    async def play(stage: Stage) -> None:
        async with stage.events() as events:
            first = asyncio.create_task(anext(events))
            far = await stage.accept()
            assert await first == Connected(None)
            assert json.loads(cast("str", await far.receive()))["command"] == "message"

    on_a_jumping_loop(play)


def test_the_gap_is_counted_from_the_last_frame_and_not_from_noticing_the_loss() -> None:
    async def play(stage: Stage) -> None:
        async with stage.events() as events:
            first = asyncio.create_task(anext(events))
            far = await stage.accept()
            await first
            await far.send(PING)
            last_frame = stage.clocks.monotonic()
            lost = await next_of(ConnectionLost, events)
            assert (lost.reason, lost.attempt) == ("silent", 1)
            assert stage.clocks.monotonic() - last_frame >= SILENT_AFTER
            again = asyncio.create_task(next_of(Connected, events))
            await stage.accept()
            assert (await again).gap == pytest.approx(stage.clocks.monotonic() - last_frame)

    on_a_jumping_loop(play)


def test_after_silence_requests_no_longer_go_by_the_connections_that_were_kept() -> None:
    async def play(stage: Stage) -> None:
        async with stage.events() as events:
            first = asyncio.create_task(anext(events))
            far = await stage.accept()
            await first
            await far.aclose()
            assert (await next_of(ConnectionLost, events)).reason == "closed"
            again = asyncio.create_task(next_of(Connected, events))
            await stage.accept()
            await again
            renewed = [stage.http.renewed]
            assert (await next_of(ConnectionLost, events)).reason == "silent"
            assert [*renewed, stage.http.renewed] == [0, 1]

    on_a_jumping_loop(play)


def test_a_machine_that_slept_knows_how_long() -> None:
    async def play(stage: Stage) -> None:
        async with stage.events() as events:
            first = asyncio.create_task(anext(events))
            far = await stage.accept()
            await first
            stage.clocks.slept = 3600.0
            await far.aclose()
            again = asyncio.create_task(next_of(Connected, events))
            await stage.accept()
            assert (await again).gap >= 3600

    on_a_jumping_loop(play)


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        ('{"type":"disconnect","reason":"server_restart","reconnect":true}', "restarting"),
        ('{"type":"disconnect","reason":"remote"}', "closed"),
        (None, "closed"),
    ],
)
def test_a_loss_has_its_reason(frame: str | None, reason: str) -> None:
    async def play(stage: Stage) -> None:
        async with stage.events() as events:
            first = asyncio.create_task(anext(events))
            far = await stage.accept()
            await first
            await (far.aclose() if frame is None else far.send(frame))
            lost = await next_of(ConnectionLost, events)
            assert (lost.reason, lost.attempt) == (reason, 1)

    on_a_jumping_loop(play)


def test_an_unconfirmed_subscription_asks_for_a_fresh_token_and_goes_on() -> None:
    async def play(stage: Stage) -> None:
        async with stage.events() as events:
            first = asyncio.create_task(anext(events))
            far = await stage.sockets.accepted.get()
            await far.send(WELCOME)
            for _ in range(int(CONFIRM_WITHIN)):
                await asyncio.sleep(1)
                if not far.closed:
                    await far.send(PING)
            lost = await first
            while not isinstance(lost, ConnectionLost):
                lost = await anext(events)
            assert lost.reason == "unconfirmed"
            again = asyncio.create_task(next_of(Connected, events))
            await stage.accept()
            assert (await again).gap is None
            assert stage.asked_fresh == [False, True]

    on_a_jumping_loop(play)


def test_a_token_that_is_refused_ends_the_events() -> None:
    async def play(stage: Stage) -> None:
        stage.refusal = NotSignedIn("not signed in")
        async with stage.events() as events:
            assert [event async for event in events] == [SignInRefused()]
        assert stage.sockets.attempts == 0

    on_a_jumping_loop(play)


def test_a_server_that_is_down_is_asked_less_and_less_often() -> None:
    async def play(stage: Stage) -> None:
        stage.sockets.refuse = [ConnectFailed("nobody") for _ in range(10_000)]
        attempts: list[int] = []
        async with stage.events() as events:
            async for event in events:
                attempts.append(event.attempt)
                assert event.reason == "refused"
                assert event.retry_in <= 30
                if stage.clocks.monotonic() > 600:
                    break
        assert attempts == list(range(1, len(attempts) + 1))
        assert 10 < len(attempts) < 100

    on_a_jumping_loop(play)


def test_a_server_that_accepts_and_drops_is_not_stormed() -> None:
    async def play(stage: Stage) -> None:
        async def drop() -> None:
            while True:
                await (await stage.accept()).aclose()

        dropping = asyncio.create_task(drop())
        async with stage.events() as events:
            async for _ in events:
                if stage.clocks.monotonic() > 600:
                    break
        dropping.cancel()
        assert 10 < stage.sockets.attempts < 100

    on_a_jumping_loop(play)


@pytest.mark.parametrize(
    ("refusal", "reason"),
    [
        (RateLimited("busy", retry_after=90.0), "limited"),
        (ServerFault("down", retry_after=90.0), "refused"),
    ],
)
def test_the_wait_that_a_server_asks_for_is_kept(refusal: RateLimited | ServerFault, reason: str) -> None:
    async def play(stage: Stage) -> None:
        stage.sockets.refuse = [refusal]
        async with stage.events() as events:
            lost = await anext(events)
            assert (lost.reason, lost.retry_in) == (reason, 90.0)
            again = asyncio.create_task(next_of(Connected, events))
            await stage.accept()
            await again
            assert stage.clocks.monotonic() >= 90

    on_a_jumping_loop(play)


def test_a_profile_that_cannot_be_fetched_is_a_failed_attempt() -> None:
    async def play(stage: Stage) -> None:
        stage.refusal = AnswerLost("broken")
        async with stage.events() as events:
            assert (await anext(events)).reason == "refused"
            stage.refusal = None
            again = asyncio.create_task(next_of(Connected, events))
            await stage.accept()
            await again

    on_a_jumping_loop(play)


def test_presence_goes_on_while_the_reader_of_the_events_is_busy() -> None:
    async def play(stage: Stage) -> None:
        times: list[float] = []

        async def server() -> None:
            far = await stage.accept()

            async def ping() -> None:
                while True:
                    await far.send(PING)
                    await asyncio.sleep(3)

            pinging = asyncio.create_task(ping())
            while len(times) < 5:
                await far.receive()
                times.append(stage.clocks.monotonic())
            pinging.cancel()

        serving = asyncio.create_task(server())
        async with stage.events() as events:
            await next_of(Connected, events)
            await serving
        assert all(later - earlier <= 15 for earlier, later in itertools.pairwise(times))

    on_a_jumping_loop(play)


def test_readings_of_the_clock_come_among_the_events() -> None:
    async def play(stage: Stage) -> None:
        early, late = ServerTime(5.0, 0.0, 0.5), ServerTime(6.0, 1.0, 0.5)
        stage.live.notice_time(early, 0.2)
        async with stage.events() as events:
            assert await anext(events) == early
            first = asyncio.create_task(anext(events))
            far = await stage.accept()
            await first
            stage.live.notice_time(late, 0.2)
            assert await anext(events) == late
            await far.send(PING)
            ping = await anext(events)
            assert ping == ServerTime(1781946123.6, stage.clocks.monotonic(), 0.6)

    on_a_jumping_loop(play)


def test_one_iterator_at_a_time_and_another_after_it() -> None:
    async def play(stage: Stage) -> None:
        for _ in range(2):
            async with stage.events() as events:
                first = asyncio.create_task(anext(events))
                await stage.accept()
                await first
                with pytest.raises(RuntimeError):
                    await anext(stage.live.events())

    on_a_jumping_loop(play)


def test_closing_ends_the_events_and_the_connection() -> None:
    async def play(stage: Stage) -> None:
        async with stage.events() as events:
            first = asyncio.create_task(anext(events))
            far = await stage.accept()
            await first
            await stage.live.aclose()
            assert [event async for event in events] == []
            await far.receive()  # the presence of before
            with pytest.raises(AnswerLost):
                await far.receive()

    on_a_jumping_loop(play)


def test_a_burst_arrives_whole_and_in_order() -> None:
    async def play(stage: Stage) -> None:
        async with stage.events() as events:
            first = asyncio.create_task(anext(events))
            far = await stage.sockets.accepted.get()
            await far.send(WELCOME)
            identifier = json.loads(cast("str", await far.receive()))["identifier"]
            await far.send(json.dumps({"type": "confirm_subscription", "identifier": identifier}))
            await first
            for second in range(500):
                await far.send(f'{{"type":"ping","message":{second}}}')
            message = {"event": "account.cache_invalidated", "data": {}}
            await far.send(json.dumps({"identifier": identifier, "message": message}))
            told = []
            async for event in events:
                told.append(event)
                if event == CatalogChanged():
                    break
            times = [event.at for event in told if isinstance(event, ServerTime)]
            assert len(times) == 500
            assert times == sorted(times)

    on_a_jumping_loop(play)


def test_frames_of_a_stream_are_read_together_and_a_few_at_once() -> None:
    async def play(stage: Stage) -> None:
        times: list[float] = []

        async def read() -> None:
            async with stage.events() as events:
                while await next_of(ServerTime, events):
                    times.append(stage.clocks.monotonic())

        async def came(count: int) -> list[float]:
            """When pings arrived that were sent 5 ms apart."""
            times.clear()
            for _ in range(count):
                await far.send(PING)
                await asyncio.sleep(0.005)
            await asyncio.sleep(1)
            return times

        reading = asyncio.create_task(read())
        far = await stage.accept()
        await asyncio.sleep(1)
        assert len(set(await came(10))) == 10
        stream = await came(200)
        assert len(stream) == 200
        assert len(set(stream)) < 100
        reading.cancel()

    on_a_jumping_loop(play)
