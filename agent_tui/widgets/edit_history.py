"""Changes of a text, to be taken back and made again: words typed in one go are one of them."""

from __future__ import annotations

from collections import deque
from typing import Final, NamedTuple

from agent_tui.desk.passages import Marks

_MOST: Final = 500


class Edit(NamedTuple):
    """One change."""

    at: int
    removed: str
    inserted: str
    cursor: int
    """Where it stood before."""
    before: Marks
    after: Marks


class EditHistory:
    """The last changes, the newest at the end."""

    __slots__ = ("_done", "_grow", "_undone")

    def __init__(self) -> None:
        self._done: deque[Edit] = deque(maxlen=_MOST)
        self._undone: list[Edit] = []
        self._grow = False
        """The next change may belong to the last one."""

    def add(self, edit: Edit) -> None:
        """A change was made."""
        self._undone.clear()
        if self._grow and (joined := _joined(self._done[-1], edit)):
            self._done[-1] = joined
        else:
            self._done.append(edit)
        self._grow = True

    def close(self) -> None:
        """The next change is one by itself."""
        self._grow = False

    def remark(self, marks: Marks) -> None:
        """The last change left these marks."""
        if self._done:
            self._done[-1] = self._done[-1]._replace(after=marks)

    def undone(self) -> Edit | None:
        """The change that is to be taken back."""
        return _move(self._done, self._undone)

    def redone(self) -> Edit | None:
        """The change that is to be made again."""
        return _move(self._undone, self._done)


def _move(source: deque[Edit] | list[Edit], target: deque[Edit] | list[Edit]) -> Edit | None:
    if not source:
        return None
    edit = source.pop()
    target.append(edit)
    return edit


def _joined(last: Edit, edit: Edit) -> Edit | None:
    """The two as one step to undo: a word typed on, or characters erased one after the other."""
    if len(edit.inserted) == 1 and not edit.removed and last.inserted and not last.removed:
        follows = last.at + len(last.inserted) == edit.at
        new_word = last.inserted[-1].isspace() and not edit.inserted.isspace()
        if follows and not new_word and "\n" not in edit.inserted:
            return last._replace(inserted=last.inserted + edit.inserted, after=edit.after)
    erasing = not edit.inserted and not last.inserted
    if erasing and edit.at + len(edit.removed) == last.at and not edit.removed[-1].isspace():
        return last._replace(at=edit.at, removed=edit.removed + last.removed, after=edit.after)
    return None
