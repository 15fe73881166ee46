"""Reads themes: the shipped ones by name, one's own from a file. Errors name file, table and key."""

from __future__ import annotations

import enum
import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from themes.contract import ATTRIBUTES, CONTRAST, MONO_ATTRIBUTES, Ground, Ink, Kind, Theme, Tone
from themes.contrast import WeakPair, luminance, weak_pairs

SHIPPED = ("dark", "light", "high-contrast", "colour-blind", "mono")
"""Names of the themes that come with the program."""

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_TOP = {"name", "kind", "ground", "ink"}

_Name = TypeVar("_Name", bound=enum.Enum)


class ThemeError(Exception):
    """A theme cannot be used. The message says where and why, for the person who wrote it."""


def load(name: str) -> Theme:
    """A shipped theme by its name. Raises ThemeError when there is none of that name."""
    if name not in SHIPPED:
        raise ThemeError(f"There is no theme called {name!r}. Shipped themes: {', '.join(SHIPPED)}.")
    text = (resources.files("themes") / f"{name}.toml").read_text(encoding="utf-8")
    return parse(text, f"{name}.toml")


def read(path: Path) -> Theme:
    """One's own theme. Raises ThemeError when the file cannot be read or breaks the contract."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ThemeError(f"{path}: cannot be read: {error}") from error
    theme = parse(text, str(path))
    weak = min(weak_pairs(theme), key=lambda pair: pair.ratio, default=None)
    if weak is not None:
        raise ThemeError(f"{path}: {_remedy(weak, theme)}")
    return theme


def own(folder: Path) -> tuple[list[Theme], dict[str, str]]:
    """One's own themes in a folder, by file name; and of those that cannot be used, why."""
    themes: list[Theme] = []
    unusable: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            theme = read(path)
        except ThemeError as error:
            unusable[path.stem] = str(error)
            continue
        if theme.name in {*SHIPPED, *(other.name for other in themes)}:
            unusable[path.stem] = f"{path}: name {theme.name!r} is taken; give it another"
        else:
            themes.append(theme)
    return themes, unusable


def _remedy(weak: WeakPair, theme: Theme) -> str:
    brighter, darker = ("brighter", "darker") if _is_lighter(weak, theme) else ("darker", "brighter")
    return (
        f"[ink] {weak.ink.value} is hard to read on [ground] {weak.ground.value}: contrast {weak.ratio:.1f}, "
        f"at least {CONTRAST} is needed; make {weak.ink.value} {brighter} or {weak.ground.value} {darker}"
    )


def _is_lighter(weak: WeakPair, theme: Theme) -> bool:
    ink, ground = theme.inks[weak.ink].color, theme.grounds[weak.ground].color
    return ink is not None and ground is not None and luminance(ink) >= luminance(ground)


def parse(text: str, where: str) -> Theme:
    """A theme from TOML. ``where`` names it in errors."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ThemeError(f"{where}: is not TOML: {error}") from error
    _only(table, _TOP, where)
    kind = _kind(table.get("kind"), where)
    return Theme(
        name=_name(table.get("name"), where),
        kind=kind,
        grounds=_tones(table.get("ground"), Ground, kind, f"{where}: [ground]"),
        inks=_tones(table.get("ink"), Ink, kind, f"{where}: [ink]"),
    )


def _only(table: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(set(table) - known):
        raise ThemeError(f"{where}: unknown name {unknown[0]!r}; known are {', '.join(sorted(known))}")


def _name(value: Any, where: str) -> str:
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9-]{1,40}", value):
        return value
    raise ThemeError(f"{where}: name must be small letters, digits and hyphens, not {value!r}")


def _kind(value: Any, where: str) -> Kind:
    known = [kind.value for kind in Kind]
    if value in known:
        return Kind(value)
    raise ThemeError(f"{where}: kind must be one of {', '.join(known)}, not {value!r}")


def _tones(table: Any, names: type[_Name], kind: Kind, where: str) -> dict[_Name, Tone]:
    if not isinstance(table, dict):
        raise ThemeError(f"{where}: this table is missing")
    _only(table, {name.value for name in names}, where)
    if missing := [name.value for name in names if name.value not in table]:
        raise ThemeError(f"{where}: {', '.join(missing)} is missing")
    return {name: _tone(table[name.value], kind, f"{where} {name.value}") for name in names}


def _tone(value: Any, kind: Kind, where: str) -> Tone:
    """``"#rrggbb bold"`` in a theme with colours, ``"bold reverse"`` or ``""`` in one without."""
    if not isinstance(value, str):
        raise ThemeError(f"{where}: must be a text such as '#d0d7de bold', not {value!r}")
    words = value.split()
    colors = [word for word in words if word.startswith("#")]
    attributes = frozenset(word for word in words if not word.startswith("#"))
    allowed = MONO_ATTRIBUTES if kind is Kind.MONO else ATTRIBUTES
    if unknown := sorted(attributes - set(allowed)):
        raise ThemeError(f"{where}: {unknown[0]!r} is neither a colour nor one of {', '.join(allowed)}")
    return Tone(_color(colors, kind, where), attributes)


def _color(colors: list[str], kind: Kind, where: str) -> str | None:
    if kind is Kind.MONO:
        if colors:
            raise ThemeError(f"{where}: a theme of kind 'mono' has no colours, but here is {colors[0]}")
        return None
    if len(colors) != 1 or not _COLOR.fullmatch(colors[0]):
        raise ThemeError(f"{where}: needs one colour such as #d0d7de, has {' '.join(colors) or 'none'}")
    return colors[0].lower()
