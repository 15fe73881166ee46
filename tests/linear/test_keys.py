"""Keys of the linear desk, as terminals send them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.keymap import ACTIONS, Where
from agent_tui.linear.keys import Key, KeyReader

SENT = {
    "f1": [b"\x1bOP", b"\x1b[11~", b"\x1b[[A", b"\x1b[P"],
    "f3": [b"\x1bOR", b"\x1b[13~", b"\x1b[[C"],
    "f5": [b"\x1b[15~", b"\x1b[[E"],
    "f12": [b"\x1b[24~"],
    "ctrl+pageup": [b"\x1b[5;5~"],
    "ctrl+up": [b"\x1b[1;5A"],
    "ctrl+home": [b"\x1b[1;5H", b"\x1b[1;5~"],
    "left": [b"\x1b[D", b"\x1bOD"],
    "alt+3": [b"\x1b3"],
    "ctrl+q": [b"\x11"],
    "ctrl+j": [b"\n"],
    "enter": [b"\r"],
    "insert": [b"\x1b[2~"],
}


@pytest.mark.parametrize(("name", "data"), [(name, one) for name, all_ in SENT.items() for one in all_])
def test_a_key_is_known_by_what_terminals_send(name: str, data: bytes) -> None:
    assert [key.name for key in KeyReader().feed(data)] == [name]


@pytest.mark.parametrize(("name", "data"), [(name, one) for name, all_ in SENT.items() for one in all_])
def test_a_key_may_come_in_pieces(name: str, data: bytes) -> None:
    reader = KeyReader()
    keys = [key for at in range(len(data)) for key in reader.feed(data[at : at + 1])]
    assert [key.name for key in keys] == [name]


def test_every_function_key_of_the_table_can_be_read() -> None:
    wanted = {one.key for one in ACTIONS if one.where is Where.DESK and one.key[:1] == "f"}
    console = [f"\x1b[{number}~".encode() for number in (11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24)]
    assert wanted <= {key.name for data in console for key in KeyReader().feed(data)}


def test_escape_alone_is_known_when_nothing_follows() -> None:
    reader = KeyReader()
    assert reader.feed(b"\x1b") == []
    assert reader.unfinished
    assert reader.flush() == [Key("escape")]
    assert not reader.unfinished


def test_a_paste_is_one_text_and_sends_nothing() -> None:
    reader = KeyReader()
    assert reader.feed(b"\x1b[200~one\rtwo") == []
    assert not reader.unfinished
    assert reader.feed(b"\x1b[201~x") == [Key("paste", "one\rtwo"), Key("x", "x")]


def test_letters_of_several_bytes_come_whole() -> None:
    reader = KeyReader()
    assert reader.feed("ä".encode()[:1]) == []
    assert reader.feed("ä".encode()[1:]) == [Key("ä", "ä")]


@given(st.binary(max_size=60))
def test_no_bytes_are_too_odd(data: bytes) -> None:
    reader = KeyReader()
    for key in [*reader.feed(data), *reader.flush()]:
        assert key.name
