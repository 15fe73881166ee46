"""Paths as they are typed, files as they were chosen, and saving that never overwrites."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_tui.desk.problems import Trouble
from agent_tui.engine.local_files import FileUnfit, Landing, chosen, paths_like, plain_path, read

LARGEST = 1 << 20


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "My Docs").mkdir()
    (tmp_path / "My Docs" / "näyttö kuva.png").write_bytes(b"png")
    (tmp_path / "Muistio.txt").write_text("note")
    (tmp_path / ".hidden").write_text("h")
    return tmp_path


def offered(words: str) -> list[str]:
    return [row.path for row in paths_like(words)]


def test_paths_are_completed_from_home_with_blanks_and_any_case(folder: Path) -> None:
    assert offered("~/m") == ["~/My Docs/", "~/Muistio.txt"]
    assert offered("~/My Docs/nä") == ["~/My Docs/näyttö kuva.png"]
    assert offered(f"{folder}/Mu") == [f"{folder}/Muistio.txt"]


def test_hidden_files_come_when_their_dot_is_typed(folder: Path) -> None:
    assert "~/.hidden" not in offered("~/")
    assert offered("~/.h") == ["~/.hidden"]


def test_a_folder_that_is_not_there_offers_nothing(folder: Path) -> None:
    assert offered("~/nowhere/a") == []
    assert offered("~nobody-of-this-name/a") == []
    assert offered("a\0b/") == []


def test_a_name_that_is_no_text_is_not_offered(folder: Path) -> None:
    Path(f"{folder}/bad\udcff.txt").write_text("x")
    assert offered("~/bad") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("~/a b.txt", "~/a b.txt"),
        ("'/srv/a b.txt'", "/srv/a b.txt"),
        ('"/srv/a b.txt" ', "/srv/a b.txt"),
        (r"/srv/a\ b\(1\).txt", "/srv/a b(1).txt"),
        ("file:///srv/a%20b.txt", "/srv/a b.txt"),
    ],
)
def test_a_path_may_be_pasted_as_other_programs_write_it(typed: str, meant: str) -> None:
    assert plain_path(typed) == meant


def test_a_file_is_chosen_with_its_size_and_kind(folder: Path) -> None:
    file = chosen("~/My Docs/näyttö kuva.png", LARGEST)
    assert (file.name, file.kind, file.size) == ("näyttö kuva.png", "image/png", 3)
    assert read((file,))[0].data == b"png"


@pytest.mark.parametrize(
    ("words", "trouble"),
    [("~/My Docs", Trouble.FILE), ("~/gone", Trouble.FILE), ("~/Muistio.txt", Trouble.TOO_LARGE)],
)
def test_what_cannot_be_sent_is_refused_when_it_is_chosen(folder: Path, words: str, trouble: Trouble) -> None:
    with pytest.raises(FileUnfit) as caught:
        chosen(words, 3)
    assert caught.value.problem.trouble is trouble
    assert caught.value.problem.detail


def test_an_empty_file_is_refused(folder: Path) -> None:
    (folder / "empty").touch()
    with pytest.raises(FileUnfit, match="empty"):
        chosen("~/empty", LARGEST)


def test_a_file_that_has_changed_since_does_not_leave(folder: Path) -> None:
    file = chosen("~/Muistio.txt", LARGEST)
    (folder / "Muistio.txt").write_text("other words")
    with pytest.raises(FileUnfit, match="changed"):
        read((file,))
    (folder / "Muistio.txt").unlink()
    with pytest.raises(FileUnfit, match=r"Muistio\.txt"):
        read((file,))


def landed(folder: Path, name: str, data: bytes = b"data") -> Path:
    landing = Landing(folder, name)
    landing.take(data)
    return landing.land()


def test_saving_never_overwrites_and_never_leaves_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "here"
    names = [landed(folder, "../../kuitti.pdf", bytes([n])).name for n in range(3)]
    assert names == ["kuitti.pdf", "kuitti (2).pdf", "kuitti (3).pdf"]
    assert (folder / "kuitti.pdf").read_bytes() == b"\0"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]
    assert (folder / "kuitti.pdf").stat().st_mode & 0o777 == 0o600


def test_saving_does_not_follow_a_link_that_lies_in_wait(tmp_path: Path) -> None:
    (tmp_path / "kuitti.pdf").symlink_to(tmp_path / "elsewhere")
    assert landed(tmp_path, "kuitti.pdf").name == "kuitti (2).pdf"
    assert not (tmp_path / "elsewhere").exists()


def test_what_is_dropped_half_way_leaves_nothing(tmp_path: Path) -> None:
    landing = Landing(tmp_path, "a.txt")
    landing.take(b"half")
    landing.drop()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileUnfit):
        Landing(tmp_path / "file" / "folder", "a.txt")
