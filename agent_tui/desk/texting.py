"""Canned responses at the desk: the library, what comes of a text that is sent, and how texts do in use."""

from __future__ import annotations

from agent_tui.desk.effects import DeskEffect, Notify
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.notice import OriginalsChanged, TextKept, TextNotKept, TextsUnreadable
from agent_tui.desk.passages import Marks, Passage, without_fields
from agent_tui.desk.prepared import TextMade, TextNotSaved, TextSaved, TextSearched, TextsRead
from agent_tui.desk.text import clean_line
from agent_tui.desk.text_effects import CountSearch, CountText, SaveText
from agent_tui.desk.transcript import Line
from canned.outcome import Outcome, Use, outcome_of


def texts_read(state: DeskState, event: TextsRead) -> list[DeskEffect]:
    """Use them from now on; say what is wrong with them once."""
    known = state.texts
    state.texts = texts = event.texts
    told: list[DeskEffect] = []
    new = [one for one in texts.mistakes if known is None or one not in known.mistakes]
    if new:
        told.append(Notify(TextsUnreadable(new[0], len(texts.mistakes))))
    seen = set() if known is None else {one.mine.key for one in known.outdated}
    changed = [one for one in texts.outdated if one.mine.key not in seen]
    if changed:
        shortcut = clean_line(changed[0].mine.shortcut)
        told.append(Notify(OriginalsChanged(shortcut, len(texts.outdated))))
    return told


def text_made(_state: DeskState, event: TextMade) -> list[DeskEffect]:
    """Save it."""
    return [SaveText(event.response)]


def text_saved(_state: DeskState, event: TextSaved) -> list[DeskEffect]:
    """It is there."""
    return [Notify(TextKept(event.shortcut))]


def text_not_saved(_state: DeskState, event: TextNotSaved) -> list[DeskEffect]:
    """It is not there; what the agent wrote still stands where it was."""
    return [Notify(TextNotKept(event.shortcut, event.why))]


def text_searched(_state: DeskState, event: TextSearched) -> list[DeskEffect]:
    """Whether anything was found, never what was looked for."""
    return [CountSearch(found=event.found)]


# --- how they do -------------------------------------------------------------------------------------


def note_written(chat: Chat, marks: Marks) -> None:
    """The text being written holds these responses now."""
    chat.tried |= {passage.key for passage in marks.passages}


def note_sent(chat: Chat, text: str, marks: Marks) -> list[CountText]:
    """What was sent with its responses; those put in and taken out again were tried in vain."""
    used = {passage.key for passage in marks.passages}
    dropped = sorted(chat.tried - used)
    chat.tried = frozenset()
    chat.on_trial = tuple(dict.fromkeys(passage.key for passage in marks.passages))
    chat.prepared += marks.passages
    return [
        *(CountText(one.key, Use.USED, one.plain, _as_sent(text, one, marks)) for one in marks.passages),
        *(CountText(key, Use.ABANDONED) for key in dropped),
    ]


def _as_sent(text: str, passage: Passage, marks: Marks) -> str:
    return without_fields(text, passage.start, passage.end, marks.fields)


def note_heard(chat: Chat, line: Line) -> list[DeskEffect]:
    """What the customer says to the responses sent before; words that tell nothing end the trial too."""
    keys, chat.on_trial = chat.on_trial, ()
    outcome = outcome_of(line.text) if keys else None
    return [] if outcome is None else [CountText(key, outcome) for key in keys]


def note_over(chat: Chat) -> list[DeskEffect]:
    """The conversation is over: who said nothing more has left, and what was not sent was dropped."""
    keys, chat.on_trial = chat.on_trial, ()
    dropped, chat.tried = sorted(chat.tried), frozenset()
    return [
        *(CountText(key, Outcome.LEFT) for key in keys),
        *(CountText(key, Use.ABANDONED) for key in dropped),
    ]
