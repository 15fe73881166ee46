"""What the board says at one moment, as a copy: for scripts, wallboards and programs that collect figures."""

from __future__ import annotations

from msgspec import Struct

from agent_tui.desk.metrics.board import AgentFigures, Board, QueueFigures
from agent_tui.desk.metrics.figures import Figures
from agent_tui.desk.model import DeskState, Link


class Report(Struct, frozen=True):
    """No later event changes it, so another thread may read it."""

    at: float
    """Server's epoch seconds."""
    live: bool
    """Whether changes arrive as they happen; else it is what was known last."""
    desk: Figures
    queues: tuple[QueueFigures, ...]
    agents: tuple[AgentFigures, ...]


def report(board: Board, state: DeskState, now: float) -> Report:
    """Everything at server time ``now``, by name."""
    return Report(
        at=now,
        live=state.connection.link is Link.LIVE,
        desk=board.desk(now),
        queues=tuple(board.queues(state, now)),
        agents=tuple(board.agents(state, now)),
    )
