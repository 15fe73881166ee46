"""The files of a chat: listed on a key, looked at, saved, opened in another program."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from agent_tui.desk import filed
from agent_tui.desk.file_model import FileLine, Picture
from agent_tui.desk.model import Chat
from agent_tui.desk.naming import is_picture
from agent_tui.desk.text import Displayable
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.subject import Reach, Subject
from agent_tui.theming import Palette
from agent_tui.widgets.file_words import about
from agent_tui.widgets.pacing import PacedScreen
from agent_tui.widgets.picker import Asking
from agent_tui.widgets.picker_model import PickRow
from agent_tui.widgets.picture_view import PictureView
from agent_tui.wording import say

_ATTACH = "attach"
_LOOK, _SAVE, _OPEN = "look", "save", "open"


class Receiving(Subject):
    """Lists the files and what can be done with one; ``attach`` asks for a path.

    ``look`` puts a picture over the screen, told what to do about the keys for saving and opening.
    """

    def __init__(
        self,
        reach: Reach,
        *,
        attach: Callable[[], object],
        look: Callable[[Picture, Callable[[str], None]], object],
    ) -> None:
        super().__init__(reach)
        self._attach = attach
        self._look = look
        self._listing: Chat | None = None
        """Whose files an open list waits for."""
        self._coming: FileLine | None = None
        """The picture that an open list waits for."""
        self._files: tuple[FileLine, ...] = ()

    def actions(self, at_hand: AtHand) -> Actions:
        """What its actions do."""
        return {"files": at_hand.shown(self._open_list)}

    def _open_list(self, chat: Chat) -> None:
        asking = Asking(
            say("Files of {customer}", customer=chat.card.name),
            say("Looking …"),
            self._chosen,
            self._close,
        )
        self._files = ()
        self._picker.open(asking, self._rows(chat))
        self._listing, self._coming = chat, None
        self._dispatch(filed.FilesRequested(chat.id))

    def _rows(self, chat: Chat) -> list[PickRow]:
        ours = chat.id == self._bridge.state.active
        attach = PickRow(_ATTACH, say("+ Attach a file to your text"), say("by its path"))
        files = [PickRow(str(index), file.name, about(file)) for index, file in enumerate(self._files)]
        return [*([attach] if ours else []), *files]

    def _chosen(self, ids: tuple[str, ...]) -> None:
        self._listing = None
        if ids[0] == _ATTACH:
            self._attach()
        else:
            self._ask_what(self._files[int(ids[0])])

    def _ask_what(self, file: FileLine) -> None:
        rows = [
            PickRow(_SAVE, say("Save"), say("in the download folder")),
            PickRow(_OPEN, say("Save and open"), say("in the system's own program for it")),
        ]
        if is_picture(file.name, file.kind):
            rows.insert(0, PickRow(_LOOK, say("Look at it"), say("here")))
        title = Displayable(f"{file.name} · {about(file)}")
        self._picker.open(
            Asking(title, Displayable(""), lambda ids: self._do(file, ids[0]), self._close), rows
        )

    def _do(self, file: FileLine, what: str) -> None:
        if what == _LOOK:
            self._fetch_picture(file)
        else:
            self._dispatch(filed.SaveRequested(file, open=what == _OPEN))

    def _fetch_picture(self, file: FileLine) -> None:
        """It comes onto the screen only while this list is open: never over what is typed by then."""
        words = say("Fetching {name} …", name=file.name)
        self._picker.open(Asking(file.name, words, lambda _: None, self._close), [])
        self._coming = file
        size = self._picker.screen.size
        self._dispatch(filed.PictureRequested(file, size.width, size.height - 1))

    def show_answers(self) -> None:
        """What an open list waits for may have come."""
        files = self._bridge.state.files
        if not self._picker.is_open:
            self._listing = self._coming = None
        elif self._coming is not None:
            self._show_picture(self._coming, files.picture, wanted=files.picture_wanted)
        elif self._listing is not None and files.listed is not None:
            if files.listed_for == self._listing.id:
                self._files = files.listed
                self._picker.show_rows(self._rows(self._listing), empty=say("No files in this chat."))
            self._listing = None

    def _show_picture(self, file: FileLine, picture: Picture | None, *, wanted: str | None) -> None:
        if picture is not None or wanted is None:
            self._coming = None
            self._close()
        if picture is not None:
            self._look(picture, lambda what: self._do(file, what))


class PictureScreen(PacedScreen[None], ModalScreen[None]):
    """Shows a picture until a key is pressed; ``then`` is told when that key saves or opens it."""

    def __init__(self, palette: Palette, picture: Picture, then: Callable[[str], None]) -> None:
        super().__init__()
        self._view = PictureView(
            palette, picture, say("   s saves, o opens it outside, any other key goes back")
        )
        self._then = then

    def compose(self) -> ComposeResult:
        """The picture, all over the screen."""
        yield self._view

    def on_mount(self) -> None:
        """When the cells are painted, a terminal that draws pictures has its turn."""
        self.call_after_refresh(self._view.draw)

    def on_key(self, event: events.Key) -> None:
        """Every key closes; two do more."""
        event.stop()
        if self.handed_on(event):
            return
        self._view.wipe()
        self.dismiss()
        if event.key in {"s", "o"}:
            self._then(_SAVE if event.key == "s" else _OPEN)
