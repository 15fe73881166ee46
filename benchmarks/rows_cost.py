"""Rows without a terminal: what one event costs, and what a queue of ten thousand does."""

from __future__ import annotations

import asyncio
import gc
import json
import time
from collections.abc import Iterable, Sequence
from typing import Final

from agent_tui.app import Workstation
from agent_tui.bridge import Bridge
from agent_tui.desk import events as d
from agent_tui.desk.model import DeskState
from agent_tui.engine import intake
from agent_tui.keys_in_force import keymap
from agent_tui.lookout import LookoutMeans
from agent_tui.looks import Looks
from agent_tui.notifier import Ways
from api_client.backend import Backend
from api_client.chatwoot.cable import Cable, Delivered
from api_client.errors import ConnectFailed
from api_client.models.events import ConversationChanged, MessageCreated
from api_client.models.identity import AgentId, QueueId
from api_client.models.people import Agent, Availability, Me, Queue, QueueKind, Role
from api_client.secret import Secret
from benchmarks.figures import Figure, percentile
from benchmarks.frames import FrameMaker
from benchmarks.terminal import COLUMNS, LINES
from themes.loader import load

ME: Final = 1_000_001
MINE: Final = 7
FEW, MANY = 10, 10_000
SHORT: Final = 100
EVENTS: Final = 400
ROUNDS: Final = 5


class Wire:
    """Frames in, desk events out: what the engine does with them, without its thread and its sockets."""

    def __init__(self) -> None:
        self._cable = Cable(pubsub_token=Secret("invented"), account_id=1, user_id=ME, now=0.0)
        self._cable.receive('{"type":"welcome"}', 0.0)
        identifier = json.loads(self._cable.data_to_send()[0])["identifier"]
        confirmed = {"identifier": identifier, "type": "confirm_subscription"}
        self._cable.receive(json.dumps(confirmed), 0.0)
        self.frames = FrameMaker(identifier)
        self._me = AgentId(str(ME))

    def before(self) -> list[d.DeskEvent]:
        """Signed in, connected, and a member of the one queue."""
        agent = Agent(self._me, "Ada", "ada@example.test", Role.AGENT, Availability.ONLINE)
        queue = QueueId(f"inbox:{self.frames.inbox}")
        queues = [Queue(queue, self.frames.inbox_name, QueueKind.INBOX, member=True)]
        return [
            intake.signed_in(Me(agent, "Desk"), frozenset()),
            intake.catalog(queues, [agent], [], []),
            d.ConversationsListed((), whole=True),
            d.ConnectionOpened(),
            d.ServerHeard(self.frames.began + MANY * 2 - time.monotonic()),
        ]

    def decoded(self, frame: str) -> Iterable[d.DeskEvent]:
        """What a frame means, made safe to show."""
        for heard in self._cable.receive(frame, 1.0):
            match heard:
                case Delivered(MessageCreated(message, unread, active)):
                    line = intake.line_of(message, self._me)
                    yield d.MessageReceived(message.conversation, line, unread, active)
                case Delivered(ConversationChanged(conversation)):
                    yield d.ConversationChanged(intake.chat_of(conversation, self._me))
                case _:
                    raise ValueError(f"a frame was not understood: {frame[:200]}")

    def conversations(self, count: int) -> list[d.DeskEvent]:
        """So many conversations, the first ones the agent's and the others waiting."""
        told: list[d.DeskEvent] = []
        for number in range(1, count + 1):
            told += self.decoded(self.frames.conversation(number, ME if number <= MINE else None))
        return told


def events() -> list[Figure]:
    """Decode, make safe and apply one message: with ten conversations, with ten thousand."""
    few, many = EventCost(FEW), EventCost(MANY)
    costs: dict[int, list[float]] = {FEW: [], MANY: []}
    for _ in range(ROUNDS):
        costs[FEW].append(few.microseconds())
        costs[MANY].append(many.microseconds())
    ten, thousands = percentile(costs[FEW], 0.5), percentile(costs[MANY], 0.5)
    return [
        Figure("events-10.cost", "one event, 10 conversations", ten, "µs"),
        Figure("events-10000.cost", "one event, 10,000 conversations", thousands, "µs"),
        Figure("events-10000.growth", "one event, 10,000 beside 10", thousands / ten, "times"),
    ]


class EventCost:
    """A desk that holds so many conversations and is told of messages in ten of them."""

    def __init__(self, conversations: int) -> None:
        self._wire = Wire()
        self._bridge = Bridge(
            DeskState(),
            perform=_ignore,
            show=_ignore,
            changed=lambda: None,
            start_failed=_ignore,
        )
        for event in (*self._wire.before(), *self._wire.conversations(conversations)):
            self._bridge.dispatch(event)

    def microseconds(self) -> float:
        """Mean cost of one message, from the frame's text to the state."""
        frames = [self._wire.frames.message(number % FEW + 1) for number in range(EVENTS)]
        gc.collect()
        began = time.thread_time()
        for frame in frames:
            for event in self._wire.decoded(frame):
                self._bridge.dispatch(event)
        return (time.thread_time() - began) / EVENTS * 1e6


def _unreachable() -> Backend:
    raise ConnectFailed("nobody opens this board")


_NO_BOARD: Final = LookoutMeans(_unreachable, "")


def _ignore(_: object) -> None:
    """Nothing is done about it."""


def queue() -> list[Figure]:
    """One second's tick and one arrival, with a hundred waiting and with ten thousand."""
    short, long = asyncio.run(_queue_costs(SHORT)), asyncio.run(_queue_costs(MANY))
    return [
        Figure("queue.tick-ms", "one tick and its painting, 10,000 waiting", long[0], "ms"),
        Figure("queue.tick", "one tick, 10,000 waiting beside 100", long[0] / short[0], "times"),
        Figure("queue.arrival-ms", "one arrival and its painting, 10,000 waiting", long[1], "ms"),
        Figure("queue.arrival", "one arrival, 10,000 waiting beside 100", long[1] / short[1], "times"),
    ]


def unconnected() -> Workstation:
    """The workstation without an engine: it is told what a benchmark tells it."""
    quiet = Ways(bell=False)
    return Workstation(_ignore, _ignore, keymap({}), Looks(load("dark")), str, lookout=_NO_BOARD, ways=quiet)


async def _queue_costs(waiting: int) -> tuple[float, float]:
    """Milliseconds of a tick and of an arrival on the whole screen, without a terminal."""
    wire = Wire()
    app = unconnected()
    async with app.run_test(size=(COLUMNS, LINES)) as pilot:
        for event in (*wire.before(), *wire.conversations(waiting)):
            app.bridge.dispatch(event)
        await pilot.pause()
        ticks = await _each(app, [d.Ticked()] * 30)
        arrivals = [
            event for n in range(30) for event in wire.decoded(wire.frames.conversation(MANY + n + 1))
        ]
        return ticks, await _each(app, arrivals)


async def _each(app: Workstation, told: Sequence[d.DeskEvent]) -> float:
    """Median milliseconds of applying one event and handing every widget its slice."""
    took: list[float] = []
    for event in told:
        began = time.thread_time()
        app.bridge.dispatch(event)
        app.workstation.show()
        took.append((time.thread_time() - began) * 1000)
        await asyncio.sleep(0)
    return percentile(took, 0.5)
