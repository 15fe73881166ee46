"""Files as the desk knows them: chosen to be sent, come with a chat, found in a folder, made a picture."""

from __future__ import annotations

from msgspec import Struct

from agent_tui.desk.text import Displayable
from api_client.models.identity import ConversationId

MOST_FILES = 15
"""Files that go with one message; servers take no more."""


class Chosen(Struct, frozen=True, gc=False):
    """A file on this machine that is to be sent. It stays where it is; this remembers which it was."""

    path: str
    name: Displayable
    kind: Displayable
    """Its media type by its name."""
    size: int
    """Bytes."""
    changed: float
    """When its content last changed, by this machine's clock."""


class FileLine(Struct, frozen=True, gc=False):
    """An attachment as shown."""

    name: Displayable
    kind: Displayable
    size: int | None
    """Bytes."""
    id: str = ""
    url: str = ""
    """Where it is fetched; never painted. Empty for what is not on the server."""


class PathRow(Struct, frozen=True):
    """A file or folder that what was typed may mean."""

    path: str
    """To be typed in its place; a folder ends with a slash."""
    name: Displayable
    folder: bool
    size: int | None = None


class Picture(Struct, frozen=True):
    """A picture in half cells. Each row of cells is bytes: six for a cell, upper colour then lower."""

    name: Displayable
    cells: int
    rows: tuple[bytes, ...]
    graphics: str = ""
    """The same for a terminal that draws pictures, made by us from points; empty where it is not asked to."""


class FileDesk(Struct):
    """What has been asked about files, and the answers."""

    paths_wanted: str | None = None
    """What was typed last; answers to anything else come too late."""
    paths: tuple[PathRow, ...] | None = None
    """What it may mean; ``None`` until answered."""
    listed_for: ConversationId | None = None
    """Whose files were asked for last."""
    listed: tuple[FileLine, ...] | None = None
    """Those files, newest first; ``None`` until answered."""
    picture_wanted: str | None = None
    """The address of the picture asked for last."""
    picture: Picture | None = None
