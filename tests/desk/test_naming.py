"""Whatever a stranger calls a file, on this machine it has a harmless name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.desk.naming import LONGEST, ending_of, is_picture, numbered, safe_name


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("kuitti.pdf", "kuitti.pdf"),
        ("näyttö kuva.PNG", "näyttö kuva.PNG"),
        ("../../.ssh/authorized_keys", "authorized_keys"),
        ("..\\..\\autoexec.bat", "autoexec.bat"),
        ("/etc/passwd", "passwd"),
        (".bashrc", "bashrc"),
        ("...", "file"),
        ("", "file"),
        ("a\x1b]52;c;eA==\x07.txt", "a ]52;c;eA==.txt"),
        ("a\nb\x00c.txt", "a b c.txt"),
        ("invoice\u202efdp.exe", "invoice fdp.exe"),
        ("-rf", "_-rf"),
        ("~root", "_~root"),
        ("con.txt", "_con.txt"),
        ('a<b>:"c|d?*.txt', "a_b___c_d__.txt"),
        ("e\u0301.txt", "é.txt"),
        ("half \ud83d.txt", "half.txt"),
        ("x" * 300 + ".jpeg", "x" * (LONGEST - 5) + ".jpeg"),
    ],
)
def test_a_name_is_made_safe(raw: str, safe: str) -> None:
    assert safe_name(raw) == safe


@given(st.text())
def test_every_name_is_one_visible_part_of_a_path_of_a_sane_length(raw: str) -> None:
    name = safe_name(raw)
    assert name
    assert name[0] not in ".-~ "
    assert not set(name) & set('/\\<>:"|?*')
    assert all(one == " " or unicodedata.category(one)[0] not in "CZ" for one in name)
    assert len(name) <= LONGEST + 1
    assert len(name.encode()) <= 201
    assert safe_name(name) == name


def test_the_next_free_name_keeps_its_ending() -> None:
    assert [numbered("a.tar.gz", number) for number in (1, 2)] == ["a.tar.gz", "a.tar (2).gz"]
    assert numbered("README", 3) == "README (3)"


def test_a_picture_is_known_by_its_ending_or_its_kind() -> None:
    assert is_picture("a.PNG", "file")
    assert is_picture("a", "image")
    assert not is_picture("a.svg", "file")
    assert ending_of("a.Tar.GZ") == "gz"
