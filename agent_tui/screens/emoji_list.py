"""Emoji by their names: while typing ``:name``, or from a list."""

from __future__ import annotations

from agent_tui.desk import emoji
from agent_tui.desk.model import Chat
from agent_tui.desk.text import Displayable
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.panes import Panes
from agent_tui.screens.popups import Popups
from agent_tui.widgets.picker import Asking, Picker
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import say


class EmojiList:
    """Opens the picker for emoji; ``popups`` closes whatever is open."""

    def __init__(self, picker: Picker, panes: Panes, popups: Popups) -> None:
        self._picker = picker
        self._panes = panes
        self._popups = popups
        self._completing: Asking | None = None

    def actions(self, at_hand: AtHand) -> Actions:
        """What its actions do."""
        return {"emoji": at_hand.open(self._open)}

    def complete(self, prefix: str | None) -> None:
        """Two letters after a colon were typed, more, or the word was left; a second colon takes the name.

        Where nothing fits nothing opens, so that any word may begin with a colon.
        """
        sign = emoji.named(prefix[:-1]) if prefix is not None and prefix.endswith(":") else None
        if sign is not None:
            self._close()
            self._panes.composer.replace_trigger(sign)
            return
        rows = [] if prefix is None or prefix.endswith(":") else _rows(prefix)
        if not rows:
            self._close()
        elif self._is_open:
            self._picker.show_rows(rows)
        else:
            self._popups.close()
            self._completing = Asking(say("Emoji"), say("No emoji."), self._take, self._popups.close)
            self._picker.open(self._completing, rows)

    @property
    def _is_open(self) -> bool:
        return self._completing is not None and self._picker.asks(self._completing)

    def _close(self) -> None:
        if self._is_open:
            self._popups.close()
        self._completing = None

    def _take(self, ids: tuple[str, ...]) -> None:
        self._completing = None
        self._panes.composer.replace_trigger(ids[0])

    def _open(self, _chat: Chat) -> None:
        asking = Asking(
            say("Emoji"),
            say("No emoji has this name. Try other letters."),
            lambda ids: self._panes.composer.insert(ids[0]),
            self._popups.close,
            lambda words: self._picker.show_rows(_rows(words)),
        )
        self._picker.open(asking, _rows(""))


def _rows(words: str) -> list[PickRow]:
    return [
        PickRow(one.sign, Displayable(f"{one.sign} :{one.name}:"), Displayable(" ".join(one.words)))
        for one in emoji.find(words)
    ]
