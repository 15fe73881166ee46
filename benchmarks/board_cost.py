"""What a second of the board costs with 10,000 customers waiting in 40 queues."""

from __future__ import annotations

import statistics
import time

from agent_tui.desk.metrics.board import Board
from agent_tui.desk.metrics.facts import Fact, Kind
from agent_tui.desk.model import Colleague, DeskState, QueueInfo
from agent_tui.desk.text import Displayable
from api_client.models.identity import AgentId, ConversationId, QueueId

QUEUES = [QueueId(f"team:{number}") for number in range(40)]
AGENTS = [AgentId(str(number)) for number in range(120)]
WAITING = 10_000
ANSWERED = 20_000
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


def main() -> None:
    """Print the milliseconds of filling it and of a second's look at all rows."""
    begun = time.perf_counter()
    board, state, now = filled()
    facts = WAITING * 2 + ANSWERED * 5
    print(f"{facts} facts: {(time.perf_counter() - begun) / facts * 1e6:.1f} us each")
    looks = []
    for second in range(ROUNDS):
        begun = time.perf_counter()
        board.desk(now + second)
        rows = board.queues(state, now + second) + board.agents(state, now + second)
        looks.append((time.perf_counter() - begun) * 1000)
    print(f"{board.desk(now).waiting} waiting, {len(rows)} rows, milliseconds for each second:")
    print(f"median {statistics.median(looks):.1f}, worst {max(looks):.1f}")


if __name__ == "__main__":
    main()
