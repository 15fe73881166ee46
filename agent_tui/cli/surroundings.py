"""What every command starts from: folders, settings, language, log, crash reports."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from agent_tui import crash, logs, profiles
from agent_tui.cli.parser import Given
from agent_tui.desk.text import clean_line
from agent_tui.keys_in_force import Keymap, KeymapError, keymap
from agent_tui.launch import Exit, Refusal
from agent_tui.own_files import own_folder
from agent_tui.paths import Places, places
from agent_tui.settings import Settings, SettingsError, load, variable
from agent_tui.wording import choose_language, say, shown, wanted_languages


@dataclass(slots=True)
class Surroundings:
    """The user's own: where files are, what was chosen, which secrets to mask."""

    environ: Mapping[str, str] = field(repr=False)
    """May hold a token."""
    places: Places
    scrub: logs.Scrubber = field(default_factory=logs.Scrubber)

    def report(self, error: BaseException) -> str:
        """Write a crash report; the line to print about it."""
        return crash.last_words(crash.write_report(error, self.places.state, self.scrub, self.environ))

    def speak(self, argv: Sequence[str]) -> None:
        """Take a language into use before the command line is read: wrong usage and help are told in it."""
        wish = re.search(r"(?:^|\0)--language[=\0]([^\0]*)", "\0".join(argv))
        try:
            given = {"desk.language": wish[1]} if wish else {}
            chosen = load(self.places.settings, self.environ, given).desk.language
        except SettingsError:
            # Said when the settings are asked for.
            chosen = ""
        choose_language(wanted_languages(chosen, self.environ))

    def settings(self, given: Given, profile: str = "") -> Settings:
        """The settings, those of the profile in force included, with the language taken into use.

        ``profile`` is one that was chosen since the start; it beats what was given.

        ``desk.profile`` of what is returned names that profile; it is empty where there is none, or where
        several are there and none was chosen.

        Raises:
            Refusal: something in them cannot be used, or there is no such profile.
        """
        settings = self.common_settings(given)
        wanted = profile or settings.desk.profile
        if not wanted and variable("connection", "url") in self.environ:
            return settings
        try:
            name = profiles.in_force(profiles.names(self.places), wanted)
        except profiles.NoProfile as error:
            raise Refusal(str(error), Exit.WRONG_USAGE) from error
        return self._loaded(given, name) if name else settings

    def common_settings(self, given: Given) -> Settings:
        """The settings without those of any profile, with the language taken into use.

        Raises:
            Refusal: something in them cannot be used.
        """
        return self._loaded(given, "")

    def _loaded(self, given: Given, profile: str) -> Settings:
        own = profiles.file_of(self.places, profile) if profile else None
        try:
            settings = load(self.places.settings, self.environ, given.settings, own)
        except SettingsError as error:
            raise Refusal(str(error), Exit.WRONG_USAGE) from error
        choose_language(wanted_languages(settings.desk.language, self.environ))
        if not profile:
            return settings
        return replace(settings, desk=replace(settings.desk, profile=profile))

    def team(self, settings: Settings) -> tuple[Path, ...]:
        """The team's folders; the last is the nearest."""
        return tuple(self.places.folder(written) for written in settings.canned.team)

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
            words = say(
                "Drafts and the log are not kept in {folder}: {why}.",
                folder=shown(self.places.state), why=clean_line(error.strerror or str(error)),
            )  # fmt: skip
            sys.stderr.write(f"{words}\n")
            yield
            return
        try:
            yield
        finally:
            stop()


def surroundings() -> Surroundings:
    """Those of this process."""
    return Surroundings(os.environ, places(os.environ))
