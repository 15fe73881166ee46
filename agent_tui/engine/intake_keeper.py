"""Performs what is settled about queues: asks the server, and keeps the plans on this machine's disk."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import assert_never

import msgspec

from agent_tui.desk import intake_told as t
from agent_tui.desk.intake_model import KeepPlans, LookAtIntake, Plan, SetIntake
from agent_tui.engine.intake import problem_of
from agent_tui.own_files import write_whole
from api_client.backend import Backend
from api_client.errors import ApiError
from api_client.models.identity import QueueId
from api_client.models.intake import Intake

_log = logging.getLogger(__name__)

Book = dict[str, dict[str, Plan]]
"""Plans by server and queue."""


class PlansKept:
    """One file of plans, for its owner alone; another server's plans in it are left alone.

    A file that makes no sense is put aside, not deleted: the weeks of closed queues may stand in it.
    """

    def __init__(self, path: Path, server: str) -> None:
        self._path = path
        self._server = server

    def load(self) -> dict[QueueId, Plan]:
        """The plans of this server; none when the file cannot be read, which is logged."""
        return {QueueId(queue): plan for queue, plan in self._book().get(self._server, {}).items()}

    def keep(self, plans: Mapping[QueueId, Plan]) -> None:
        """Write them down at once, so that none of them is ever half there."""
        book: dict[str, Mapping[QueueId, Plan] | Mapping[str, Plan]] = {**self._book(), self._server: plans}
        try:
            write_whole(self._path, msgspec.json.encode(book))
        except OSError as error:
            _log.warning("the plans for queues are not kept: %s", error)

    def _book(self) -> Book:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Book)
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.DecodeError) as error:
            _log.warning("the plans for queues were not read: %s", error)
            if isinstance(error, msgspec.DecodeError):
                self._put_aside()
            return {}

    def _put_aside(self) -> None:
        with contextlib.suppress(OSError):
            self._path.replace(self._path.with_name(f"{self._path.name}.broken-{int(time.time())}"))


class IntakeKeeper:
    """Does effects about queues one after the other, on the loop it is called on.

    Args:
        backend: gives the one signed in to.
        kept: the plans on the disk; ``None`` keeps none.
        emit: tells the desk what came of it.
    """

    def __init__(
        self, backend: Callable[[], Backend], kept: PlansKept | None, emit: Callable[[t.IntakeHappened], None]
    ) -> None:
        self._backend = backend
        self._kept = kept
        self._emit = emit
        self._one_after_another = asyncio.Lock()

    def restore(self) -> None:
        """Tell the desk what an earlier run has kept."""
        if self._kept is not None and (plans := self._kept.load()):
            self._emit(t.PlansRestored(plans))

    async def perform(self, effect: LookAtIntake | SetIntake | KeepPlans) -> None:
        """Do it, when those before it are done."""
        async with self._one_after_another:
            match effect:
                case KeepPlans(plans):
                    if self._kept is not None:
                        self._kept.keep(plans)
                case LookAtIntake(queue):
                    await self._asked(queue, self._backend().intake(queue), t.IntakeTold)
                case SetIntake(queue, changes):
                    await self._asked(queue, self._backend().set_intake(queue, changes), t.IntakeChanged)
                case _:
                    assert_never(effect)

    async def _asked(
        self,
        queue: QueueId,
        asked: Awaitable[Intake],
        told: type[t.IntakeTold | t.IntakeChanged],
    ) -> None:
        try:
            intake = await asked
        except ApiError as error:
            self._emit(t.IntakeFailed(queue, problem_of(error)))
        else:
            self._emit(told(queue, intake))
