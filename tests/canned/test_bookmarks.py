"""Bookmarks are read from files that people write; a mistake is told with its line and costs no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from canned.bookmarks import read_bookmarks
from canned.folders import read_folder
from canned.model import Bookmark


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "bookmarks.toml"
    file.write_text(text, encoding="utf-8")
    return file


GOOD = """
[[bookmark]]
title = "Opening hours"
url = "https://vero.fi/auki"

[[bookmark]]
title = "Tax card"
url = { fi = "https://vero.fi/kortti", sv = "https://vero.fi/kort" }
queues = ["Verokortti"]
words = ["kort"]
"""


def test_bookmarks_have_an_address_for_each_language(tmp_path: Path) -> None:
    (hours, card), problems = read_bookmarks([written(tmp_path, GOOD)])
    assert problems == ()
    assert hours == Bookmark("Opening hours", {"": "https://vero.fi/auki"})
    assert [card.url(language) for language in ("fi", "sv", "en")] == [
        "https://vero.fi/kortti",
        "https://vero.fi/kort",
        "https://vero.fi/kortti",
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[[bookmark]]\ntitle = "A"\nurl = "vero.fi"\n', 3, "https://"),
        ('[[bookmark]]\nurl = "https://vero.fi"\n', 1, "add title"),
        ('[[bookmark]]\ntitle = "A"\nurl = "https://a.fi"\nlink = "x"\n', 4, "unknown name link"),
        ('[[bookmark]]\ntitle = "A"\nurl = { suomi = "https://a.fi" }\n', 3, "{ fi = "),
        ("[[bookmark]]\ntitle = A\n", 2, "not TOML"),
        ('title = "A"\n[[bookmark]]\ntitle = "B"\nurl = "https://b.fi"\n', 1, "outside of [[bookmark]]"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_remedy(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    file = written(tmp_path, text)
    read, (problem,) = read_bookmarks([file])
    assert read == ()
    assert str(problem).startswith(f"{file}:{line}: ")
    assert words in str(problem)


def test_one_mistake_costs_neither_the_other_bookmarks_nor_the_other_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    broken = written(tmp_path / "b", "[[bookmark")
    mixed = written(tmp_path, f'{GOOD}\n[[bookmark]]\ntitle = "no address"\n')
    read, problems = read_bookmarks([broken, tmp_path / "nothing.toml", mixed])
    assert [one.title for one in read] == ["Opening hours", "Tax card"]
    assert len(problems) == 2


def test_bookmarks_in_a_teams_folder_are_no_canned_responses(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    assert read_folder(tmp_path).problems == ()
