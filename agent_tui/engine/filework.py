"""What is done about files besides sending them: finding, choosing, listing, saving, opening, shrinking."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final, assert_never

import platformdirs
from msgspec import Struct, field

from agent_tui.desk import effects as e
from agent_tui.desk import filed as f
from agent_tui.desk.file_model import FileLine, Picture
from agent_tui.desk.problems import Problem
from agent_tui.desk.text import NOTHING, clean_line
from agent_tui.engine import intake, pictures
from agent_tui.engine.local_files import MEBIBYTE, FileUnfit, Landing, chosen, paths_like
from agent_tui.engine.outside import check_opens, open_outside
from agent_tui.engine.retrying import Retrying
from api_client.backend import Backend
from api_client.errors import ApiError
from api_client.models.message import Attachment

_log = logging.getLogger(__name__)

_PATIENCE: Final = 8.0
"""Seconds of passing trouble that a fetch may meet."""

FileEffects = e.ListPaths | e.ChooseFile | e.ListFiles | e.SaveFile | e.MakePicture


class FileRules(Struct, frozen=True):
    """What the settings say about files."""

    folder: Path = field(default_factory=platformdirs.user_downloads_path)
    """Where files are saved."""
    largest: int = 40 * MEBIBYTE
    """Bytes of a file that is sent or saved."""
    images: str = "blocks"
    """How the terminal shows a picture: ``blocks``, ``kitty`` or ``sixel``."""


class FileWork:
    """Each piece of work by itself; none waits for another. Nothing is raised, everything is told."""

    def __init__(
        self, backend: Backend, retrying: Retrying, rules: FileRules, emit: Callable[[f.Filed], None]
    ) -> None:
        self._backend = backend
        self._retrying = retrying
        self._rules = rules
        self._emit = emit

    async def perform(self, effect: FileEffects) -> None:
        """Do it and tell what came of it."""
        try:
            self._emit(await self._answer(effect))
        except FileUnfit as error:
            self._emit(_failed(effect, error.problem))
        except ApiError as error:
            self._emit(_failed(effect, intake.problem_of(error)))
        except Exception:  # noqa: BLE001  no effect may stop the ones behind it
            _log.exception("%s failed unexpectedly", type(effect).__name__)
            self._emit(_failed(effect, intake.UNEXPLAINED))

    async def _answer(self, effect: FileEffects) -> f.Filed:
        match effect:
            case e.ListPaths(words):
                return f.PathsListed(words, await asyncio.to_thread(paths_like, words))
            case e.ChooseFile(conversation, path):
                return f.FileChosen(conversation, await asyncio.to_thread(chosen, path, self._rules.largest))
            case e.ListFiles(conversation):
                found = await self._retrying.ask(
                    lambda: self._backend.files(conversation), patience=_PATIENCE
                )
                return f.FilesListed(conversation, tuple(map(intake.file_of, found)))
            case e.SaveFile(file, opened):
                return await self._save(file, opened=opened)
            case e.MakePicture(file, cells, rows):
                return f.PictureMade(file.url, await self._picture(file, cells, rows))
            case _:
                assert_never(effect)

    async def _save(self, file: FileLine, *, opened: bool) -> f.FileSaved:
        program = check_opens(file.name) if opened else ""
        path = await self._retrying.ask(lambda: self._landed(file), patience=_PATIENCE)
        if program:
            open_outside(program, path)
        return f.FileSaved(clean_line(str(path)), opened)

    async def _landed(self, file: FileLine) -> Path:
        landing = Landing(self._rules.folder, file.name)
        try:
            await self._backend.download(_attachment(file), landing.take, limit=self._rules.largest)
        except BaseException:
            landing.drop()
            raise
        return landing.land()

    async def _picture(self, file: FileLine, cells: int, rows: int) -> Picture:
        data = await self._retrying.ask(lambda: self._fetched(file), patience=_PATIENCE)
        return await asyncio.to_thread(pictures.made, data, file.name, cells, rows, self._rules.images)

    async def _fetched(self, file: FileLine) -> bytes:
        data = bytearray()
        await self._backend.download(_attachment(file), data.extend, limit=pictures.LARGEST)
        return bytes(data)


def _attachment(file: FileLine) -> Attachment:
    return Attachment(file.id, file.kind, file.name, file.url, file.size)


def _failed(effect: FileEffects, problem: Problem) -> f.Filed:
    match effect:
        case e.ChooseFile():
            return f.FileNotChosen(problem)
        case e.SaveFile(file) | e.MakePicture(file):
            return f.FileFailed(file.name, problem)
        case e.ListFiles() | e.ListPaths():
            return f.FileFailed(NOTHING, problem)
        case _:
            assert_never(effect)
