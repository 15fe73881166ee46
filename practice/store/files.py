"""The bytes of attachments: in a folder beside the database, or in memory with it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol


class Files(Protocol):
    """Bytes by key. A key is made by the desk, of letters and digits; nobody outside chooses one."""

    def write(self, key: str, data: bytes) -> None:
        """Keep ``data`` under a new key."""
        ...

    def read(self, key: str) -> bytes:
        """What is kept under a key; raises ``LookupError`` when nothing is."""
        ...

    def remove(self, key: str) -> None:
        """Forget a key, known or not."""
        ...


class MemoryFiles:
    """Goes when the desk goes."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def write(self, key: str, data: bytes) -> None:
        """Keep ``data`` under a new key."""
        self._kept[key] = data

    def read(self, key: str) -> bytes:
        """What is kept under a key; raises ``LookupError`` when nothing is."""
        return self._kept[key]

    def remove(self, key: str) -> None:
        """Forget a key, known or not."""
        self._kept.pop(key, None)


class FolderFiles:
    """Files in a folder that is made when the first one comes; the user's alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, key: str, data: bytes) -> None:
        """Keep ``data`` under a new key; a crash leaves the whole file or none."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        half = self._path(f"{key}-half")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
        half.replace(self._path(key))

    def read(self, key: str) -> bytes:
        """What is kept under a key; raises ``LookupError`` when nothing is."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise LookupError(key) from None

    def remove(self, key: str) -> None:
        """Forget a key, known or not."""
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        if not key.replace("-", "").isalnum() or not key.isascii():
            raise ValueError("a key is made of letters and digits")
        return self.folder / key


def files_beside(database: str) -> Files:
    """Where the files of the desk in this database are: ``desk.sqlite`` has ``desk.sqlite.files``."""
    return MemoryFiles() if database == ":memory:" else FolderFiles(Path(f"{database}.files"))
