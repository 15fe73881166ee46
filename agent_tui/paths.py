"""Where files are kept: the system's own places for settings and state, or all under AGENT_TUI_HOME."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import platformdirs
from msgspec import Struct

HOME_VARIABLE: Final = "AGENT_TUI_HOME"
_NAME: Final = "agent-tui"


class Places(Struct, frozen=True):
    """The two folders of the program. They need not exist."""

    config: Path
    """What a person writes."""
    state: Path
    """What the program writes: drafts, texts on their way, log, crash reports."""

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "settings.toml"

    @property
    def profiles(self) -> Path:
        """The folder of the profiles' own settings files."""
        return self.config / "profiles"

    @property
    def drafts(self) -> Path:
        """The store of drafts."""
        return self.state / "drafts.db"

    @property
    def outbox(self) -> Path:
        """The store of texts on their way."""
        return self.state / "outbox.db"

    @property
    def themes(self) -> Path:
        """The person's own themes."""
        return self.config / "themes"

    @property
    def exports(self) -> Path:
        """Where chats are written to files, unless the settings say another folder."""
        return self.state / "exports"

    @property
    def canned(self) -> Path:
        """The person's own canned responses, unless the settings say another folder."""
        return self.config / "canned"

    @property
    def canned_quality(self) -> Path:
        """How the canned responses do, in numbers."""
        return self.state / "canned.db"

    @property
    def link_uses(self) -> Path:
        """Which addresses were sent in which queue."""
        return self.state / "links.db"

    @property
    def practice_canned(self) -> Path:
        """Canned responses of one's own that were made while practising."""
        return self.state / "practice-canned"

    def folder(self, written: str) -> Path:
        """A folder as a person wrote it in the settings: ``~`` is the home, else from the settings on."""
        return self.config / Path(written).expanduser()

    @property
    def facts(self) -> Path:
        """What the board's figures are worked out from."""
        return self.state / "facts.db"

    @property
    def plans(self) -> Path:
        """What is settled about queues: when they close and open, and how they were before."""
        return self.state / "queues.json"

    @property
    def log(self) -> Path:
        """The log of the workstation."""
        return self.state / "agent-tui.log"

    @property
    def practice_log(self) -> Path:
        """What the practice desk had to say, the newest run alone."""
        return self.state / "practice.log"


def places(environ: Mapping[str, str]) -> Places:
    """The folders for this user."""
    home = environ.get(HOME_VARIABLE)
    if home:
        return Places(Path(home) / "config", Path(home) / "state")
    found = platformdirs.PlatformDirs(_NAME, appauthor=False)
    return Places(found.user_config_path, found.user_state_path)
