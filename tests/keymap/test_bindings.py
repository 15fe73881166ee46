"""From keys to actions, and the palette's commands."""

from __future__ import annotations

import pytest
from textual import events
from textual._xterm_parser import XTermParser

from agent_tui.bindings import KeyTable, let_alt_digits_arrive, tab_of
from agent_tui.commands import commands, find
from agent_tui.keys_in_force import keymap


def test_a_key_is_found_with_its_override() -> None:
    table = KeyTable(keymap({"take": "ctrl+b"}))
    assert table.action("ctrl+b") == "take"
    assert table.action("f3") is None


def test_keys_of_the_composer_are_left_to_it() -> None:
    assert KeyTable(keymap({})).action("enter") is None


@pytest.mark.parametrize(
    ("key", "picking", "tab"),
    [
        ("alt+1", False, 0),
        ("alt+9", False, 8),
        ("3", True, 2),
        ("3", False, None),
        ("alt+0", False, None),
        ("a", True, None),
    ],
)
def test_alt_and_a_digit_means_a_tab_at_once(key: str, picking: bool, tab: int | None) -> None:  # noqa: FBT001  a table row
    assert tab_of(key, picking=picking) == tab


def test_escape_and_a_digit_arrives_as_alt_and_the_digit() -> None:
    let_alt_digits_arrive()
    keys = [event.key for event in XTermParser().feed("\x1b7") if isinstance(event, events.Key)]
    assert keys == ["alt+7"]


def test_the_palette_finds_an_action_by_its_words() -> None:
    found = find(commands(keymap({})), "waited longest")
    assert found[0].action == "take"


def test_a_command_called_by_its_name_comes_first() -> None:
    assert find(commands(keymap({})), "to queue")[0].action == "return"


def test_the_palette_lists_everything_for_no_words() -> None:
    library = commands(keymap({}))
    assert find(library, " ") == library
    assert all(command.action != "palette" for command in library)
