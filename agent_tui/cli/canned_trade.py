"""``agent-tui canned import`` and ``export``: responses from and for other tools' files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from agent_tui.cli.canned_output import line
from agent_tui.cli.parser import Given
from agent_tui.desk.text import Displayable
from agent_tui.launch import Exit, Refusal
from agent_tui.own_files import write_whole
from agent_tui.wording import count, say, shown
from canned.exchange.chatwoot import read_chatwoot, write_chatwoot
from canned.exchange.espanso import read_espanso, write_espanso
from canned.exchange.libredesk import read_libredesk, write_libredesk
from canned.exchange.markdown import ENDING, read_markdown, write_markdown
from canned.exchange.results import Exported, Imported, Reader, Writer
from canned.exchange.table import read_csv, write_csv
from canned.folders import read_folder
from canned.model import Owner, Response, folded
from canned.personal import save
from canned.writing import as_toml
from canned.yaml_writing import as_yaml

MARKDOWN: Final = "markdown"
READERS: Final[Mapping[str, Reader]] = {
    "chatwoot": read_chatwoot,
    "csv": read_csv,
    "espanso": read_espanso,
    "libredesk": read_libredesk,
}
WRITERS: Final[Mapping[str, Writer]] = {
    "chatwoot": write_chatwoot,
    "csv": write_csv,
    "espanso": write_espanso,
    "libredesk": write_libredesk,
    "toml": lambda responses: Exported(as_toml(responses), ()),
    "yaml": lambda responses: Exported(as_yaml(responses), ()),
}
_FILES: Final = ("toml", "yaml")


# --- import ------------------------------------------------------------------------------------------


def imported(given: Given, folder: Path) -> int:
    """Write the responses of a file into ``folder``, a file each; what is there already stays as it is."""
    read = _read(given.format, Path(given.file or ""))
    try:
        written, there = _saved(read.responses, folder)
    except OSError as error:
        raise _not_written(folder, error) from error
    for problem in read.problems:
        sys.stderr.write(f"{line(str(problem))}\n")
    for shortcut in there:
        words = say(
            "{shortcut} is in {folder} already and stays as it is",
            shortcut=line(shortcut),
            folder=shown(folder),
        )
        sys.stderr.write(f"{words}\n")
    _tell_written(written, folder)
    return Exit.FAILED if read.problems else Exit.DONE


def _tell_written(responses: int, where: Path | str) -> None:
    words = count(
        "{n} response written to {place}", "{n} responses written to {place}", responses, place=shown(where)
    )
    sys.stdout.write(f"{words}\n")


def _not_written(where: Path | str, error: OSError) -> Refusal:
    why = line(error.strerror or "")
    return Refusal(say("{file} cannot be written ({why}).", file=shown(where), why=why), Exit.FAILED)


def _read(kind: str, source: Path) -> Imported:
    try:
        if kind == MARKDOWN:
            return read_markdown(_markdown_files(source), source.name)
        if kind in _FILES:
            found = read_folder(source.resolve(strict=True))
            return Imported(found.responses, found.problems)
        if kind in READERS:
            return READERS[kind](source.read_text(encoding="utf-8"), str(source))
    except (OSError, UnicodeDecodeError) as error:
        reason = line(error.strerror or "") if isinstance(error, OSError) else say("it is not UTF-8 text")
        words = say("{file} cannot be read ({why}).", file=shown(source), why=reason)
        raise Refusal(words, Exit.FAILED) from error
    raise _unknown(kind)


def _unknown(kind: str) -> Refusal:
    names = Displayable(", ".join(sorted((*READERS, *_FILES, MARKDOWN))))
    words = say("There is no format {name}; there is {names}.", name=line(kind), names=names)
    return Refusal(words, Exit.WRONG_USAGE)


def _markdown_files(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        words = say("{folder} is no folder. Markdown is read from a folder.", folder=shown(folder))
        raise Refusal(words, Exit.WRONG_USAGE)
    files = (file for file in sorted(folder.rglob(f"*{ENDING}")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in files}


def _saved(responses: Sequence[Response], folder: Path) -> tuple[int, list[str]]:
    """How many were written, and the shortcuts that were there."""
    taken = {folded(one.shortcut) for one in read_folder(folder, Owner.PERSONAL).responses}
    new = [response for response in responses if folded(response.shortcut) not in taken]
    for response in new:
        save(folder, response)
    return len(new), [one.shortcut for one in responses if folded(one.shortcut) in taken]


# --- export ------------------------------------------------------------------------------------------


def exported(given: Given, responses: Iterable[Response]) -> int:
    """Write the responses for another tool to a file, a folder or standard output."""
    kept = list(responses)
    try:
        left_out = _written(given.format, kept, Path(given.file) if given.file else None)
    except OSError as error:
        raise _not_written(given.file or "", error) from error
    for told in left_out:
        sys.stderr.write(f"{line(told)}\n")
    if given.file:
        _tell_written(len(kept), given.file)
    return Exit.DONE


def _written(kind: str, responses: Sequence[Response], target: Path | None) -> tuple[str, ...]:
    if kind == MARKDOWN:
        return _markdown(responses, target)
    if kind not in WRITERS:
        raise _unknown(kind)
    made = WRITERS[kind](responses)
    if target is None:
        sys.stdout.write(made.text)
    else:
        write_whole(target, made.text)
    return made.left_out


def _markdown(responses: Sequence[Response], target: Path | None) -> tuple[str, ...]:
    if target is None:
        words = say("Markdown goes into a folder: agent-tui canned export markdown FOLDER")
        raise Refusal(words, Exit.WRONG_USAGE)
    files, left_out = write_markdown(responses)
    for name, text in files.items():
        write_whole(target / name, text)
    return left_out
