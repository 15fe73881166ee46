"""Names of queues beside the log of a small terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App

from agent_tui.desk.text import Displayable
from agent_tui.desk.view import Promise, QueueRow
from agent_tui.theming import Palette
from agent_tui.widgets.queue import QueueList
from api_client.models.identity import QueueId

NARROW = (34, 6)
"""What 80 columns leave for the lists."""


def queue(name: str, waiting: int, seconds: float) -> QueueRow:
    return QueueRow(
        queue=QueueId(name),
        name=Displayable(name),
        served=True,
        waiting=waiting,
        longest_since=1000.0 - seconds if waiting else None,
        promise=Promise(warning=40, breach=60),
    )


async def test_a_long_name_takes_the_cells_that_the_numbers_do_not_need(
    palette: Palette, stage: Callable[..., App[None]], rows: Any
) -> None:
    queues = QueueList(palette)
    async with stage(queues).run_test(size=NARROW):
        queues.show(
            [
                queue("Veroilmoitus verkossa", 0, 0),
                queue("Kotitalousvähennys", 3, 9),
                queue("Verokortti", 12, 4000),
                queue("Rakentamisilmoitukset ja muut", 0, 0),
            ],
            1000.0,
        )
        shown = [row.rstrip() for row in rows(queues)]
    assert shown[1:5] == [
        "▸ [x] Veroilmoitus verkossa     0",
        "  [x] Kotitalousvähennys 3 ○ 0:09",
        "  [x] Verokortti     12 ● 1:06:40",
        "  [x] Rakentamisilmoitukset ja… 0",
    ]
