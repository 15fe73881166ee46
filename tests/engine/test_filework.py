"""Files of a chat: saved under a safe name, never larger than settled, opened only by what opens files."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from agent_tui.desk import events as d
from agent_tui.desk import filed as f
from agent_tui.desk.effects import ListFiles, SaveFile
from agent_tui.desk.file_model import FileLine
from agent_tui.desk.problems import Trouble
from agent_tui.desk.text import Displayable
from agent_tui.engine.filework import FileRules
from agent_tui.engine.local_files import FileUnfit
from agent_tui.engine.outside import check_opens, open_outside, opener
from api_client import errors
from api_client.models.identity import ConversationId
from api_client.models.message import Attachment
from tests.engine.stage import ScriptedBackend, Stage

ONE = ConversationId("1")
URL = "http://127.0.0.1/1"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def line(name: str) -> FileLine:
    return FileLine(Displayable(name), Displayable("file"), None, "1", URL)


@pytest.fixture
def backend() -> ScriptedBackend:
    made = ScriptedBackend()
    made.waits(ONE)
    made.connect()
    made.contents[URL] = b"contents"
    return made


async def told_of(backend: ScriptedBackend, effect: SaveFile | ListFiles, rules: FileRules) -> d.DeskEvent:
    async with Stage(backend, files=rules) as stage:
        await stage.do(effect)
        await stage.until(lambda: any(isinstance(event, f.FileEvent) for event in stage.told))
        return next(event for event in stage.told if isinstance(event, f.FileEvent))


@pytest.mark.parametrize("name", ["../../.profile", "/etc/cron.d/x", "a\x1b[2Jb\n.txt", "..", "-rf"])
async def test_a_hostile_name_stays_in_the_folder(
    backend: ScriptedBackend, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "in" / "downloads"
    saved = await told_of(backend, SaveFile(line(name), open=False), FileRules(folder))
    assert isinstance(saved, f.FileSaved)
    (path,) = folder.iterdir()
    assert path.read_bytes() == b"contents"
    assert path.name.isprintable()
    assert path.name[0] not in ".-"
    assert names(tmp_path) == ["in"]


async def test_a_file_that_is_too_large_leaves_nothing_behind(
    backend: ScriptedBackend, tmp_path: Path
) -> None:
    failed = await told_of(backend, SaveFile(line("a.txt"), open=False), FileRules(tmp_path, largest=3))
    assert isinstance(failed, f.FileFailed)
    assert failed.problem.trouble is Trouble.TOO_LARGE
    assert names(tmp_path) == []


async def test_a_passing_trouble_is_tried_again(backend: ScriptedBackend, tmp_path: Path) -> None:
    backend.fail("download", errors.AnswerLost("lost"))
    saved = await told_of(backend, SaveFile(line("a.txt"), open=False), FileRules(tmp_path))
    assert isinstance(saved, f.FileSaved)
    assert names(tmp_path) == ["a.txt"]


async def test_the_files_of_a_chat_are_listed_in_displayable_words(
    backend: ScriptedBackend, tmp_path: Path
) -> None:
    message = backend.says(ONE, "look")
    file = Attachment("7", "image", "a\x1bb.png", URL, 12)
    backend.logs[ONE] = [replace(message, attachments=(file,))]
    listed = await told_of(backend, ListFiles(ONE), FileRules(tmp_path))
    assert isinstance(listed, f.FilesListed)
    assert "\x1b" not in listed.files[0].name


def test_a_program_is_only_started_on_what_is_looked_at(tmp_path: Path) -> None:
    desktop = {"DISPLAY": ":0", "PATH": str(tmp_path)}
    for name in ("a.sh", "a.desktop", "a.html", "a.svg", "a.exe", "a", "a.pdf.bat", "a.docm"):
        with pytest.raises(FileUnfit, match="only saved"):
            check_opens(name, desktop)
    with pytest.raises(FileUnfit, match="no desktop"):
        check_opens("a.pdf", {})
    assert opener({}, "linux") is None


async def test_a_file_is_opened_by_its_path_past_any_shell(tmp_path: Path) -> None:
    program, seen = tmp_path / "opens", tmp_path / "seen"
    program.write_text(f'#!/bin/sh\nprintf "%s" "$#:$1" > "{seen}.half" && mv "{seen}.half" "{seen}"\n')
    program.chmod(0o700)
    path = tmp_path / "a; touch b $(c).pdf"
    open_outside(str(program), path).wait(10)
    assert seen.read_text() == f"1:{path}"
    with pytest.raises(FileUnfit, match="does not start"):
        open_outside(str(tmp_path / "nothing"), path)
