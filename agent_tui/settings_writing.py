"""Writing into a settings file: one part changes, everything else stays as the person wrote it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from agent_tui.desk.text import clean_line
from agent_tui.settings import ConnectionSettings, SettingsError, parsed, text_of, toml
from agent_tui.wording import say, shown


def with_connection(path: Path, connection: ConnectionSettings) -> str:
    """The text of the settings file with this connection in it.

    Raises:
        SettingsError: the file cannot be read, or is written so that only a person can change it.
    """
    text = text_of(path)
    wanted = msgspec.to_builtins(connection)
    block = "".join(f"{name} = {toml(value)}\n" for name, value in wanted.items())
    changed = _with_table(text, "connection", block)
    if not _reads(changed, {**parsed(path, text), "connection": wanted}):
        words = say(
            "{file}: please set url = {url} under [connection] yourself",
            file=shown(path), url=clean_line(toml(connection.url)),
        )  # fmt: skip
        raise SettingsError(words)
    return changed


def with_value(path: Path, section: str, name: str, value: object) -> str:
    """The text of the settings file with one setting set.

    Raises:
        SettingsError: as above.
    """
    text = text_of(path)
    table = parsed(path, text)
    line = f"{name} = {toml(value)}"
    found = _table(section).search(text)
    block = "" if found is None else found[1]
    known = re.compile(rf"^[ \t]*{re.escape(name)}[ \t]*=[^\n]*$", re.MULTILINE)
    block = known.sub(lambda _: line, block) if known.search(block) else f"{line}\n{block}"
    changed = _with_table(text, section, block)
    held = table.get(section, {})
    if not isinstance(held, dict) or not _reads(changed, {**table, section: {**held, name: value}}):
        words = say(
            "{file}: please set {line} under [{section}] yourself",
            file=shown(path), line=clean_line(line), section=clean_line(section),
        )  # fmt: skip
        raise SettingsError(words)
    return changed


def _table(section: str) -> re.Pattern[str]:
    return re.compile(rf"^[ \t]*\[{re.escape(section)}\][^\n]*\n((?:(?![ \t]*\[)[^\n]*\n?)*)", re.MULTILINE)


def _with_table(text: str, section: str, block: str) -> str:
    """The text with ``block`` as what stands in its table, where that was or else at the end."""
    found = _table(section).search(text)
    if found is None:
        return f"{text.rstrip()}\n\n[{section}]\n{block}".lstrip()
    rest = text[found.end() :]
    return f"{text[: found.start()]}[{section}]\n{block.rstrip()}\n" + (f"\n{rest}" if rest else "")


def _reads(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False
