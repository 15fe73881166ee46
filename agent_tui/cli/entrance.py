"""The way to a connection, on the whole screen: choose a profile, or sign in."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable

from msgspec.structs import replace

from agent_tui import keychain, profiles
from agent_tui.cli.admitting import keep, save
from agent_tui.cli.connection import Connection
from agent_tui.cli.surroundings import Surroundings
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.engine.admission import Admitted, Door, find
from agent_tui.hosting import HostedApp
from agent_tui.launch import Exit, Refusal, looks_of
from agent_tui.screens.profile_choice import ProfileChoice
from agent_tui.screens.sign_in import SignInScreen
from agent_tui.settings import Settings, load
from agent_tui.sign_in_words import Beginning
from agent_tui.theming import Palette, textual_theme
from themes.contract import Theme


class Entrance(HostedApp[None]):
    """Ends when a profile is chosen, somebody is signed in, or nobody wants either.

    ``sign_in`` makes the screen that asks, given what to call when it is done.
    """

    def __init__(
        self,
        theme: Theme,
        report: Callable[[BaseException], str],
        *,
        choices: list[tuple[Displayable, Displayable]],
        sign_in: Callable[[Palette, Callable[[], None]], SignInScreen],
    ) -> None:
        super().__init__(report)
        self._palette = Palette(theme)
        self._choices = choices
        self._sign_in = sign_in
        self.chosen = ""
        """The profile chosen, if one was."""
        self.register_theme(textual_theme(theme))
        self.theme = textual_theme(theme).name

    async def on_mount(self) -> None:
        """Choose where there is a choice, else sign in."""
        self.begin()
        if self._choices:
            choice = ProfileChoice(self._palette, self._choices, chosen=self._choose, leave=self._leave)
            await self.push_screen(choice)
        else:
            await self.push_screen(self._sign_in(self._palette, self._leave))

    def _choose(self, name: str) -> None:
        self.chosen = name
        if name:
            self.exit()
        else:
            self.push_screen(self._sign_in(self._palette, self._leave))

    def _leave(self) -> None:
        self.exit()


class _Gate:
    """What a sign-in needs of the world: the network, the profile's file, the keyring."""

    def __init__(self, around: Surroundings, profile: str, *, allow_plain: bool) -> None:
        self._around = around
        self._profile = profile
        self._plain = allow_plain
        self.connection: Connection | None = None
        """When somebody is signed in."""

    async def find(self, url: str) -> Door:
        """What lives at an address."""
        return await find(url, allow_plain=self._plain)

    async def keep(self, admitted: Admitted) -> str:
        """Write the connection down and the token into the keyring; why that does not work, or nothing."""
        self.connection = Connection.of(admitted, self._profile, allow_plain=self._plain)
        try:
            self.connection = save(self._around, admitted, self._profile, allow_plain=self._plain)
            await asyncio.to_thread(keep, self.connection)
        except (Refusal, keychain.NoKeychain) as error:
            self.connection = replace(self.connection, kept=False)
            return str(error)
        return ""


def choose(around: Surroundings, settings: Settings) -> str | Connection | None:
    """Let the person choose one of several profiles, or sign in to another server.

    Returns the profile's name, the connection signed in to, or nothing when they would rather leave.
    """
    known = profiles.names(around.places)
    own = {name: load(profiles.file_of(around.places, name), {}, {}).connection.url for name in known}
    rows = [(clean_line(name), clean_line(url)) for name, url in own.items()]
    gate = _Gate(around, "", allow_plain=False)
    app = _run(around, settings, gate, Beginning(), rows)
    return gate.connection or app.chosen or None


def sign_in(
    around: Surroundings,
    settings: Settings,
    known: Beginning,
    profile: str = "",
    *,
    allow_plain: bool = False,
) -> Connection | None:
    """Let the person sign in; nothing when they would rather leave. ``profile`` names the connection."""
    gate = _Gate(around, profile, allow_plain=allow_plain)
    _run(around, settings, gate, known, [])
    return gate.connection


def _run(
    around: Surroundings,
    settings: Settings,
    gate: _Gate,
    known: Beginning,
    choices: list[tuple[Displayable, Displayable]],
) -> Entrance:
    """Run the screens to their end.

    Raises:
        Refusal: they ended by a fault.
    """
    theme = looks_of(settings.desk, around.places.themes, os.environ).theme

    def asking(palette: Palette, done: Callable[[], None]) -> SignInScreen:
        return SignInScreen(palette, gate, known, done=done, leave=done)

    app = Entrance(theme, around.report, choices=choices, sign_in=asking)
    with around.logging():
        app.run()
    if app.last_words:
        raise Refusal(app.last_words, Exit.FAILED)
    if app.return_code:
        sys.exit(app.return_code)
    return app
