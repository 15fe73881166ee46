"""Turns a theme into what Textual and the widgets paint with. The only place that knows both."""

from __future__ import annotations

from collections.abc import Callable

from rich.style import Style
from textual.theme import BUILTIN_THEMES
from textual.theme import Theme as TextualTheme

from agent_tui.desk.text import Displayable
from themes.contract import Ground, Ink, Kind, Theme, Tone, pairs

_TERMINALS_OWN = "ansi_default"
"""Textual's word for a colour that the terminal chooses."""


def _style(tone: Tone, ground: Tone) -> Style:
    words = tone.attributes | ground.attributes
    return Style(
        color=tone.color,
        bgcolor=ground.color,
        bold="bold" in words or None,
        italic="italic" in words or None,
        underline="underline" in words or None,
        reverse="reverse" in words or None,
    )


class Palette:
    """The styles of a theme, made once. Widgets keep one and ask it by meaning.

    ``simple_emoji``: emoji are painted as one plain sign each.
    """

    def __init__(self, theme: Theme, *, simple_emoji: bool = False) -> None:
        self.simple_emoji = simple_emoji
        self.name = theme.name
        self.veil: Callable[[Displayable], Displayable] | None = None
        """Put over every text that is painted, where something is presented."""
        self._styles = {(ink, on): _style(theme.inks[ink], theme.grounds[on]) for ink, on in pairs()}
        self._blanks = {on: _style(Tone(None), tone) for on, tone in theme.grounds.items()}

    def style(self, ink: Ink, ground: Ground) -> Style:
        """The style of ``ink`` on ``ground``. KeyError when the contract does not have the pair."""
        return self._styles[ink, ground]

    def blank(self, ground: Ground) -> Style:
        """The style of empty cells."""
        return self._blanks[ground]


def textual_theme(theme: Theme) -> TextualTheme:
    """The theme as Textual's, for style sheets and stock widgets.

    Style sheets may use ``$ground-desk``, ``$ink-text`` and so on, one variable for each name of
    the contract, with hyphens.
    """
    ground = {name: tone.color or _TERMINALS_OWN for name, tone in theme.grounds.items()}
    ink = {name: tone.color or _TERMINALS_OWN for name, tone in theme.inks.items()}
    return TextualTheme(
        name=f"agent-tui-{theme.name}",
        primary=ink[Ink.ACCENT],
        secondary=ink[Ink.CUSTOMER],
        warning=ink[Ink.WARNING],
        error=ink[Ink.BAD],
        success=ink[Ink.GOOD],
        accent=ink[Ink.ACCENT],
        foreground=ink[Ink.TEXT],
        background=ground[Ground.DESK],
        surface=ground[Ground.PANEL],
        panel=ground[Ground.BAR],
        boost=ground[Ground.POPUP],
        dark=theme.kind is not Kind.LIGHT,
        ansi=theme.kind is Kind.MONO,
        variables=_variables(ground, ink) | (_colourless() if theme.kind is Kind.MONO else {}),
    )


def _variables(ground: dict[Ground, str], ink: dict[Ink, str]) -> dict[str, str]:
    named = {f"ground-{name.value}": color for name, color in ground.items()}
    named |= {f"ink-{name.value}": color for name, color in ink.items()}
    return {name.replace("_", "-"): color for name, color in named.items()}


def _colourless() -> dict[str, str]:
    """What Textual's style sheets want to know about a theme of the terminal's own colours."""
    known = BUILTIN_THEMES["ansi-dark"].variables
    variables = {name: _TERMINALS_OWN for name, value in known.items() if value.startswith("ansi_")}
    return variables | {"block-cursor-text-style": "reverse", "input-cursor-text-style": "reverse"}
