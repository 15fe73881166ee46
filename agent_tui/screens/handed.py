"""The card with which a chat came, for the panel above its log."""

from __future__ import annotations

from agent_tui.desk.card_compiling import newest_card
from agent_tui.desk.hand_over_card import Part
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.standing import is_mine
from agent_tui.desk.text import Displayable
from agent_tui.widgets.handed_card import Handed, HandedCard
from agent_tui.wording import say


def show_handed(panel: HandedCard, state: DeskState, chat: Chat | None) -> None:
    """Show it until it is read. It is looked for once for each change of the lines."""
    known = None if chat is None else (chat.id, chat.transcript.revision, is_mine(state, chat))
    if panel.wears(known):
        panel.show(None if chat is None else handed_to(state, chat), titles())


def handed_to(state: DeskState, chat: Chat) -> Handed | None:
    """What somebody else laid out and nobody is known to have read."""
    found = newest_card(chat.transcript.lines)
    if found is None or found[0].mine:
        return None
    line, card = found
    return Handed(line.author, card, is_mine(state, chat))


def titles() -> dict[Part, Displayable]:
    """What the parts of a card are called."""
    return {
        Part.QUESTION: say("Open question"),
        Part.KNOWN: say("Known"),
        Part.TRIED: say("Tried"),
        Part.SENT: say("Sent"),
        Part.PROMISED: say("Promised"),
        Part.TAGS: say("Tags"),
        Part.FOR_YOU: say("For you"),
    }
