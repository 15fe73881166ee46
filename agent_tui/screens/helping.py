"""Calling the team lead to a chat: a line to say why, and the note that carries it."""

from __future__ import annotations

import secrets

from agent_tui.desk.lead_events import HelpCalled
from agent_tui.desk.leading import leads
from agent_tui.desk.model import Chat
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.notices import Told, Weight
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.subject import Subject
from agent_tui.widgets.picker import Asking
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import say
from api_client.models.identity import EchoId


class Helping(Subject):
    """Asks why, and calls."""

    def actions(self, at_hand: AtHand) -> Actions:
        """What its action does."""
        return {"help.call": at_hand.open(self._ask)}

    def _ask(self, chat: Chat) -> None:
        """Enter calls at once; a reason may be typed before."""
        reason = ""

        def keep(words: str) -> None:
            nonlocal reason
            reason = words

        called = Displayable(", ".join(one.name for one in leads(self._bridge.state)))
        asking = Asking(
            say("Call the lead to {customer}", customer=chat.card.name),
            NOTHING,
            lambda _: self._call(chat, reason, called),
            self._close,
            keep,
            label=say("Why:"),
            hint=say("may be left empty; the customer never sees it"),
        )
        self._picker.open(asking, [PickRow("call", say("Call"), called)])

    def _call(self, chat: Chat, reason: str, called: Displayable) -> None:
        self._dispatch(HelpCalled(chat.id, reason, EchoId(secrets.token_hex(8))))
        words = say("Called: {leads}. It stands on the lead's board.", leads=called)
        self._tell(Told(words if called else say("It stands on the lead's board."), Weight.FACT))
