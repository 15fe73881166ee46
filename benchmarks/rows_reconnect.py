"""The row of a connection that was lost: how many round trips until the desk knows everything again."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from agent_tui.bridge import Bridge
from agent_tui.desk.absence import MARGIN
from agent_tui.desk.model import DeskState, Link
from agent_tui.desk.problems import Problem
from agent_tui.desk.transcript import Order
from agent_tui.engine.drafts import MemoryDrafts
from agent_tui.engine.engine import Engine
from agent_tui.engine.session import Pace
from agent_tui.engine.thread import EngineThread
from api_client.models.identity import ConversationId
from api_client.open import open_backend
from api_client.secret import Secret
from benchmarks.figures import Figure, in_turn
from benchmarks.load import Chat, PracticeDesk, Refused
from benchmarks.relay import Relay

CHATS: Final = 7
WAITING: Final = 1_000
MISSED: Final = 500
ROUNDS: Final = 3
ARRIVE: Final = 5
"""Customers who come during each outage; the last one makes :data:`WAITING`."""
DELAY: Final = 0.2
"""Seconds that each direction of the slow wire takes: much beside what else the machine does meanwhile."""
REST: Final = 0.8
"""Seconds without anything on the wire after which all requests have been answered."""
PATIENCE: Final = 60.0
LATER: Final = 3600.0
"""Seconds; longer than all rounds take on a busy machine."""


def reconnect(
    waiting: int = WAITING, missed: int = MISSED, rounds: int = ROUNDS, settled: float = MARGIN
) -> list[Figure]:
    """Cut the wire, let customers write and come, mend it: with a delay on the wire and without, in turn.

    ``settled``: seconds that the others have waited by then; who came in the last minute counts as changed.
    """
    with PracticeDesk() as desk, Relay(urlsplit(desk.url).port or 0) as relay:
        chats = desk.chats(CHATS)
        desk.waiting(waiting - 2 * rounds * ARRIVE)
        time.sleep(settled)
        took = asyncio.run(_outages(desk, relay, chats, missed, rounds))
    near, far = min(took[0.0]), min(took[DELAY])
    trips = (far - near) / (2 * statistics.fmean(relay.held))
    return [
        Figure("reconnect.trips", "reconnect: round trips until complete", trips, ""),
        Figure("reconnect.time", "reconnect: without delay, from the new connection on", near * 1000, "ms"),
    ]


async def _outages(
    desk: PracticeDesk, relay: Relay, chats: Sequence[Chat], missed: int, rounds: int
) -> dict[float, list[float]]:
    """Seconds from each new connection to the complete desk, by the wire's delay."""
    took: dict[float, list[float]] = {0.0: [], DELAY: []}
    async with _following(relay.port, Secret(desk.token)) as state:
        await _until(lambda: state.listed and len(state.tabs) == len(chats), "the desk")
        for _, delay in in_turn(0.0, DELAY, rounds):
            await _until(lambda: all(_read(state, chat) for chat in chats), "the chats")
            await _until(lambda: time.perf_counter() > relay.carried_at + REST, "nothing to be under way")
            newest = {key: state.chats[key].transcript.lines[-1].order for key in state.tabs}
            here = len(state.waiting.places)
            relay.cut()
            await _until(lambda: state.connection.link is Link.LOST, "the loss")
            await asyncio.to_thread(desk.fill, chats, missed)
            await asyncio.to_thread(desk.waiting, ARRIVE)
            relay.delay = delay
            relay.mend()
            await _until(partial(_knows, state, newest, missed, here + ARRIVE), "everything")
            took[delay].append(time.perf_counter() - relay.cabled_at)
    return took


def _read(state: DeskState, chat: Chat) -> bool:
    transcript = state.chats[ConversationId(str(chat.id))].transcript
    return transcript.fetched and not transcript.gap


def _knows(state: DeskState, since: Mapping[ConversationId, Order], missed: int, waiting: int) -> bool:
    """Live, with so many lines ``since`` then and no gap in any tab, and with so many who wait."""
    if state.connection.link is not Link.LIVE or len(state.waiting.places) < waiting:
        return False
    transcripts = {key: state.chats[key].transcript for key in since}
    if any(transcript.gap for transcript in transcripts.values()):
        return False
    return sum(line.order > since[key] for key, held in transcripts.items() for line in held.lines) >= missed


@asynccontextmanager
async def _following(port: int, token: Secret) -> AsyncIterator[DeskState]:
    """What a desk holds that follows the server on this port: engine and rules, without a screen."""
    url = f"http://127.0.0.1:{port}"
    # What is looked for while the connection is lost would be found before it is back.
    pace = Pace(poll=(LATER, LATER), poll_cut_off=(LATER, LATER))
    thread = EngineThread(
        lambda: Engine(lambda: open_backend("chatwoot", url, token), MemoryDrafts, url, pace=pace)
    )
    state = DeskState()
    bridge = Bridge(
        state,
        perform=thread.submit,
        show=lambda _: None,
        changed=lambda: None,
        start_failed=_refuse,
    )
    thread.start(bridge.deliver)
    bridge.open()
    try:
        yield state
    finally:
        bridge.close()
        await asyncio.to_thread(thread.stop)


def _refuse(problem: Problem) -> None:
    raise Refused(f"the desk could not sign in: {problem.trouble.value}")


async def _until(fact: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not fact():
        if time.monotonic() > end:
            raise Refused(f"waited in vain for {what}")
        await asyncio.sleep(0.001)
