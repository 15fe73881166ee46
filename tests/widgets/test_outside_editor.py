"""A text in the person's own editor: which one, who may read it, what comes back, what stays."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from agent_tui.outside_editor import (
    LONGEST,
    EditorFailed,
    EditorTrouble,
    edited,
    editor_of,
    run_on_terminal,
)

EDITOR = ("ed",)


def doing(do: Callable[[Path], object], code: int = 0) -> Callable[[tuple[str, ...]], int]:
    """An editor that does something to the file."""

    def run(command: tuple[str, ...]) -> int:
        do(Path(command[-1]))
        return code

    return run


def trouble(text: str, run: Callable[[tuple[str, ...]], int]) -> EditorTrouble:
    with pytest.raises(EditorFailed) as caught:
        edited(text, EDITOR, run)
    return caught.value.trouble


def test_visual_comes_before_editor_and_may_have_arguments() -> None:
    assert editor_of({"VISUAL": "code --wait 'my file'", "EDITOR": "vi"}) == ("code", "--wait", "my file")
    assert editor_of({"VISUAL": " ", "EDITOR": "vi"}) == ("vi",)


def test_without_either_a_common_one_is_taken_or_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}" if name == "vi" else None)
    assert editor_of({}) == ("/bin/vi",)
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(EditorFailed, match="none-named"):
        editor_of({})
    with pytest.raises(EditorFailed, match="not-started"):
        editor_of({"EDITOR": "vi 'half"})


def test_the_text_goes_to_a_private_file_that_is_gone_afterwards() -> None:
    seen: list[Path] = []

    def look(file: Path) -> None:
        assert file.read_text() == "Hei\nä\n"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        (file.parent / ".text.txt.swp").write_text("a copy")
        seen.append(file)

    assert edited("Hei\nä", EDITOR, doing(look)) == "Hei\nä"
    assert not seen[0].parent.exists()


@pytest.mark.parametrize(("left", "text"), [("new\n", "new"), ("a\n\nb", "a\n\nb"), ("", ""), ("a\r\n", "a")])
def test_what_the_editor_left_comes_back(left: str, text: str) -> None:
    assert edited("old", EDITOR, doing(lambda file: file.write_bytes(left.encode()))) == text


def test_what_cannot_be_used_leaves_the_text_as_it_was() -> None:
    assert trouble("old", doing(lambda file: file.write_text("new"), code=1)) is EditorTrouble.FAILED
    assert trouble("old", doing(Path.unlink)) is EditorTrouble.FILE_GONE
    assert trouble("old", doing(lambda file: file.write_bytes(b"\xff"))) is EditorTrouble.NO_TEXT
    too_long = doing(lambda file: file.write_text("x" * (LONGEST + 1)))
    assert trouble("old", too_long) is EditorTrouble.TOO_LONG


def test_an_editor_that_is_not_there_cannot_be_started() -> None:
    with pytest.raises(EditorFailed, match="not-started"):
        edited("old", ("no-such-editor-here",), run_on_terminal)


def test_an_editor_sees_nothing_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENT_TUI_TOKEN", "do-not-tell")
    show = f"import os, pathlib; pathlib.Path({str(tmp_path / 'seen')!r}).write_text(str(dict(os.environ)))"
    assert run_on_terminal((sys.executable, "-c", show)) == 0
    assert "do-not-tell" not in (tmp_path / "seen").read_text()
