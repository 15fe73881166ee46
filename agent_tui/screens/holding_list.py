"""What helps when more is due than one person can write: a holding line put into the text, or a hand-over."""

from __future__ import annotations

import time
from collections.abc import Callable

from agent_tui.desk.doings import TabSelected
from agent_tui.desk.forecast import to_hold
from agent_tui.desk.holding_lines import holding_line, holding_responses
from agent_tui.desk.model import Chat
from agent_tui.desk.selectors import active_chat
from agent_tui.desk.speech import language_for
from agent_tui.desk.text import NOTHING, clean_line
from agent_tui.notices import Told, Weight
from agent_tui.screens.at_hand import Actions
from agent_tui.screens.filling import Placed, as_written, filled_in
from agent_tui.screens.subject import Reach, Subject
from agent_tui.widgets.picker import Asking
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import say
from canned.model import Response
from canned.render import TemplateError

_LINE = "line"
_HAND_OVER = "transfer"


class HoldingList(Subject):
    """Goes to the chat that breaks its limit first and offers what to say there. The agent sends it.

    ``run`` does an action of the key table.
    """

    def __init__(self, reach: Reach, *, run: Callable[[str], None]) -> None:
        super().__init__(reach)
        self._run = run
        self._offered: dict[str, Response] = {}

    def actions(self) -> Actions:
        """What its actions do."""
        return {"holding": self.open}

    def open(self) -> None:
        """In the chat that is foreseen to be late first; in the open one when all is in time."""
        chat = to_hold(self._bridge.state) or active_chat(self._bridge.state)
        if chat is None:
            return
        if not chat.draft.empty:
            words = say("A text is begun here. Send it or empty it, then put a holding line in.")
            self._tell(Told(words, Weight.WARNING))
            return
        if chat.id != self._bridge.state.active:
            self._dispatch(TabSelected(chat.id))
        title = say("Let {customer} know that you are at it", customer=chat.card.name)
        asking = Asking(title, NOTHING, lambda ids: self._chosen(chat, ids[0]), self._close)
        self._picker.open(asking, self._rows(chat))

    def _rows(self, chat: Chat) -> list[PickRow]:
        state = self._bridge.state
        queue = state.queues.get(chat.queue)
        index = () if state.texts is None else state.texts.library.responses
        found = holding_responses(index, "" if queue is None else queue.raw_name)
        self._offered = {one.key: one for one in found}
        rows = [PickRow(one.key, clean_line(one.shortcut, limit=40), clean_line(one.title)) for one in found]
        rows.append(PickRow(_LINE, say("Holding line"), clean_line(self._line(chat), limit=200)))
        return [*rows, PickRow(_HAND_OVER, say("Hand over"), say("to a colleague, a team or the queue"))]

    def _line(self, chat: Chat) -> str:
        return holding_line(language_for(chat), self._bridge.state.rules.waits.holding)

    def _chosen(self, chat: Chat, row: str) -> None:
        response = self._offered.get(row)
        if row == _HAND_OVER:
            self._run("transfer")
        elif response is None:
            self._panes.composer.insert(self._line(chat))
        else:
            self._put_in(chat, response)

    def _put_in(self, chat: Chat, response: Response) -> None:
        try:
            filled = filled_in(self._bridge.state, chat, response, time.monotonic())
        except TemplateError:
            filled = as_written(response, language_for(chat))
        placed = Placed(response, filled)
        self._panes.composer.place(placed.text, placed.passage, placed.fields)
