"""Finding the lines of a TOML text agrees with what tomllib reads from it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from practice.scenario.positions import nearest_line, positions

TEXT = '''\
# a comment with "quotes" and [brackets]
title = "a # b ] } , \\" c"
a.b . "c d" = { x = 1, y = [1, 2] } # tail
date = 1979-05-27 07:32:00

[one]
two = [
  "x", # [
  """y " ]
z""""",
  \'\'\'it's
]\'\'\',
]
  [[ one.rows ]]
  k = 1
  [[one.rows]]
  k = 2
  [one.rows.deep]
  k = 3
  [[one.rows.list]]
  k = 4
'''


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from paths(inner, (*path, number))


def test_every_value_has_its_line() -> None:
    lines = positions(TEXT)

    assert set(paths(tomllib.loads(TEXT))) <= set(lines)
    assert lines["a", "b", "c d", "y", 1] == 3
    assert lines["date",] == 4
    assert [lines["one", "two", item] for item in range(3)] == [8, 9, 11]
    assert lines["one", "rows", 1] == 16
    assert lines["one", "rows", 1, "deep", "k"] == 19
    assert lines["one", "rows", 1, "list", 0, "k"] == 21


def test_a_path_that_is_not_there_gets_the_line_around_it() -> None:
    lines = positions(TEXT)

    assert nearest_line(lines, ("one", "rows", 0, "missing")) == 14
    assert nearest_line(lines, ("nowhere", 3)) == 1


LETTERS = st.text(alphabet="ab\"'\\#[]{}=,\n .é", max_size=8)
VALUES = st.recursive(
    st.integers() | st.booleans() | LETTERS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("pqr"), inner, max_size=3),
    max_leaves=8,
)


def toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        text = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"""\n{text}"""'
    if isinstance(value, list):
        return "[" + ", # ]\n".join(toml(item) for item in value) + "\n]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + "}"
    return str(value)


@given(st.lists(VALUES, max_size=5))
def test_any_values_are_found_and_the_lines_never_go_back(values: list[Any]) -> None:
    text = "".join(f"[[t]]\nv = {toml(value)}\n" for value in values)
    lines = positions(text)

    found = [lines[path] for path in paths(tomllib.loads(text))]

    assert found == sorted(found)
