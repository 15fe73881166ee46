"""LibreDesk's macros: JSON with HTML texts, variables as in Go's templates, and actions."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any, Final

from canned.exchange.parts import Variable, field, literal, parts
from canned.exchange.results import Exported, Imported, Importing, lost
from canned.languages import fold, unfold
from canned.model import Response
from canned.render import TemplateError

_WHOLES: Final = {
    "Contact": "contact",
    "Recipient": "contact",
    "Author": "agent",
    "Conversation": "conversation",
}
_PARTS: Final = {"FullName": "name", "UUID": "id"}
_VARIABLE: Final = re.compile(r"\{\{-?\s*\.(\w+)\.(\w+)\s*-?\}\}")
_OTHER: Final = re.compile(r"\{\{([^{}]*)\}\}")
_NAMED: Final = re.compile(r"(?:(?P<title>.*) )?/(?P<shortcut>\S+)", re.DOTALL)
_RESOLVED: Final = ("resolved", "closed")
_PRIORITIES: Final = ("low", "medium", "high", "urgent")
_UNKNOWN: Final = ("category", "queues", "when", "links", "attachments", "auto_send")


def read_libredesk(text: str, file: str) -> Imported:
    """The macros of a list as the server answers it, with or without its envelope."""
    importing = Importing(file)
    for number, row in enumerate(_rows(text, importing), 1):
        if isinstance(row, dict) and isinstance(row.get("name"), str):
            importing.add(number, _values(row))
        else:
            importing.refuse(number, f"entry {number} is no macro", "it needs name and message_content")
    found = importing.done()
    return Imported(tuple(fold(found.responses)), found.problems)


def _rows(text: str, importing: Importing) -> list[Any]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        importing.refuse(getattr(error, "lineno", 1), "this is not JSON", "export the macros again")
        return []
    rows = rows.get("data", rows) if isinstance(rows, dict) else rows
    return rows if isinstance(rows, list) else [rows]


def _values(row: dict[str, Any]) -> dict[str, Any]:
    named = _NAMED.fullmatch(row["name"])
    content = row.get("message_content")
    return {
        "shortcut": named["shortcut"] if named else row["name"],
        "title": (named["title"] or "") if named else row["name"],
        "text": _from_go(_plain(content if isinstance(content, str) else "")),
        "after": _after(row.get("actions")),
    }


def _after(actions: object) -> dict[str, Any]:
    after: dict[str, Any] = {}
    for action in actions if isinstance(actions, list) else []:
        if not isinstance(action, dict):
            continue
        values = _words(action.get("value"))
        shown = [word.casefold() for word in _words(action.get("display_value")) or values]
        match action.get("type"):
            case "add_tags" | "set_tags":
                after["tags"] = values
            case "set_status" if shown and shown[0] in _RESOLVED:
                after["resolve"] = True
            case "set_priority" if shown and shown[0] in _PRIORITIES:
                after["priority"] = shown[0]
            case _:
                pass
    return after


def _words(value: object) -> list[str]:
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


# --- variables ---------------------------------------------------------------------------------------


def _from_go(text: str) -> str:
    """Go's ``{{ .Contact.FirstName }}`` as ours. Anything else in braces becomes a field to fill in."""
    pieces: list[str] = []
    done = 0
    for found in _OTHER.finditer(text):
        pieces += [literal(text[done : found.start()]), _one_from_go(found)]
        done = found.end()
    return "".join((*pieces, literal(text[done:])))


def _one_from_go(found: re.Match[str]) -> str:
    known = _VARIABLE.fullmatch(found[0])
    if known and known[1] in _WHOLES:
        return f"{{{{ {_WHOLES[known[1]]}.{_PARTS.get(known[2]) or _snake(known[2])} }}}}"
    name = re.sub(r"\W+", "_", found[1]).strip("_")[:40]
    return field(_snake(name)[:40] or "value")


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _to_go(text: str) -> str | None:
    """The template in Go's language, or ``None`` when it cannot say that."""
    try:
        found = parts(text)
    except TemplateError:
        return None
    if found is None:
        return None
    pieces = [_one_to_go(part) if isinstance(part, Variable) else part for part in found]
    words = [piece for piece in pieces if isinstance(piece, str)]
    return "".join(words) if len(words) == len(pieces) else None


def _one_to_go(variable: Variable) -> str | None:
    whole, _, part = variable.path.partition(".")
    wholes = {"contact": "Contact", "customer": "Contact", "agent": "Author", "conversation": "Conversation"}
    if whole not in wholes or not part:
        return None
    back = {ours: theirs for theirs, ours in _PARTS.items()}
    unnamed = whole != "conversation" and part == "id"
    theirs = back.get(part) or "".join(word.capitalize() for word in part.split("_"))
    return None if unnamed else f"{{{{ .{wholes[whole]}.{theirs} }}}}"


# --- texts -------------------------------------------------------------------------------------------


class _Plain(HTMLParser):
    """Lines of the text in an HTML fragment."""

    _BLOCKS: Final = frozenset(
        ["p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "tr"]
    )

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._line: list[str] = []
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br" or (tag in self._BLOCKS and "".join(self._line).strip()):
            self.end_line()
        elif tag in self._BLOCKS:
            self._line = []
        if tag == "li":
            self._line.append("- ")
        if tag == "a":
            self._link = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in self._BLOCKS:
            self.end_line()
        if tag == "a" and self._link and self._link not in "".join(self._line):
            self._line.append(f" ({self._link})")

    def handle_data(self, data: str) -> None:
        self._line.append(data.replace("\n", " "))

    def end_line(self) -> None:
        """The line ends here."""
        self.lines.append("".join(self._line))
        self._line = []

    def text(self) -> str:
        """All of it."""
        if "".join(self._line).strip():
            self.end_line()
        return "\n".join(self.lines)


def _plain(fragment: str) -> str:
    parser = _Plain()
    parser.feed(fragment)
    parser.close()
    return parser.text()


def _markup(text: str) -> str:
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n"))


def write_libredesk(responses: Iterable[Response]) -> Exported:
    """The macros as LibreDesk lists them, each language a macro of its own, for everybody."""
    kept = list(responses)
    rows: list[dict[str, Any]] = []
    left_out = list(lost(kept, *_UNKNOWN))
    for response in kept:
        if response.after.resolve or response.after.priority or response.after.snooze:
            left_out.append(f"{response.shortcut}: of what happens after sending only tags are carried over")
        for one in unfold(response):
            content = _to_go(one.text)
            if content is None:
                left_out.append(f"{one.shortcut}: its fields, conditions or filters cannot be said; left out")
            else:
                rows.append(_row(one, content))
    return Exported(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", tuple(left_out))


def _row(response: Response, content: str) -> dict[str, Any]:
    tags = list(response.after.tags)
    return {
        "name": f"{response.title} /{response.shortcut}" if response.title else f"/{response.shortcut}",
        "message_content": _markup(content),
        "visibility": "all",
        "visible_when": ["replying"],
        "actions": [{"type": "add_tags", "value": tags, "display_value": tags}] if tags else [],
    }
