"""Flame graphs: one row measured with py-spy looking over the workstation's shoulder."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks import stage
from benchmarks.figures import Figure

PER_SECOND: Final = 200


def profile(name: str, row: Callable[[], list[Figure]], folder: Path) -> int:
    """Measure ``row`` once; each workstation that it starts writes an SVG. The figures are of no use."""
    spy = shutil.which("py-spy", path=str(Path(sys.executable).parent)) or shutil.which("py-spy")
    if spy is None:
        print("A flame graph needs py-spy: make profile gets it", file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []

    def watched() -> list[str]:
        written.append(folder / f"{name}-{len(written) + 1}.svg")
        return [spy, "record", "--nonblocking", "--rate", str(PER_SECOND), "-o", str(written[-1]), "--"]

    stage.PREFIX.append(watched)
    try:
        row()
    finally:
        stage.PREFIX.clear()
    print("\n".join(str(path) for path in written if path.exists()))
    return 0
