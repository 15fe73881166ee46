"""What a lead's board works with, by itself or over an agent's desk."""

from __future__ import annotations

from agent_tui.cli.connection import Connection
from agent_tui.cli.surroundings import Surroundings
from agent_tui.lookout import LookoutMeans
from agent_tui.settings import Settings, rules


def lookout_means(around: Surroundings, settings: Settings, connection: Connection) -> LookoutMeans:
    """A lookout of its own on ``connection``, with the team's rules and this machine's files."""
    return LookoutMeans(
        connection.connect,
        connection.server,
        around.places.facts,
        rules(settings),
        team=around.team(settings),
        plans=around.places.plans,
    )
