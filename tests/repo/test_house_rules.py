"""Rules of the house that no linter knows."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("agent_tui", "api_client", "canned", "themes", "practice")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_longer_than_400_lines(module: Path) -> None:
    assert len(module.read_text().splitlines()) <= 400


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_first_what_is_in_it(module: Path) -> None:
    assert module.read_text().startswith('"""')


def test_package_files_import_nothing_heavy() -> None:
    for module in MODULES:
        if module.name == "__init__.py":
            imports = [
                line for line in module.read_text().splitlines() if line.startswith(("import", "from"))
            ]
            heavy = [line for line in imports if "textual" in line or "httpx" in line or "websockets" in line]
            assert not heavy, f"{module}: {heavy}"


def test_every_pinned_version_is_a_name_and_a_version() -> None:
    for line in (ROOT / "constraints.txt").read_text().splitlines():
        name, separator, version = line.partition("==")
        assert name, line
        assert separator, line
        assert version[0].isdigit(), line


def test_every_dependency_gives_its_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    bare = [line for line in lines if line.startswith('    "') and ">=" in line and "#" not in line]
    assert not bare


def test_nothing_in_the_tree_is_untracked_and_generated() -> None:
    answer = subprocess.run(
        ["git", "ls-files", "*.pyc", "*.egg-info", "dist/*", "build/*"],  # noqa: S607  git of the machine
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert answer.stdout == ""
