"""A template taken apart for tools with a smaller language: plain text, variables and fields."""

from __future__ import annotations

from liquid.builtin.content import ContentNode
from liquid.builtin.expressions import FilteredExpression, Path
from liquid.builtin.output import OutputNode
from msgspec import Struct

from canned.render import TemplateError
from canned.template import FieldNode, LiquidError, TemplateField, parsed


class Variable(Struct, frozen=True):
    """A variable by its dotted path."""

    path: str


Part = str | Variable | TemplateField


def parts(text: str) -> list[Part] | None:
    """The template's parts in order, or ``None`` when it has conditions or filters.

    Raises:
        TemplateError: it is no template.
    """
    try:
        nodes = parsed(text).nodes
    except (LiquidError, RecursionError) as error:
        raise TemplateError(type(error).__name__) from None
    found: list[Part] = []
    for node in nodes:
        match node:
            case ContentNode():
                found.append(node.text)
            case FieldNode():
                found.append(node.declared())
            case OutputNode(expression=FilteredExpression(left=Path() as path, filters=None | [])):
                found.append(Variable(str(path)))
            case _:
                return None
    return found


def literal(text: str) -> str:
    """``text`` as a template that says just that."""
    return f"{{% raw %}}{text}{{% endraw %}}" if "{{" in text or "{%" in text else text


def field(name: str, default: str = "", choices: tuple[str, ...] = (), hint: str = "") -> str:
    """The field as a template has it. Double quotes and bars in its words become single ones and slashes."""
    words = {"default": default, "choices": "|".join(one.replace("|", "/") for one in choices), "hint": hint}
    told = "".join(f', {key}: "{_quoted(value)}"' for key, value in words.items() if value)
    return f'{{% field "{name}"{told} %}}'


def _quoted(words: str) -> str:
    return words.replace('"', "'").replace("%}", "% }").replace("}}", "} }")
