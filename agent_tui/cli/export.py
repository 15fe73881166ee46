"""``agent-tui export``: chats, whole, in one new file."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from agent_tui.cli.connection import Connection, saved_connection
from agent_tui.cli.folders import exports_folder
from agent_tui.cli.parser import Given
from agent_tui.cli.surroundings import Surroundings
from agent_tui.desk.record import Form
from agent_tui.desk.text import clean_line
from agent_tui.engine import carrying, intake
from agent_tui.engine.records import Records
from agent_tui.engine.retrying import Retrying
from agent_tui.engine.timing import SystemTiming
from agent_tui.launch import Exit, Refusal, start_refusal
from agent_tui.notices import reason
from agent_tui.wording import say, shown
from api_client.backend import Backend
from api_client.errors import ApiError
from api_client.models.identity import ConversationId

_PATIENCE = 8.0


def export(around: Surroundings, given: Given) -> int:
    """Write the file and print where it is; returns the exit code."""
    settings = around.settings(given)
    connection = saved_connection(around, settings)
    folder = exports_folder(around, settings) if given.to is None else Path(given.to).expanduser()
    try:
        with around.logging():
            path = asyncio.run(_export(connection, folder, given))
    except OSError as error:
        why = clean_line(error.strerror or str(error))
        raise Refusal(
            say("No file was written in {folder}: {why}.", folder=shown(folder), why=why), Exit.FAILED
        ) from error
    sys.stdout.write(f"{path}\n")
    return Exit.DONE


async def _export(connection: Connection, folder: Path, given: Given) -> Path:
    backend = connection.connect()
    retrying = Retrying(SystemTiming())
    try:
        await _sign_in(backend, retrying, connection.settings.url)
        chats = tuple(map(ConversationId, given.chats))
        return await carrying.export(
            Records(backend, retrying),
            folder,
            chats,
            Form(given.format),
            notes=given.notes,
            numbers=given.numbers,
        )
    except ApiError as error:
        why = reason(intake.problem_of(error))
        raise Refusal(say("No file was written: {why}.", why=why), Exit.FAILED) from error
    finally:
        await backend.aclose()


async def _sign_in(backend: Backend, retrying: Retrying, where: str) -> None:
    try:
        await retrying.ask(backend.sign_in, patience=_PATIENCE)
    except ApiError as error:
        raise start_refusal(intake.problem_of(error), where) from error
