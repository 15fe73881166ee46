"""What every command starts from: folders, settings, language, log, crash reports."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from agent_tui import crash, logs
from agent_tui.cli.parser import Given
from agent_tui.keymap import Keymap, KeymapError, keymap
from agent_tui.launch import Exit, Refusal
from agent_tui.paths import Places, own_folder, places
from agent_tui.settings import Settings, SettingsError, load
from agent_tui.wording import choose_language


@dataclass(slots=True)
class Surroundings:
    """The user's own: where files are, what was chosen, which secrets to mask."""

    environ: Mapping[str, str]
    places: Places
    scrub: logs.Scrubber = field(default_factory=logs.Scrubber)

    def report(self, error: BaseException) -> str:
        """Write a crash report; the line to print about it."""
        return crash.last_words(crash.write_report(error, self.places.state, self.scrub, self.environ))

    def settings(self, given: Given) -> Settings:
        """The settings, with the language taken into use.

        Raises:
            Refusal: something in them cannot be used.
        """
        try:
            settings = load(self.places.settings, self.environ, given.settings)
        except SettingsError as error:
            raise Refusal(str(error), Exit.WRONG_USAGE) from error
        choose_language(_languages(settings.desk.language, self.environ))
        return settings

    def keys(self, settings: Settings) -> Keymap:
        """The key table with the person's own keys.

        Raises:
            Refusal: a key or an action's name cannot be used.
        """
        try:
            return keymap(settings.keys)
        except KeymapError as error:
            raise Refusal(f"{self.places.settings}: {error}", Exit.WRONG_USAGE) from error

    @contextlib.contextmanager
    def logging(self) -> Iterator[None]:
        """Keep a log meanwhile. Where nothing can be written that is said, and work goes on."""
        logs.keep_quiet()
        try:
            own_folder(self.places.state)
            stop = logs.start_logging(self.places.log, self.scrub)
        except OSError as error:
            reason = error.strerror or "it cannot be written"
            sys.stderr.write(f"Drafts and the log are not kept in {self.places.state}: {reason}.\n")
            yield
            return
        try:
            yield
        finally:
            stop()


def surroundings() -> Surroundings:
    """Those of this process."""
    return Surroundings(os.environ, places(os.environ))


def _languages(chosen: str, environ: Mapping[str, str]) -> list[str]:
    """Languages to speak, the wanted one first."""
    if chosen:
        return [chosen]
    named = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return [named.partition(".")[0], named[:2]] if named else []
