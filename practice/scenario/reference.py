"""Every table and key of a scenario as Markdown, from the model's own words: a part of docs/scenarios.md."""

from __future__ import annotations

import ast
import inspect as python
from collections.abc import Iterator

import msgspec
from msgspec import inspect

from practice.scenario import model
from practice.scenario.kinds import expected, fields_of, inside, is_list


def markdown() -> str:
    """A section for each table, in the order of the model, with a row for each of its keys."""
    words = _words()
    return "\n\n".join(_section(name, kind, words) for name, kind in _tables())


def _tables(kind: inspect.Type | None = None, above: str = "") -> Iterator[tuple[str, inspect.StructType]]:
    """All tables by the header they are written under, each followed by those inside it."""
    for name, inner in fields_of(kind or inspect.type_info(model.Scenario)).items():
        row = inside(inner, 0) if is_list(inner) else inner
        if isinstance(row, inspect.StructType):
            path = f"{above}{name}"
            yield f"[[{path}]]" if is_list(inner) else f"[{path}]", row
            yield from _tables(row, f"{path}.")


def _section(header: str, kind: inspect.StructType, words: dict[str, str]) -> str:
    rows = [
        f"| `{field.name}` | {expected(fields_of(kind)[field.name])} | {_default(field)} |"
        f" {words.get(f'{kind.cls.__name__}.{field.name}', '')} |"
        for field in msgspec.structs.fields(kind.cls)
    ]
    head = ["| key | what to write | if left out | what it means |", "|---|---|---|---|"]
    return "\n".join([f"### `{header}`", "", words[kind.cls.__name__], "", *head, *rows])


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "must be there"
    if field.default_factory is not msgspec.NODEFAULT or field.default in (None, ""):
        return "nothing"
    return f"`{field.default}`"


def _words() -> dict[str, str]:
    """The docstrings of the model's classes by name, and of their keys by ``Class.key``."""
    found: dict[str, str] = {}
    for node in ast.parse(python.getsource(model)).body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = _plain(ast.get_docstring(node) or "")
            for key, after in zip(node.body, node.body[1:], strict=False):
                if isinstance(key, ast.AnnAssign) and (text := _text(after)):
                    found[f"{node.name}.{ast.unparse(key.target)}"] = _plain(text)
    return found


def _text(node: ast.stmt) -> str | None:
    match node:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return text
        case _:
            return None


def _plain(text: str) -> str:
    return " ".join(text.replace("``", "`").replace("|", "\\|").split())
