"""What can be taken back, in words with a countdown, and a text that comes back to be changed."""

from __future__ import annotations

import math
from typing import assert_never

from agent_tui.desk.doings import HandOverRequested, MuteRequested, ResolveRequested, SnoozeRequested
from agent_tui.desk.effects import PutBack
from agent_tui.desk.holding import newest_step
from agent_tui.desk.model import DeskState, Draft
from agent_tui.desk.standing import name_of
from agent_tui.desk.steps import HeldParting, HeldText, Parting, PutAside, Retagged
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.undoing import put_before
from agent_tui.keys_in_force import Keymap
from agent_tui.screens.standing import key_of
from agent_tui.widgets.composer import Composer
from agent_tui.wording import say


def undo_words(state: DeskState, keys: Keymap, now: float) -> Displayable:
    """What the key would take back at local time ``now``, and for how long; empty when nothing."""
    step = newest_step(state, now)
    if step is None:
        return NOTHING
    key, customer = key_of(keys, "takeback"), name_of(state, step.conversation)
    seconds = math.ceil(step.until_local - now)
    match step:
        case HeldParting(doing):
            what = _parting_words(doing, key, customer)
        case HeldText():
            what = say("{key} takes your text to {customer} back", key=key, customer=customer)
        case PutAside():
            what = say("{key} brings {customer} back", key=key, customer=customer)
        case Retagged():
            what = say("{key} puts the tags of {customer} back", key=key, customer=customer)
        case _:
            assert_never(step)
    return say("{what} · {seconds} s", what=what, seconds=seconds)


def _parting_words(doing: Parting, key: Displayable, customer: Displayable) -> Displayable:
    match doing:
        case ResolveRequested():
            return say("closing; {key} keeps {customer} open", key=key, customer=customer)
        case HandOverRequested():
            return say("handing over; {key} keeps {customer} with you", key=key, customer=customer)
        case SnoozeRequested():
            return say("falling asleep; {key} keeps {customer} awake", key=key, customer=customer)
        case MuteRequested():
            return say("blocking; {key} leaves {customer} alone", key=key, customer=customer)
        case _:
            assert_never(doing)


def put_back(state: DeskState, composer: Composer, effect: PutBack) -> None:
    """A text taken back stands in the composer again, before what has been typed since.

    A buffer made anew from the desk's draft has it already.
    """
    buffer, chat = composer.buffer, state.chats.get(effect.conversation)
    if buffer is None or chat is None or buffer.conversation != chat.id:
        return
    if buffer.text != chat.draft.text:
        since = Draft(buffer.text, buffer.note, buffer.marks)
        whole = put_before(effect.text, since, note=effect.note, marks=effect.marks)
        composer.set_note(note=whole.note)
        composer.put_before(whole.text.removesuffix(buffer.text), whole.marks)
    else:
        composer.set_note(note=chat.draft.note)
