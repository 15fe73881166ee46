"""Chats on their way out of the desk: into a file, one or several, or through a command of the agent's."""

from __future__ import annotations

from agent_tui.desk.doings import DraftChanged, ExportRequested, ToolRequested
from agent_tui.desk.effects import PutIn
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.record import Form
from agent_tui.desk.searching import hits
from agent_tui.desk.standing import name_of
from agent_tui.desk.text import NOTHING, Displayable, clean_line
from agent_tui.notices import Told, Weight
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.subject import Subject
from agent_tui.widgets.picker import Asking
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import count, say
from api_client.models.identity import ConversationId


class Carrying(Subject):
    """Asks what and how, and tells the desk."""

    def actions(self, at_hand: AtHand) -> Actions:
        """What its actions do."""
        return {
            "export": at_hand.shown(lambda chat: self._ask_form((chat.id,))),
            "export.several": self._choose_chats,
            "pipe": at_hand.open(self._choose_tool),
        }

    # --- into a file ---------------------------------------------------------------------------------

    def _choose_chats(self) -> None:
        """Those in tabs, those found last; the ones in tabs are checked."""
        rows = choices(self._bridge.state)
        asking = Asking(
            say("Chats for one file"),
            say("No chat is open, and none was found."),
            lambda ids: self._ask_form(tuple(ConversationId(row.id) for row in rows if row.id in ids)),
            self._close,
            checked=frozenset(self._bridge.state.tabs),
        )
        self._picker.open(asking, rows)

    def _ask_form(self, chats: tuple[ConversationId, ...]) -> None:
        if not chats:
            return
        forms = {
            f"{form.value} {notes}": (form, notes) for notes in (False, True) for form in Form
        }  # without notes first
        rows = [PickRow(name, _form(form), _with_notes(notes=notes)) for name, (form, notes) in forms.items()]

        def chosen(ids: tuple[str, ...]) -> None:
            form, notes = forms[ids[0]]
            self._dispatch(ExportRequested(chats, form, notes))

        title = count("Write {n} chat to a file as …", "Write {n} chats to a file as …", len(chats))
        self._picker.open(Asking(title, NOTHING, chosen, self._close), rows)

    # --- through a command ---------------------------------------------------------------------------

    def _choose_tool(self, chat: Chat) -> None:
        state = self._bridge.state
        if not state.tools:
            words = say("You have no commands yet; [commands] in the settings file names them.")
            self._tell(Told(words, Weight.FACT))
            return
        rows = [PickRow(tool, clean_line(tool), _how(tool, state, chat)) for tool in state.tools]
        asking = Asking(
            say("Make a draft to {customer} with …", customer=chat.card.name),
            NOTHING,
            lambda ids: self._dispatch(ToolRequested(chat.id, ids[0])),
            self._close,
        )
        self._picker.open(asking, rows)

    def put_in(self, effect: PutIn) -> None:
        """A text made for a conversation goes behind what is written there, wherever the agent is."""
        chat = self._bridge.state.chats.get(effect.conversation)
        if chat is None:
            return
        buffer = self._panes.append(chat, effect.text)
        self._dispatch(DraftChanged(chat.id, buffer.text, buffer.note, buffer.marks))


def choices(state: DeskState) -> list[PickRow]:
    """Conversations to choose from: those in tabs, then those that the last search found."""
    names = {conversation: name_of(state, conversation) for conversation in state.tabs}
    for hit in hits(state):
        if hit.conversation is not None:
            names.setdefault(hit.conversation, hit.customer)
    found = say("found by your last search")
    return [
        PickRow(
            conversation,
            name or say("chat {number}", number=Displayable(conversation)),
            NOTHING if conversation in state.tabs else found,
        )
        for conversation, name in names.items()
    ]


def _form(form: Form) -> Displayable:
    words = {Form.MARKDOWN: say("Markdown"), Form.TEXT: say("plain text"), Form.JSON: say("JSON")}
    return words[form]


def _with_notes(*, notes: bool) -> Displayable:
    return say("with notes and what happened, for colleagues") if notes else say("what the customer knows")


def _how(tool: str, state: DeskState, chat: Chat) -> Displayable:
    return say("at work …") if (chat.id, tool) in state.tools_at_work else NOTHING
