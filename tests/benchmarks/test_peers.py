"""Other people's programs: one that is not installed is left out with a word."""

from pathlib import Path

import pytest

from benchmarks import peers


def test_a_peer_that_is_not_installed_is_left_out_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert peers.weechat() == []
    assert capsys.readouterr().err == "peer-weechat: left out, as weechat and ngircd are not both installed\n"
