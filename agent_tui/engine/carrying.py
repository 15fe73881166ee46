"""Takes whole chats out of the desk: into a file, through a command of the agent's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, assert_never

from msgspec import Struct, field

from agent_tui.desk import effects as e
from agent_tui.desk import events as d
from agent_tui.desk.record import Form, as_the_customer_knows_it, shielded
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.engine import intake
from agent_tui.engine.failures import failed
from agent_tui.engine.new_files import name_for, write_new
from agent_tui.engine.record_text import written
from agent_tui.engine.records import Records
from agent_tui.engine.tasks import Tasks
from agent_tui.engine.tool_run import ToolFailed, run_tool
from api_client.errors import ApiError
from api_client.models.identity import ConversationId

_LONGEST_PATH: Final = 500

CarryingEffect = e.ExportChats | e.RunTool
"""Effects that are for :class:`Carrying`."""


class CarryingMeans(Struct, frozen=True):
    """What it works with."""

    exports: Path = Path("exports")
    """The folder that transcripts are put into."""
    tools: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The agent's commands by their names: a program and its arguments."""


class Carrying:
    """Made and used on the engine's loop. ``tasks`` carry what takes time."""

    def __init__(
        self, means: CarryingMeans, records: Records, emit: Callable[[d.DeskEvent], None], tasks: Tasks
    ) -> None:
        self._means = means
        self._records = records
        self._emit = emit
        self._tasks = tasks

    def perform(self, effect: CarryingEffect) -> None:
        """Do it; what comes of it is told as an event."""
        match effect:
            case e.ExportChats():
                self._tasks.spawn(self._export(effect))
            case e.RunTool():
                self._tasks.spawn(self._run(effect))
            case _:
                assert_never(effect)

    async def _export(self, effect: e.ExportChats) -> None:
        chats, folder = effect.conversations, self._means.exports
        try:
            path = await export(self._records, folder, chats, effect.form, notes=effect.notes)
        except ApiError as error:
            self._tell_failed(effect, error)
        except OSError as error:
            self._emit(d.ExportFailed(intake.disk_problem(error)))
        else:
            self._emit(d.Exported(_as_people_write(path), len(chats)))

    async def _run(self, effect: e.RunTool) -> None:
        conversation, tool = effect.conversation, effect.tool
        try:
            (chat,) = await self._records.fetch((conversation,))
            told = written((shielded(as_the_customer_knows_it(chat)),), Form.TEXT)
            text = await run_tool(self._means.tools[tool], told)
        except ApiError as error:
            self._tell_failed(effect, error)
        except ToolFailed as error:
            self._emit(d.ToolGaveUp(conversation, tool, error.trouble, error.detail))
        else:
            self._emit(d.ToolAnswered(conversation, tool, text))

    def _tell_failed(self, effect: CarryingEffect, error: ApiError) -> None:
        event = failed(effect, intake.problem_of(error))
        if event is not None:
            self._emit(event)


def _as_people_write(path: Path) -> Displayable:
    home = Path.home()
    short = f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
    return clean_line(short, limit=_LONGEST_PATH)


async def export(
    records: Records,
    folder: Path,
    chats: tuple[ConversationId, ...],
    form: Form,
    *,
    notes: bool,
    numbers: bool = False,
) -> Path:
    """Fetch the chats whole and write them into one new file in ``folder``; which one.

    Private numbers are starred out unless ``numbers`` asks for them.

    Raises:
        ApiError: one of them could not be fetched; nothing is written.
        OSError: the file cannot be written; nothing is left behind.
    """
    found = await records.fetch(chats)
    if not notes:
        found = [as_the_customer_knows_it(one) for one in found]
    if not numbers:
        found = [shielded(one) for one in found]
    today = f"{datetime.now(UTC).astimezone():%Y-%m-%d}"
    return write_new(folder, name_for(found, today), form.value, written(found, form))
