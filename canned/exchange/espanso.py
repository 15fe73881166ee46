"""espanso's matches: YAML with triggers, texts, and forms whose fields stand in double brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from canned.exchange.parts import Part, Variable, field, literal, parts
from canned.exchange.results import Exported, Imported, Importing, lost
from canned.languages import fold, unfold
from canned.model import Response
from canned.places import Unreadable
from canned.render import TemplateError
from canned.template import TemplateField
from canned.variables import KNOWN
from canned.yaml_rows import yaml_tree
from canned.yaml_writing import yaml_text

_TRIGGER: Final = ":"
_FIELD: Final = re.compile(r"\[\[(\w+)\]\]|\{\{(\w+)(?:\.\w+)?\}\}")
_VARIABLES: Final = {path.replace(".", "_"): path for path in sorted(KNOWN)}
_UNKNOWN: Final = ("category", "queues", "when", "links", "attachments", "after", "auto_send")


def read_espanso(text: str, file: str) -> Imported:
    """The matches of a file. What espanso would compute becomes a field for the agent to fill in."""
    importing = Importing(file)
    lines: dict[int, dict[str, int]] = {}
    try:
        tree = yaml_tree(text, lines)
    except Unreadable as error:
        importing.refuse(error.line, error.what, error.remedy)
        return importing.done()
    matches = tree.get("matches") if isinstance(tree, dict) else None
    if not isinstance(matches, list):
        importing.refuse(1, "there are no matches", "choose a file of espanso's match folder")
        return importing.done()
    for match in matches:
        line = lines.get(id(match), {}).get("", 1)
        values = _values(match) if isinstance(match, dict) else None
        if values is None:
            importing.refuse(
                line, "this match has no trigger or text", "it needs trigger and replace or form"
            )
        else:
            importing.add(line, values)
    found = importing.done()
    return Imported(tuple(fold(found.responses)), found.problems)


def _values(match: dict[str, Any]) -> dict[str, Any] | None:
    triggers = match.get("triggers")
    trigger = match.get("trigger") or (triggers[0] if isinstance(triggers, list) and triggers else None)
    text = match.get("form") or match.get("replace") or match.get("markdown")
    if not isinstance(trigger, str) or not isinstance(text, str):
        return None
    return {
        "shortcut": trigger.removeprefix(_TRIGGER),
        "title": match.get("label"),
        "tags": match.get("search_terms"),
        "text": _template(text, _fields(match)),
    }


def _fields(match: dict[str, Any]) -> dict[str, str]:
    """The fields of a match by name, as templates have them."""
    described = match.get("form_fields")
    found = dict(described) if isinstance(described, dict) else {}
    variables = match.get("vars")
    for variable in variables if isinstance(variables, list) else []:
        if isinstance(variable, dict) and isinstance(variable.get("name"), str):
            found[variable["name"]] = variable.get("params")
    return {name: _field(name, about) for name, about in found.items()}


def _field(name: str, about: object) -> str:
    told = about if isinstance(about, dict) else {}
    values, default = told.get("values"), told.get("default")
    listed = values.split("\n") if isinstance(values, str) else values if isinstance(values, list) else []
    choices = tuple(one.strip() for one in listed if isinstance(one, str))
    return field(name[:40], default if isinstance(default, str) else "", choices)


def _template(text: str, fields: dict[str, str]) -> str:
    pieces: list[str] = []
    done = 0
    for found in _FIELD.finditer(text):
        name = found[1] or found[2]
        path = _VARIABLES.get(name)
        known = fields.get(name) or (f"{{{{ {path} }}}}" if path else field(name[:40]))
        pieces += [literal(text[done : found.start()]), known]
        done = found.end()
    return "".join((*pieces, literal(text[done:])))


def write_espanso(responses: Iterable[Response]) -> Exported:
    """A file for espanso's match folder, each language a match of its own; forms ask for variables."""
    kept = list(responses)
    matches: list[dict[str, Any]] = []
    left_out = list(lost(kept, *_UNKNOWN))
    for response in kept:
        for one in unfold(response):
            told = _said(one.text)
            if told is None:
                left_out.append(f"{one.shortcut}: its conditions or filters cannot be said; left out")
                continue
            more = {"label": one.title, "search_terms": list(one.tags)}
            matches.append(
                {"trigger": f"{_TRIGGER}{one.shortcut}", **told}
                | {name: value for name, value in more.items() if value}
            )
    return Exported(yaml_text({"matches": matches}), tuple(left_out))


def _said(text: str) -> dict[str, Any] | None:
    """The text as espanso says it, or ``None`` when it cannot."""
    try:
        found = parts(text)
    except TemplateError:
        return None
    if found is None or any(isinstance(part, str) and _FIELD.search(part) for part in found):
        return None
    if all(isinstance(part, str) for part in found):
        return {"replace": "".join(map(str, found))}
    described = {
        part.name: about for part in found if isinstance(part, TemplateField) and (about := _about(part))
    }
    return {"form": "".join(map(_bracketed, found))} | ({"form_fields": described} if described else {})


def _bracketed(part: Part) -> str:
    if isinstance(part, str):
        return part
    return f"[[{part.path.replace('.', '_') if isinstance(part, Variable) else part.name}]]"


def _about(declared: TemplateField) -> dict[str, Any]:
    about: dict[str, Any] = {}
    if declared.choices:
        about |= {"type": "choice", "values": list(declared.choices)}
    if declared.default:
        about["default"] = declared.default
    return about
