"""Files that go out with a text: found by their path, dropped again, taken back with the text."""

from __future__ import annotations

from typing import Final

from agent_tui.desk import filed
from agent_tui.desk.file_model import PathRow
from agent_tui.desk.model import Chat
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.subject import Reach, Subject
from agent_tui.widgets.file_words import about, size_words
from agent_tui.widgets.picker import Asking
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import say

_HOME = "~/"
_BEGINNINGS: Final = ("/", "~/", "file://")
"""How a path begins that is whole by itself."""


class Attaching(Subject):
    """Asks for a path, or which of the chosen files to leave out."""

    def __init__(self, reach: Reach) -> None:
        super().__init__(reach)
        self._folder = _HOME
        """Where the last file was found."""
        self._given = _HOME
        """What the open list began with."""
        self._offered: tuple[PathRow, ...] = ()
        self._awaited: str | None = None
        """The words whose answer the open list waits for."""

    def actions(self, at_hand: AtHand) -> Actions:
        """What its actions do."""
        return {
            "attach": at_hand.open(lambda chat: self._ask_path(chat, self._folder)),
            "detach": at_hand.open(self._ask_which),
            "unsend": at_hand.open(lambda chat: self._dispatch(filed.TakeBackRequested(chat.id))),
        }

    # --- choosing ------------------------------------------------------------------------------------

    def _ask_path(self, chat: Chat, words: str) -> None:
        asking = Asking(
            say("A file for {customer}", customer=chat.card.name),
            say("Nothing begins like this. Check the path, or Esc."),
            lambda ids: self._picked(chat, ids[0]),
            self._dismissed,
            self._typed,
            label=say("Path:"),
            hint=say("Tab completes; ~ is your home folder"),
            typed=words,
            completes=True,
        )
        self._offered, self._given = (), words
        self._picker.open(asking, [])
        self._typed(words)

    def _typed(self, words: str) -> None:
        """Rows that still fit stay until the answer comes, so that Enter never means another one."""
        words = begun_anew(words, self._given)
        self._awaited = words
        self._offered = tuple(
            row for row in self._offered if row.path.casefold().startswith(words.casefold())
        )
        self._picker.show_rows(_rows(self._offered))
        self._dispatch(filed.PathTyped(words))

    def _picked(self, chat: Chat, path: str) -> None:
        self._awaited = None
        if path.endswith("/"):
            self._ask_path(chat, path)
            return
        self._folder = path[: path.rfind("/") + 1] or _HOME
        self._dispatch(filed.PathPicked(chat.id, path))

    def _dismissed(self) -> None:
        self._awaited = None
        self._close()

    def show_answers(self) -> None:
        """Paths that an open list waits for may have been found."""
        files = self._bridge.state.files
        if not self._picker.is_open:
            self._awaited = None
        elif self._awaited is not None and files.paths_wanted == self._awaited and files.paths is not None:
            self._awaited = None
            self._offered = files.paths
            self._picker.show_rows(_rows(files.paths))

    def _ask_which(self, chat: Chat) -> None:
        """Which of the chosen files stays here."""
        asking = Asking(
            say("Leave which file out?"),
            say("No file goes with this text."),
            lambda ids: self._dispatch(filed.FileDropped(chat.id, ids[0])),
            self._close,
        )
        self._picker.open(asking, [PickRow(file.path, file.name, about(file)) for file in chat.draft.files])


def begun_anew(words: str, given: str) -> str:
    """The path that is meant: a whole one pasted or dragged behind the folder given counts alone."""
    pasted = words.removeprefix(given).lstrip()
    return pasted if words.startswith(given) and pasted.lstrip("'\"").startswith(_BEGINNINGS) else words


def _rows(found: tuple[PathRow, ...]) -> list[PickRow]:
    return [PickRow(row.path, row.name, _about(row)) for row in found]


def _about(row: PathRow) -> Displayable:
    return NOTHING if row.size is None else size_words(row.size)
