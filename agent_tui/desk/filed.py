"""What happens with files, as events: what the agent does, and what comes of it."""

from __future__ import annotations

from agent_tui.desk.doings import Event
from agent_tui.desk.file_model import Chosen, FileLine, PathRow, Picture
from agent_tui.desk.problems import Problem
from agent_tui.desk.text import Displayable
from api_client.models.identity import ConversationId, EchoId


class FileEvent(Event, frozen=True):
    """Base of all of them."""


class PathTyped(FileEvent, frozen=True):
    """The agent typed in the line for a path."""

    words: str


class PathsListed(FileEvent, frozen=True):
    """What the words may mean."""

    words: str
    rows: tuple[PathRow, ...]


class PathPicked(FileEvent, frozen=True):
    """The agent wants this file to go with their text."""

    conversation: ConversationId
    path: str


class FileChosen(FileEvent, frozen=True):
    """The file is there and can be sent."""

    conversation: ConversationId
    file: Chosen


class FileNotChosen(FileEvent, frozen=True):
    """The file cannot be sent."""

    problem: Problem


class FileDropped(FileEvent, frozen=True):
    """The agent does not want this file to go after all."""

    conversation: ConversationId
    path: str


class UploadProgressed(FileEvent, frozen=True):
    """So many percent of a line's files have been handed over."""

    conversation: ConversationId
    echo: EchoId
    percent: int


class TakeBackRequested(FileEvent, frozen=True):
    """The agent wants the newest text that has not left back, with its files, to change or drop it."""

    conversation: ConversationId


class ReplyTakenBack(FileEvent, frozen=True):
    """The server does not have it and will not get it."""

    conversation: ConversationId
    echo: EchoId


class TakingBackFailed(FileEvent, frozen=True):
    """It has left, or may have."""

    conversation: ConversationId


class FilesRequested(FileEvent, frozen=True):
    """The agent wants to see the files of a conversation."""

    conversation: ConversationId


class FilesListed(FileEvent, frozen=True):
    """The files of a conversation, newest first."""

    conversation: ConversationId
    files: tuple[FileLine, ...]


class SaveRequested(FileEvent, frozen=True):
    """The agent wants a file on this machine; with ``open`` in another program too."""

    file: FileLine
    open: bool = False


class FileSaved(FileEvent, frozen=True):
    """The file is in the download folder, under the name that ``where`` ends with."""

    where: Displayable
    opened: bool


class PictureRequested(FileEvent, frozen=True):
    """The agent wants to see a picture within so many cells and rows."""

    file: FileLine
    cells: int
    rows: int


class PictureMade(FileEvent, frozen=True):
    """The picture, made to fit."""

    url: str
    picture: Picture


class FileFailed(FileEvent, frozen=True):
    """A file could not be listed, fetched, saved, opened or shown."""

    name: Displayable
    problem: Problem


Filed = (
    PathTyped
    | PathsListed
    | PathPicked
    | FileChosen
    | FileNotChosen
    | FileDropped
    | UploadProgressed
    | TakeBackRequested
    | ReplyTakenBack
    | TakingBackFailed
    | FilesRequested
    | FilesListed
    | SaveRequested
    | FileSaved
    | PictureRequested
    | PictureMade
    | FileFailed
)
"""All that can happen with files."""
