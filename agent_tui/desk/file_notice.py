"""What the agent is to be told of files, and of texts wanted back."""

from __future__ import annotations

from msgspec import Struct

from agent_tui.desk.problems import Problem
from agent_tui.desk.text import Displayable


class AboutFile(Struct, frozen=True):
    """Base of them."""


class FileUnfit(AboutFile, frozen=True):
    """A file that the agent chose cannot be sent."""

    problem: Problem


class TooManyFiles(AboutFile, frozen=True):
    """No more files go with one text."""

    most: int


class NothingToTakeBack(AboutFile, frozen=True):
    """Every text of this chat has left."""


class HasLeft(AboutFile, frozen=True):
    """The text was wanted back too late."""

    customer: Displayable


class MayHaveLeft(AboutFile, frozen=True):
    """The text that is wanted back may be with the customer already."""

    customer: Displayable


class FileComes(AboutFile, frozen=True):
    """A file is being fetched."""

    name: Displayable


class FileIsThere(AboutFile, frozen=True):
    """A file was saved, and perhaps opened in another program."""

    where: Displayable
    opened: bool


class FileTrouble(AboutFile, frozen=True):
    """A file could not be listed, fetched, saved, opened or shown. ``name`` may be empty."""

    name: Displayable
    problem: Problem


FileNotice = (
    FileUnfit
    | TooManyFiles
    | NothingToTakeBack
    | HasLeft
    | MayHaveLeft
    | FileComes
    | FileIsThere
    | FileTrouble
)
