"""The table of keys and the overrides of a user."""

from __future__ import annotations

import pytest

from agent_tui.keymap import ACTIONS, Where
from agent_tui.keys_in_force import KeymapError, footer, keymap, spelled


def test_the_defaults_that_scripts_rely_on_hold() -> None:
    keys = keymap({})
    expected = {
        "help": "f1", "queues": "f2", "take": "f3", "urgent": "f4", "canned": "f5", "link": "f6",
        "tags": "f7", "resolve": "f8", "note": "f9", "palette": "ctrl+k", "tab.previous": "ctrl+pageup",
        "tab.next": "ctrl+pagedown", "send": "enter", "newline": "ctrl+j", "leave": "ctrl+q",
    }  # fmt: skip
    assert {action: keys.key(action) for action in expected} == expected


def test_every_default_arrives_in_every_terminal() -> None:
    for action in ACTIONS:
        if action.where is Where.DESK and action.key:
            assert keymap({action.id: action.key}).key(action.id) == action.key


def test_no_action_stands_twice() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)


def test_an_override_replaces_the_key() -> None:
    assert keymap({"take": "Ctrl+B"}).key("take") == "ctrl+b"


def test_an_empty_override_takes_the_key_away() -> None:
    assert keymap({"availability": ""}).key("availability") == ""


@pytest.mark.parametrize(
    ("overrides", "word"),
    [
        ({"tke": "f3"}, "did you mean 'take'"),
        ({"take": "alt+t"}, "not every terminal sends"),
        ({"take": "no key!!"}, "not every terminal sends"),
        ({"take": "ctrl+w"}, "edits the text"),
        ({"take": "f4"}, "both 'take' and 'urgent'"),
        ({"send": "f10"}, "belongs to writing"),
    ],
)
def test_an_override_that_cannot_work_says_why(overrides: dict[str, str], word: str) -> None:
    with pytest.raises(KeymapError, match=word.replace("'", ".")):
        keymap(overrides)


def test_two_actions_may_swap_their_keys() -> None:
    swapped = keymap({"take": "f4", "urgent": "f3"})
    assert (swapped.key("take"), swapped.key("urgent")) == ("f4", "f3")


def test_the_footer_has_its_own_order() -> None:
    assert [action.id for action in footer()][:3] == ["help", "take", "urgent"]


@pytest.mark.parametrize(
    ("key", "written"),
    [("ctrl+pageup", "Ctrl+PgUp"), ("f1", "F1"), ("ctrl+k", "Ctrl+K"), ("enter", "Enter"), ("", "")],
)
def test_keys_are_written_as_people_do(key: str, written: str) -> None:
    assert spelled(key) == written
