"""Canned responses of the agent's own: their version of a shared one, one made of what they wrote."""

from __future__ import annotations

from typing import Final

from agent_tui.desk.model import Chat
from agent_tui.desk.passages import Field, Passage
from agent_tui.desk.prepared import TextMade
from agent_tui.desk.text import NOTHING, Displayable, clean_block, clean_line
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.subject import Subject
from agent_tui.screens.values import values
from agent_tui.widgets.painting import Piece
from agent_tui.widgets.picker import Asking
from agent_tui.widgets.picker_model import PickRow
from agent_tui.widgets.picker_preview import Preview
from agent_tui.wording import say
from api_client.models.message import MessageKind
from canned import personal
from canned.generalising import Generalised, generalised
from canned.languages import guess
from canned.model import Response
from canned.spans import Span
from themes.contract import Ink

_MOST: Final = 9
"""Sent texts to choose from."""
_SAVE, _TAKE, _KEEP = "save", "take", "keep"


class OwnTexts(Subject):
    """Asks what is to be kept and under what name, and shows it before."""

    def actions(self, at_hand: AtHand) -> Actions:
        """What its actions do."""
        return {
            "canned.mine": at_hand.open(self.keep),
            "canned.originals": self.open_originals,
            "canned.mistakes": self.open_mistakes,
        }

    # --- keeping -------------------------------------------------------------------------------------

    def keep(self, chat: Chat) -> None:
        """What stands in the text as one's own version, or as a new response; else a text sent here."""
        buffer = self._panes.composer.buffer
        if buffer is None:
            return
        passage = buffer.marks.passages[-1] if buffer.marks.passages else None
        response = None if passage is None else self._response(passage)
        if passage is not None and response is not None:
            self._keep_version(chat, buffer.text, passage, buffer.marks.fields, response)
        elif buffer.text.strip():
            self._ask_shortcut(chat, buffer.text, buffer.marks.fields)
        else:
            self._choose_sent(chat)

    def _response(self, passage: Passage) -> Response | None:
        texts = self._bridge.state.texts
        return None if texts is None else texts.library.named(passage.shortcut)

    def _keep_version(
        self, chat: Chat, text: str, passage: Passage, fields: tuple[Field, ...], response: Response
    ) -> None:
        said = text[passage.start : passage.end]
        inside = [one for one in fields if passage.start <= one.start and one.end <= passage.end]
        known = response.texts.get(passage.language, "")
        made = self._general(chat, said, inside, passage.start, known)
        own = personal.changed(response, passage.language, made.text)
        if made.numbers or made.doubtful:
            title = say("Your own /{text}", text=clean_line(response.shortcut))
            self._confirm(title, own, made)
        else:
            self._dispatch(TextMade(own))

    def _general(
        self, chat: Chat, text: str, fields: list[Field], start: int, known: str = ""
    ) -> Generalised:
        spans = [
            Span(one.start - start, one.end - start, one.name, False, one.default, one.choices, one.hint)
            for one in fields
        ]
        return generalised(text, values(self._bridge.state, chat), fields=spans, known=known)

    def _confirm(self, title: Displayable, own: Response, made: Generalised) -> None:
        row = PickRow(_SAVE, say("Save it so"), say("names and numbers are taken out"))
        asking = Asking(
            title,
            NOTHING,
            lambda _ids: self._dispatch(TextMade(own)),
            self._close,
            preview=lambda _row: _shown(made),
        )
        self._picker.open(asking, [row])

    def _choose_sent(self, chat: Chat) -> None:
        """What the agent sent here, newest first."""
        sent = [
            line.raw
            for line in reversed(chat.transcript.lines)
            if line.mine and line.kind is MessageKind.AGENT and line.raw.strip()
        ][:_MOST]
        rows = [PickRow(str(number), clean_line(text, limit=60)) for number, text in enumerate(sent)]
        asking = Asking(
            say("Make a response of your own from …"),
            say("Nothing is written here, and nothing was sent. Write a text first."),
            lambda ids: self._ask_shortcut(chat, sent[int(ids[0])], ()),
            self._close,
            preview=lambda row: (Piece(clean_block(sent[int(row)]).text),),
        )
        self._picker.open(asking, rows)

    def _ask_shortcut(self, chat: Chat, text: str, fields: tuple[Field, ...]) -> None:
        """The text as it would be saved, and a line for what to type to get it."""
        made = self._general(chat, text, list(fields), 0)
        shortcut = ""

        def named(typed: str) -> None:
            nonlocal shortcut
            shortcut = "-".join(typed.replace("/", " ").split())
            self._picker.show_rows(self._save_row(shortcut))

        def save(_ids: tuple[str, ...]) -> None:
            self._dispatch(TextMade(personal.made(shortcut, guess(made.text), made.text)))

        asking = Asking(
            say("A response of your own"),
            NOTHING,
            save,
            self._close,
            named,
            label=Displayable("/"),
            hint=say("a short name, what you will type after the slash"),
            preview=lambda _row: _shown(made),
        )
        self._picker.open(asking, self._save_row(""))

    def _save_row(self, shortcut: str) -> list[PickRow]:
        texts = self._bridge.state.texts
        if not shortcut:
            return [PickRow(_SAVE, say("Type a short name for it."), enabled=False)]
        there = texts is not None and texts.library.named(shortcut) is not None
        about = say("in place of the one of this name") if there else NOTHING
        return [PickRow(_SAVE, say("Save /{text}", text=clean_line(shortcut)), about)]

    # --- originals that have changed -----------------------------------------------------------------

    def open_originals(self) -> None:
        """One's own versions whose originals have changed since."""
        texts = self._bridge.state.texts
        outdated = {} if texts is None else {one.mine.key: one for one in texts.outdated}
        rows = [PickRow(key, clean_line(one.mine.shortcut), _changed(one)) for key, one in outdated.items()]
        asking = Asking(
            say("Changed originals"),
            say("No original of your own responses has changed."),
            lambda ids: self._decide(outdated[ids[0]]),
            self._close,
            preview=lambda row: _difference(outdated[row]),
        )
        self._picker.open(asking, rows)

    def _decide(self, one: personal.Outdated) -> None:
        rows = [PickRow(_KEEP, say("Keep mine"), say("the change counts as seen"))]
        original = one.original
        if original is not None:
            rows.append(PickRow(_TAKE, say("Take the original"), say("my words go")))

        def done(ids: tuple[str, ...]) -> None:
            if ids[0] == _TAKE and original is not None:
                self._dispatch(TextMade(personal.take(one.mine, original)))
            else:
                self._dispatch(TextMade(personal.keep(one.mine, original)))

        title = say("Your own /{text}", text=clean_line(one.mine.shortcut))
        asking = Asking(title, NOTHING, done, self._close, preview=lambda _row: _difference(one))
        self._picker.open(asking, rows)

    # --- mistakes ------------------------------------------------------------------------------------

    def open_mistakes(self) -> None:
        """What could not be read: file, line, what is wrong and what to do."""
        texts = self._bridge.state.texts
        mistakes = () if texts is None else texts.mistakes
        rows = [PickRow(str(number), mistake) for number, mistake in enumerate(mistakes)]
        asking = Asking(
            say("Mistakes in canned responses"),
            say("Every canned response can be read."),
            lambda _ids: None,
            self._close,
            preview=lambda row: (Piece(mistakes[int(row)]),),
        )
        self._picker.open(asking, rows)


def _shown(made: Generalised) -> Preview:
    """The template, and what is left in it of the customer."""
    text = Piece(clean_block(made.text).text)
    told = []
    if made.numbers:
        numbers = Displayable(", ".join(clean_line(one, limit=30) for one in made.numbers))
        told.append(say("To fill in: {numbers}", numbers=numbers))
    if made.doubtful:
        words = Displayable(", ".join(clean_line(one, limit=30) for one in made.doubtful))
        told.append(say("Still in it: {words}", words=words))
    return (*(Piece(one, Ink.WARNING) for one in told), text)


def _changed(one: personal.Outdated) -> Displayable:
    return say("there is no original any more") if one.original is None else say("the original has changed")


def _difference(one: personal.Outdated) -> Preview:
    """Line by line: ``-`` the original as it is now, ``+`` one's own."""
    if one.original is None:
        return (Piece(say("The original is gone; yours stands by itself if you keep it.")),)
    lines = personal.difference(one.mine, one.original)
    inks = {"-": Ink.BAD, "+": Ink.GOOD}
    return tuple(Piece(clean_line(line), inks.get(line[:1], Ink.TEXT)) for line in lines)
