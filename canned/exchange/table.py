"""A table as spreadsheets write it (CSV): a row for each text, the first of a response says the rest."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, Final

from canned.exchange.results import Exported, Imported, Importing, lost
from canned.model import ANY, Link, Response
from canned.rowing import ANY_NAME

COLUMNS: Final = (
    "shortcut", "language", "text", "title", "category", "tags", "queues", "when", "links", "version",
    "auto_send", "after_tags", "priority", "snooze", "resolve",
)  # fmt: skip
_LISTS: Final = ("tags", "queues", "after_tags", "links")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "'")
"""What a spreadsheet takes for a formula or a quote; such cells get a quote in front."""
_YES: Final = "yes"
csv.field_size_limit(1_000_000)


def read_csv(text: str, file: str) -> Imported:
    """The responses of a table with the columns of ``COLUMNS`` in any order.

    Comma, semicolon or tab stand between. Only ``shortcut`` and ``text`` must be there.
    Rows of the same shortcut are one response.
    """
    importing = Importing(file)
    groups: dict[str, tuple[int, dict[str, Any]]] = {}
    try:
        reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=_delimiter(text))
        header = [name.strip().casefold().replace(" ", "_") for name in next(reader, [])]
        if not _columns_fit(header, importing):
            return importing.done()
        for cells in reader:
            _take(dict(zip(header, map(_unquoted, cells), strict=False)), reader.line_num, groups)
    except csv.Error as error:
        importing.refuse(reader.line_num, f"this is not CSV ({error})", "save the table as CSV, UTF-8")
    for line, values in groups.values():
        importing.add(line, values)
    return importing.done()


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _columns_fit(header: list[str], importing: Importing) -> bool:
    for name in header:
        if name not in COLUMNS:
            importing.refuse(1, f"unknown column {name[:40]!r}", f"there is {', '.join(COLUMNS)}")
            return False
    for name in ("shortcut", "text"):
        if name not in header:
            importing.refuse(1, f"there is no column {name}", "name the columns in the first row")
            return False
    return True


def _take(cells: Mapping[str, str], line: int, groups: dict[str, tuple[int, dict[str, Any]]]) -> None:
    """One row: a response of its own, or another language of one above."""
    if not any(cells.values()):
        return
    shortcut, language = cells["shortcut"], cells.get("language") or ANY_NAME
    known = groups.get(shortcut.casefold())
    if known is None or language in known[1]["text"]:
        name = shortcut.casefold() if known is None else f"{shortcut.casefold()} {line}"
        groups[name] = (line, {**_values(cells), "text": {language: cells.get("text", "")}})
    else:
        known[1]["text"][language] = cells.get("text", "")


def _values(cells: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {name: cell for name, cell in cells.items() if cell and name != "language"}
    for name in _LISTS:
        if name in values:
            values[name] = next(csv.reader([values[name]], delimiter=";"), [])
    if "links" in values:
        values["links"] = [_link(one) for one in values["links"]]
    after = {
        "tags": values.pop("after_tags", None),
        "priority": values.pop("priority", None),
        "snooze": values.pop("snooze", None),
        "resolve": _truth(values.pop("resolve", None)),
    }
    return {**values, "after": after, "auto_send": _truth(values.get("auto_send"))}


def _truth(word: str | None) -> bool | str | None:
    return True if word == _YES else word


def _link(words: str) -> dict[str, str | None]:
    """``https://… fi Title`` taken apart; ``-`` stands for any language."""
    url, _, rest = words.partition(" ")
    language, _, title = rest.partition(" ")
    return {"url": url, "title": title, "language": None if language in {"", "-"} else language}


def write_csv(responses: Iterable[Response]) -> Exported:
    """The table, with commas. Cells that a spreadsheet might take for a formula have a quote in front."""
    kept = list(responses)
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for response in kept:
        about = _cells(response)
        for language, text in response.texts.items():
            row = {**about, "shortcut": response.shortcut, "language": language or ANY_NAME, "text": text}
            writer.writerow(_quoted(row.get(name, "")) for name in COLUMNS)
            about = {}
    return Exported(made.getvalue(), lost(kept, "attachments"))


def _cells(response: Response) -> dict[str, str]:
    return {
        "title": response.title,
        "category": "/".join(response.category),
        "tags": _list(response.tags),
        "queues": _list(response.queues),
        "when": response.when,
        "links": _list(map(_words, response.links)),
        "version": response.version,
        "auto_send": _YES if response.auto_send else "",
        "after_tags": _list(response.after.tags),
        "priority": response.after.priority or "",
        "snooze": str(response.after.snooze or ""),
        "resolve": _YES if response.after.resolve else "",
    }


def _words(link: Link) -> str:
    more = f" {link.language or '-'} {link.title}" if link.title or link.language != ANY else ""
    return f"{link.url}{more}".rstrip()


def _list(words: Iterable[str]) -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=";", lineterminator="").writerow(list(words))
    return made.getvalue()


def _quoted(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _unquoted(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
