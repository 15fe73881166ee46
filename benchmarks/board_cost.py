"""What a second of the board costs with 10,000 customers waiting in 40 queues."""

from __future__ import annotations

import time

from agent_tui.desk.metrics.board import Board
from agent_tui.desk.metrics.facts import Fact, Kind
from agent_tui.desk.model import Colleague, DeskState, QueueInfo
from agent_tui.desk.text import Displayable
from api_client.models.identity import AgentId, ConversationId, QueueId
from benchmarks.figures import Figure, percentile

QUEUES = [QueueId(f"team:{number}") for number in range(40)]
AGENTS = [AgentId(str(number)) for number in range(120)]
WAITING = 10_000
ANSWERED = 20_000
FACTS = WAITING * 2 + ANSWERED * 5
ROUNDS = 30


def filled() -> tuple[Board, DeskState, float]:
    """A board at the worst hour of a big day, its desk, and the server's time."""
    board, state = Board(), DeskState()
    state.queues = {queue: QueueInfo(queue, Displayable(queue), queue, member=True) for queue in QUEUES}
    state.colleagues = {agent: Colleague(agent, Displayable(agent)) for agent in AGENTS}
    for number in range(WAITING + ANSWERED):
        conversation, queue = ConversationId(str(number)), QUEUES[number % len(QUEUES)]
        agent = AGENTS[number % len(AGENTS)]
        kinds = [Kind.ARRIVED, Kind.WAITS]
        kinds += [Kind.TAKEN, Kind.ANSWERED, Kind.CLOSED] if number < ANSWERED else []
        for step, kind in enumerate(kinds):
            board.restore([Fact(kind, number * 50 + step * 10, conversation, queue, agent)])
    return board, state, (WAITING + ANSWERED) * 0.05


def board() -> list[Figure]:
    """What a fact costs, and a second's look at every row."""
    began = time.thread_time()
    held, state, now = filled()
    each = (time.thread_time() - began) / FACTS * 1e6
    looks = [_look(held, state, now + second) for second in range(ROUNDS)]
    return [
        Figure("board.fact", "board: one fact, 10,000 waiting in 40 queues", each, "µs"),
        Figure("board.look-ms", "board: a second's look at 160 rows", percentile(looks, 0.5), "ms"),
        Figure("board.worst-ms", "board: the slowest of 30 such looks", max(looks), "ms"),
    ]


def _look(held: Board, state: DeskState, now: float) -> float:
    """Milliseconds of the processor."""
    began = time.thread_time()
    held.desk(now)
    held.queues(state, now)
    held.agents(state, now)
    return (time.thread_time() - began) * 1000
