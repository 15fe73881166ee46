"""How the desk looks: the themes there are, how dense it is, how many chats stand side by side."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from agent_tui.settings import DeskSettings
from themes import loader
from themes.contract import Kind, Theme


class Looks(Struct, frozen=True):
    """What the desk starts with, and what else there is to choose from."""

    theme: Theme
    others: tuple[Theme, ...] = ()
    unusable: Mapping[str, str] = field(default_factory=dict)
    """The person's own themes that break the contract: the file's name, and what is wrong with it."""
    panes: int = 3
    """The greatest number of chats side by side."""
    present: bool = False
    """Names are hidden and the keys pressed are shown."""
    airy: bool = False
    """A blank row between messages, and more room for the lists."""
    simple_emoji: bool = False
    """Emoji as one plain sign each: the terminal's widths are not those they are laid out with."""


def looks(desk: DeskSettings, folder: Path, *, no_color: bool, simple_emoji: bool = False) -> Looks:
    """What the settings say; ``folder`` holds the person's own themes. Without colour only such themes count.

    Raises:
        ThemeError: the theme asked for does not exist or breaks the contract.
    """
    own, unusable = loader.own(folder)
    themes = {theme.name: theme for theme in (*map(loader.load, loader.SHIPPED), *own)}
    first = loader.load("mono") if no_color else _chosen(desk.theme, themes, folder)
    others = (theme for theme in themes.values() if theme.name != first.name)
    usable = tuple(theme for theme in others if not no_color or theme.kind is Kind.MONO)
    return Looks(
        first,
        usable,
        unusable,
        panes=desk.panes,
        airy=desk.density == "comfortable",
        simple_emoji=simple_emoji,
    )


def _chosen(name: str, themes: Mapping[str, Theme], folder: Path) -> Theme:
    if name.endswith(".toml"):
        return loader.read(folder / Path(name).expanduser())
    if name in themes:
        return themes[name]
    own = folder / f"{name}.toml"
    return loader.read(own) if own.exists() else loader.load(name)


def wants_simple(setting: str, environ: Mapping[str, str]) -> bool:
    """Whether emoji are painted plain: as the setting says, else where terminals are known to differ."""
    if setting != "auto":
        return setting == "simple"
    return bool(environ.get("TMUX") or environ.get("STY")) or environ.get("TERM") == "linux"
