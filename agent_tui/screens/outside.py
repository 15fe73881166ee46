"""Writing on in the person's own editor; the network goes on meanwhile, on its own thread."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import assert_never

from agent_tui.desk.model import Chat
from agent_tui.desk.text import Displayable
from agent_tui.notices import Told, Weight
from agent_tui.outside_editor import EditorFailed, EditorTrouble, edited, editor_of
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.panes import Panes
from agent_tui.wording import say


class Outside:
    """``lend`` runs a command on the terminal and takes the terminal back; ``tell`` tells the agent."""

    def __init__(
        self, panes: Panes, *, lend: Callable[[tuple[str, ...]], int], tell: Callable[[Told], None]
    ) -> None:
        self._panes = panes
        self._lend = lend
        self._tell = tell

    def actions(self, at_hand: AtHand) -> Actions:
        """What its actions do."""
        return {"editor": at_hand.open(self._edit)}

    def _edit(self, _chat: Chat) -> None:
        """Nothing else happens on the screen meanwhile, so the text is still the same customer's after it."""
        composer = self._panes.composer
        buffer = composer.buffer
        if buffer is None:
            return
        try:
            text = edited(buffer.text, editor_of(os.environ), self._lend)
        except EditorFailed as failed:
            words = say("Your text is as it was: {why}.", why=_why(failed))
            self._tell(Told(words, Weight.WARNING))
            return
        if text != buffer.text:
            composer.change(lambda one: one.replace(text))


def _why(failed: EditorFailed) -> Displayable:
    match failed.trouble:
        case EditorTrouble.NONE_NAMED:
            return say("there is no editor; name one in EDITOR and start again")
        case EditorTrouble.NOT_STARTED:
            return say("{editor} cannot be started", editor=failed.detail)
        case EditorTrouble.FAILED:
            return say("{editor} ended with an error", editor=failed.detail)
        case EditorTrouble.FILE_GONE:
            return say("the editor left no text")
        case EditorTrouble.NO_TEXT:
            return say("what the editor left is not UTF-8 text")
        case EditorTrouble.TOO_LONG:
            return say("what the editor left is too long")
        case EditorTrouble.NO_FILE:
            return say("no file can be made for the editor ({detail})", detail=failed.detail)
        case _:
            assert_never(failed.trouble)
