"""docs/scenarios.md tells about every table and key, and its example works."""

from __future__ import annotations

import re
from pathlib import Path

from practice.scenario.kinds import fields_of, is_list, table_fields
from practice.scenario.loader import load
from practice.scenario.reference import markdown

PAGE = Path(__file__).parents[3] / "docs" / "scenarios.md"
GENERATED = re.compile(
    r"<!-- begin generated: scenario tables .*?-->\n(.*?)<!-- end generated: scenario tables -->", re.DOTALL
)


def test_the_page_holds_the_tables_of_the_model() -> None:
    found = GENERATED.search(PAGE.read_text(encoding="utf-8"))

    assert found is not None
    assert found[1].strip() == markdown(), "write it anew with `make docs`"


def test_every_key_says_what_it_means() -> None:
    rows = [line for line in markdown().splitlines() if line.startswith("| `")]

    assert len(rows) > 60
    assert [row for row in rows if row.endswith("|  |")] == []


def test_every_table_of_the_model_has_a_section() -> None:
    page = markdown()

    for name, kind in table_fields().items():
        assert f"### `[[{name}]]`" in page if is_list(kind) else f"### `[{name}]`" in page
        for key in fields_of(kind):
            assert f"| `{key}` |" in page


def test_the_example_is_a_sound_desk(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    file = tmp_path / "hatshop.toml"
    file.write_text(example[1], encoding="utf-8")

    assert load(str(file)).personas[0].key == "olle"
