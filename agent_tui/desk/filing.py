"""Files at the desk: chosen for a text, on their way with it, taken back, listed, saved, looked at."""

from __future__ import annotations

from typing import assert_never

from agent_tui.desk import filed as f
from agent_tui.desk import lines
from agent_tui.desk.effects import (
    ChooseFile,
    DeskEffect,
    ListFiles,
    ListPaths,
    MakePicture,
    Notify,
    PutBack,
    SaveDraft,
    SaveFile,
    TakeBack,
)
from agent_tui.desk.file_model import MOST_FILES, Chosen
from agent_tui.desk.file_notice import (
    FileComes,
    FileIsThere,
    FileTrouble,
    FileUnfit,
    HasLeft,
    MayHaveLeft,
    NothingToTakeBack,
    TooManyFiles,
)
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.problems import Trouble
from agent_tui.desk.tabs import activate, open_tab
from agent_tui.desk.transcript import Fate, Line
from agent_tui.desk.undoing import with_line
from agent_tui.desk.writing import is_note


def happened(state: DeskState, event: f.Filed) -> list[DeskEffect]:
    """Apply one event about files; see :func:`agent_tui.desk.update.update`."""
    match event:
        case f.UploadProgressed():
            return _progressed(state, event)
        case f.PathTyped(words):
            state.files.paths_wanted, state.files.paths = words, None
            return [ListPaths(words)]
        case f.PathsListed(words, rows):
            if words == state.files.paths_wanted:
                state.files.paths = rows
            return []
        case f.PathPicked(conversation, path):
            return [ChooseFile(conversation, path)]
        case f.FileChosen(conversation, file):
            return _chosen(state.chats.get(conversation), file)
        case f.FileNotChosen(problem):
            return [Notify(FileUnfit(problem))]
        case f.FileDropped(conversation, path):
            return _dropped(state.chats.get(conversation), path)
        case f.TakeBackRequested(conversation):
            return _take_back(state.chats.get(conversation))
        case f.ReplyTakenBack():
            return _taken_back(state, event)
        case f.TakingBackFailed(conversation):
            chat = state.chats.get(conversation)
            return [] if chat is None else [Notify(HasLeft(chat.card.name))]
        case _:
            return _received(state, event)


def _received(
    state: DeskState,
    event: f.FilesRequested
    | f.FilesListed
    | f.SaveRequested
    | f.FileSaved
    | f.PictureRequested
    | f.PictureMade
    | f.FileFailed,
) -> list[DeskEffect]:
    files = state.files
    match event:
        case f.FilesRequested(conversation):
            files.listed_for, files.listed = conversation, None
            return [ListFiles(conversation)]
        case f.FilesListed(conversation, found):
            if conversation == files.listed_for:
                files.listed = found
            return []
        case f.SaveRequested(file, opened):
            return [Notify(FileComes(file.name)), SaveFile(file, opened)]
        case f.FileSaved(where, opened):
            return [Notify(FileIsThere(where, opened))]
        case f.PictureRequested(file, cells, rows):
            files.picture_wanted, files.picture = file.url, None
            return [MakePicture(file, cells, rows)]
        case f.PictureMade(url, picture):
            if url == files.picture_wanted:
                files.picture = picture
            return []
        case f.FileFailed(name, problem):
            files.picture_wanted = None
            return [Notify(FileTrouble(name, problem))]
        case _:
            assert_never(event)


def _chosen(chat: Chat | None, file: Chosen) -> list[DeskEffect]:
    if chat is None:
        return []
    others = tuple(one for one in chat.draft.files if one.path != file.path)
    if len(others) >= MOST_FILES:
        return [Notify(TooManyFiles(MOST_FILES))]
    return _with_files(chat, (*others, file))


def _dropped(chat: Chat | None, path: str) -> list[DeskEffect]:
    if chat is None:
        return []
    return _with_files(chat, tuple(one for one in chat.draft.files if one.path != path))


def _with_files(chat: Chat, files: tuple[Chosen, ...]) -> list[DeskEffect]:
    chat.draft.files = files
    draft = chat.draft
    return [SaveDraft(chat.id, draft.text, draft.note, draft.marks, files)]


def _progressed(state: DeskState, event: f.UploadProgressed) -> list[DeskEffect]:
    chat = state.chats.get(event.conversation)
    if chat is not None:
        lines.progress(chat.transcript, event.echo, event.percent)
    return []


def _take_back(chat: Chat | None) -> list[DeskEffect]:
    """The newest one; a text that may be on the server already has to be looked for first."""
    if chat is None:
        return []
    line = next((one for one in reversed(chat.transcript.lines) if _not_sent(one)), None)
    if line is None or line.echo is None:
        return [Notify(NothingToTakeBack())]
    if line.trouble is Trouble.UNCERTAIN:
        return [Notify(MayHaveLeft(chat.card.name))]
    return [TakeBack(chat.id, line.echo)]


def _not_sent(line: Line) -> bool:
    return line.mine and line.local and (line.in_flight or line.fate is Fate.FAILED)


def _taken_back(state: DeskState, event: f.ReplyTakenBack) -> list[DeskEffect]:
    chat = state.chats.get(event.conversation)
    line = None if chat is None else lines.pull_back(chat.transcript, event.echo)
    if chat is None or line is None:
        return []
    chat.draft = draft = with_line(line, chat.draft)
    saved = SaveDraft(chat.id, draft.text, draft.note, draft.marks, draft.files)
    shown = [*open_tab(state, chat), *activate(state, chat)]
    return [saved, *shown, PutBack(chat.id, line.raw, is_note(line))]
