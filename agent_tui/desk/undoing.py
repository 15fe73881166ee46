"""Taking back what was just done, and carrying out what nobody took back."""

from __future__ import annotations

from typing import assert_never

from agent_tui.desk import lines, parting, taking, writing
from agent_tui.desk.doings import (
    HandOverRequested,
    LeavingRequested,
    MuteRequested,
    ResolveRequested,
    SnoozeRequested,
    TagsChosen,
    UndoRequested,
)
from agent_tui.desk.effects import DeskEffect, DropText, Notify, PutBack, SaveDraft
from agent_tui.desk.file_model import MOST_FILES
from agent_tui.desk.holding import newest_step
from agent_tui.desk.labelling import choose_tags
from agent_tui.desk.model import Chat, DeskState, Draft
from agent_tui.desk.notice import NothingToUndo, StillYours, TagsPutBack, TextTakenBack
from agent_tui.desk.passages import NO_MARKS, Marks, moved
from agent_tui.desk.steps import HeldParting, HeldText, PutAside, Retagged, Step
from agent_tui.desk.tabs import activate, open_tab
from agent_tui.desk.transcript import Line


def undo_wanted(state: DeskState, _event: UndoRequested, now: float) -> list[DeskEffect]:
    """The newest step first; pressed again, the one before."""
    step = newest_step(state, now)
    if step is None:
        return [Notify(NothingToUndo())]
    state.steps.remove(step)
    chat = state.chats.get(step.conversation)
    return [] if chat is None else _undo(state, chat, step)


def _undo(state: DeskState, chat: Chat, step: Step) -> list[DeskEffect]:
    match step:
        case HeldParting(_, _, tab):
            return [*_back_at(state, chat, tab), Notify(StillYours(chat.card.name))]
        case PutAside(_, _, tab):
            return _back_at(state, chat, tab)
        case Retagged(_, _, added, removed):
            held = frozenset(tag.value for tag in chat.tags)
            effects = choose_tags(state, TagsChosen(chat.id, (held - added) | removed))
            return [*effects, Notify(TagsPutBack(chat.card.name))]
        case HeldText():
            return _text_back(state, chat, step)
        case _:
            assert_never(step)


def _back_at(state: DeskState, chat: Chat, tab: int | None) -> list[DeskEffect]:
    if chat.id not in state.tabs and tab is not None:
        state.tabs.insert(tab, chat.id)
    return open_tab(state, chat) + activate(state, chat)


def _text_back(state: DeskState, chat: Chat, step: HeldText) -> list[DeskEffect]:
    """The draft is on the disk before the outbox lets go of the text: a crash in between loses nothing."""
    line = lines.take_back(chat.transcript, step.echo)
    if line is None:
        return []
    chat.draft = draft = with_line(line, chat.draft, step.marks)
    return [
        SaveDraft(chat.id, draft.text, draft.note, draft.marks, draft.files),
        DropText(chat.id, step.echo),
        *open_tab(state, chat),
        *activate(state, chat),
        PutBack(chat.id, line.raw, writing.is_note(line), step.marks),
        Notify(TextTakenBack(chat.card.name)),
    ]


def with_line(line: Line, since: Draft, marks: Marks = NO_MARKS) -> Draft:
    """A line taken back as a draft, its files first; what has been typed and chosen since stays.

    ``marks``: those of the line.
    """
    draft = put_before(line.raw, since, note=writing.is_note(line), marks=marks)
    draft.files = tuple(dict.fromkeys((*line.uploads, *since.files)))[:MOST_FILES]
    return draft


def put_before(text: str, since: Draft, *, note: bool, marks: Marks = NO_MARKS) -> Draft:
    """A text taken back with its marks, and below it what has been typed since.

    Where one of the two was not for the customer's eyes, the whole is not.
    """
    if not (text and since.text.strip()):
        kept = since if since.text.strip() else Draft()
        return Draft(
            text or kept.text, note or (since.note and not since.empty), marks if text else kept.marks
        )
    below = moved(since.marks, 0, 0, len(text) + 1)
    both = Marks(marks.fields + below.fields, marks.passages + below.passages)
    return Draft(f"{text}\n{since.text}", note or since.note, both)


def due(state: DeskState, now: float) -> list[DeskEffect]:
    """Carry out what nobody took back in time, oldest first."""
    over = [step for step in state.steps if now >= step.until_local]
    return _carry_out(state, over, now) if over else []


def leaving_wanted(state: DeskState, _event: LeavingRequested, now: float) -> list[DeskEffect]:
    """Whoever leaves meant what they did: nothing is held back any more."""
    return _carry_out(state, list(state.steps), now)


def _carry_out(state: DeskState, steps: list[Step], now: float) -> list[DeskEffect]:
    effects: list[DeskEffect] = []
    for step in steps:
        if step in state.steps:  # an earlier one of its conversation may have taken it along
            state.steps.remove(step)
            chat = state.chats.get(step.conversation)
            effects += [] if chat is None else _carry_one_out(state, chat, step, now)
    return effects


def _carry_one_out(state: DeskState, chat: Chat, step: Step, now: float) -> list[DeskEffect]:
    match step:
        case HeldParting(doing):
            match doing:
                case ResolveRequested():
                    return taking.resolve(state, chat)
                case HandOverRequested():
                    return parting.hand_over(state, chat, doing, now)
                case SnoozeRequested():
                    return parting.snooze(state, chat, doing)
                case MuteRequested():
                    return parting.mute(state, chat)
                case _:
                    assert_never(doing)
        case HeldText():
            return writing.send_held(state, chat, [step])
        case PutAside() | Retagged():
            return []
        case _:
            assert_never(step)
