"""The corpus by itself: whoever looks through an output finds it, and the one door leaves nothing of it."""

from __future__ import annotations

import json

import pytest

from agent_tui.desk.text import clean_block, clean_line, clean_whole, reveal
from api_client.chatwoot.reading import load, text
from tests.hostile.allowed import offences
from tests.hostile.corpus import ALL, HARMLESS, HOSTILE


def bytes_of(raw: str) -> bytes:
    return raw.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_a_terminal_would_obey_is_found_in_an_output(kind: str) -> None:
    assert bool(offences(bytes_of(f"a{HOSTILE[kind]}b"))) == (kind not in HARMLESS)


def test_eight_bit_controls_are_found_as_single_bytes_too() -> None:
    assert offences(b"a\x9b2Jb")


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_one_door_leaves_nothing_of_it(kind: str) -> None:
    raw = HOSTILE[kind]
    for shown in (clean_block(raw).text, clean_line(raw), clean_whole(raw), reveal(raw)):
        assert not offences(bytes_of(shown))
    assert clean_block(raw).altered == (kind not in HARMLESS - {"joined"})


def test_a_million_of_each_is_bounded() -> None:
    for raw in HOSTILE.values():
        block = clean_block(raw * (1_000_000 // len(raw)))
        assert len(block.text) <= 20_000
        assert not offences(bytes_of(block.text))


def test_an_answer_full_of_it_is_read_broken_utf_8_and_halved_emoji_too() -> None:
    assert text(load(json.dumps(ALL))) == text(ALL)
    assert text(load(b'"a\xff\xfe\x9b2Jb"')) == "a\ufffd\ufffd\ufffd2Jb"
