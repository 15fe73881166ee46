"""What a setting is called, its default and its bounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from agent_tui.desk.rules import CapacitySettings, Checks, TagSettings
from agent_tui.desk.wait_rules import WaitSettings

QUIET: Final = r"^(([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9])?$"
PROFILE_NAME: Final = r"^([a-z0-9][a-z0-9._-]{0,59})?$"
"""A profile's name is a file's name too."""


class DeskSettings(Struct, frozen=True):
    """How the desk looks and behaves."""

    language: Annotated[
        str,
        Meta(
            pattern="^([a-z]{2})?$",
            description="Language of the program, two letters such as `fi`. Empty: the system's.",
        ),
    ] = ""
    theme: Annotated[
        str,
        Meta(
            min_length=1,
            description="Colours: `dark`, `light`, `high-contrast`, `colour-blind`, `mono`, or the name of a "
            "TOML file of your own in `themes/` beside the settings file.",
        ),
    ] = "dark"
    density: Annotated[
        Literal["compact", "comfortable"],
        Meta(description="`comfortable` puts a blank row between messages and gives the lists more room."),
    ] = "compact"
    panes: Annotated[
        int,
        Meta(ge=1, le=3, description="Chats side by side at most: two from 160 columns on, three from 240."),
    ] = 3
    profile: Annotated[
        str,
        Meta(
            pattern=PROFILE_NAME,
            description="The profile to start with, by its name. Empty: the only one, or you are asked. "
            "`agent-tui profiles default NAME` writes it.",
        ),
    ] = ""
    undo: Annotated[
        int,
        Meta(
            ge=0,
            le=30,
            description="Seconds in which closing, handing over, letting sleep, blocking, tags and putting "
            "aside can be taken back. `0`: they are done at once.",
        ),
    ] = 5
    undo_send: Annotated[
        int,
        Meta(
            ge=0,
            le=30,
            description="Seconds in which a text can be taken back before it leaves. `0`: it leaves at once.",
        ),
    ] = 0
    emoji: Annotated[
        Literal["auto", "full", "simple"],
        Meta(
            description="Emoji as they are, or each as one plain sign where the terminal's widths are wrong. "
            "`auto`: plain in tmux, in screen and on the console."
        ),
    ] = "auto"
    linear: Annotated[
        bool, Meta(description="The desk by lines, for a screen reader or a braille display.")
    ] = False
    bell: Annotated[bool, Meta(description="Ring the bell when a customer out of sight writes.")] = True


class CannedSettings(Struct, frozen=True):
    """Canned responses in files, see `canned.md`. The nearest wins: your own, the backend's, the team's."""

    team: Annotated[
        tuple[str, ...],
        Meta(
            description="Folders of the team, in quotes between brackets; the last is the nearest. In the "
            "environment they stand as in `PATH`."
        ),
    ] = ()
    personal: Annotated[
        str, Meta(description="Your own folder. Empty: `canned` beside the settings file.")
    ] = ""


class LinkSettings(Struct, frozen=True):
    """Links. Bookmarks stand in a file beside this one and in the team's folders, see `links.md`."""

    open_with: Annotated[
        tuple[str, ...],
        Meta(
            description='Program and arguments that show an address, such as `["firefox", "--new-tab"]`; '
            "the address comes last and no shell is asked. Empty: the system's own browser."
        ),
    ] = ()


class NoticeSettings(Struct, frozen=True):
    """How you are called when you look elsewhere. A notice names a queue and a time, never a customer."""

    terminal: Annotated[
        Literal["auto", "osc9", "osc777", "off"],
        Meta(
            description="The terminal's own notices, while its window is not in front: as the terminal is "
            "known to understand them, in one way or the other, or not at all. `agent-tui doctor` tries them."
        ),
    ] = "auto"
    desktop: Annotated[
        bool,
        Meta(description="Notices by the desktop of this machine too (`notify-send`, on a Mac `osascript`)."),
    ] = False
    repeat: Annotated[
        int,
        Meta(
            ge=0,
            le=3600,
            description="Seconds after which you are called again for a customer near or past the limit, "
            "until you act on it. `0`: never.",
        ),
    ] = 60
    quiet: Annotated[
        str,
        Meta(
            pattern=QUIET,
            description="Hours in which nothing rings, such as `22:00-07:00`, by this machine's clock.",
        ),
    ] = ""
    level: Annotated[
        int,
        Meta(
            ge=0,
            le=100,
            description="The lead's board calls when the service level, still waiting counted, falls below "
            "this many per cent. `0`: never.",
        ),
    ] = 80


class ExportSettings(Struct, frozen=True):
    """Chats written to files."""

    folder: Annotated[
        str,
        Meta(
            description="Where they are put; `~` is your home. Empty: `exports` beside the drafts, for your "
            "eyes only."
        ),
    ] = ""


class FileSettings(Struct, frozen=True):
    """Files that are sent and saved."""

    folder: Annotated[
        str, Meta(description="Where files are saved; `~` is your home. Empty: the system's downloads.")
    ] = ""
    largest: Annotated[
        int, Meta(ge=1, le=200, description="Mebibytes of a file that is sent or saved, at most.")
    ] = 40
    images: Annotated[
        Literal["blocks", "kitty", "sixel"],
        Meta(
            description="How pictures are shown: in half blocks, which every terminal has, or by a graphics "
            "protocol that yours must understand, outside of tmux."
        ),
    ] = "blocks"


class ConnectionSettings(Struct, frozen=True):
    """The chat backend. `agent-tui login` writes this part; the token is kept in the system's keyring."""

    url: Annotated[str, Meta(description="Address of the backend, such as `https://chat.example.org`.")] = ""
    backend: Annotated[Literal["chatwoot"], Meta(description="Kind of the backend.")] = "chatwoot"
    account: Annotated[str, Meta(description="Account to work in, by its id. Empty: the one used last.")] = ""
    allow_plain_http: Annotated[
        bool,
        Meta(
            description="Let plain http go to another machine. Whoever is on the way can then read and "
            "change everything, the token included."
        ),
    ] = False


Argv = Annotated[
    tuple[Annotated[str, Meta(min_length=1)], ...],
    Meta(
        min_length=1,
        description="it takes a program and its arguments, each in quotes, between brackets",
    ),
]
"""A command of the person's own; no shell reads it."""


class Settings(Struct, frozen=True):
    """All settings."""

    desk: DeskSettings = msgspec.field(default_factory=DeskSettings)
    canned: CannedSettings = msgspec.field(default_factory=CannedSettings)
    preflight: Checks = msgspec.field(default_factory=Checks)
    tags: TagSettings = msgspec.field(default_factory=TagSettings)
    waiting: WaitSettings = msgspec.field(default_factory=WaitSettings)
    capacity: CapacitySettings = msgspec.field(default_factory=CapacitySettings)
    links: LinkSettings = msgspec.field(default_factory=LinkSettings)
    notices: NoticeSettings = msgspec.field(default_factory=NoticeSettings)
    files: FileSettings = msgspec.field(default_factory=FileSettings)
    connection: ConnectionSettings = msgspec.field(default_factory=ConnectionSettings)
    export: ExportSettings = msgspec.field(default_factory=ExportSettings)
    keys: Annotated[dict[str, str], Meta(description="Keys of your own, by the names in `docs/keys.md`.")] = (
        msgspec.field(default_factory=dict)
    )
    commands: dict[str, Argv] = msgspec.field(default_factory=dict)


SECTIONS: Final[Mapping[str, type[Struct]]] = {
    "desk": DeskSettings,
    "canned": CannedSettings,
    "preflight": Checks,
    "tags": TagSettings,
    "waiting": WaitSettings,
    "capacity": CapacitySettings,
    "links": LinkSettings,
    "notices": NoticeSettings,
    "export": ExportSettings,
    "files": FileSettings,
    "connection": ConnectionSettings,
}
