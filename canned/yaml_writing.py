"""Responses and other trees written as YAML texts that read back the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import yaml

from canned.model import Response
from canned.rowing import to_values

_WIDTH: Final = 100


def as_yaml(responses: Iterable[Response]) -> str:
    """A YAML file: a list of responses."""
    rows = [to_values(response) for response in responses]
    return yaml_text(rows) if rows else ""


def yaml_text(tree: Any) -> str:
    """The tree as YAML that a person likes to read: in its order, long texts as blocks."""
    return yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and never an anchor."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  the library's signature
        """Write everything out, since anchors are not read back."""
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
