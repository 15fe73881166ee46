"""A wheel built from the tree works on its own."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PROBE = """
import agent_tui, api_client, canned, practice, themes
from importlib.resources import files
from practice.scenario.loader import load
from themes.loader import SHIPPED
from themes.loader import load as theme
assert agent_tui.__file__.startswith({home!r}), agent_tui.__file__
assert len(load("tax").personas) >= 40
assert [theme(name).name for name in SHIPPED] == list(SHIPPED)
assert files("agent_tui").joinpath("screens/workstation.tcss").is_file()
assert files("agent_tui").joinpath("locale").is_dir()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("agent_tui-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; its dependencies are borrowed from the running one."""
    home = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    command = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--no-deps",
        "--quiet",
        str(wheel),
    ]
    subprocess.run(command, check=True, capture_output=True)
    site = next((home / "lib").glob("python3*/site-packages"))
    (site / "borrowed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return home


def test_the_wheel_holds_no_tests(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "agent_tui", "api_client", "canned", "practice", "themes",
    }  # fmt: skip


def test_the_installed_program_has_everything_it_needs(installed: Path, tmp_path: Path) -> None:
    probe = [str(installed / "bin" / "python"), "-c", PROBE.format(home=str(installed))]
    subprocess.run(probe, check=True, cwd=tmp_path)
    command = [str(installed / "bin" / "agent-tui"), "--version"]
    answer = subprocess.run(command, check=True, cwd=tmp_path, capture_output=True, text=True)
    assert answer.stdout.startswith("agent-tui ")
