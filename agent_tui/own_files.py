"""Files and folders that are the person's own: for their eyes alone, and never half written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def own_folder(path: Path) -> Path:
    """Make the folder, for its owner alone, unless it is there.

    Raises:
        OSError: it cannot be made.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def write_whole(path: Path, content: bytes | str) -> None:
    """Put ``content`` (text as UTF-8) in the file, for its owner alone; a crash leaves the old or the new.

    Raises:
        OSError: it cannot be written; the old file is as it was.
    """
    own_folder(path.parent)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
