"""The rules of a lead's board: whispers, giving chats to others, moving customers, calls for help."""

from __future__ import annotations

from typing import Final, assert_never

from agent_tui.desk import lead_events as e
from agent_tui.desk.doings import ReplySubmitted
from agent_tui.desk.effects import DeskEffect
from agent_tui.desk.following import observe
from agent_tui.desk.lead_effects import AssignTo, LeadEffect, MoveTo, Whisper
from agent_tui.desk.lead_model import Outcome
from agent_tui.desk.lead_notes import call_for_help, whisper
from agent_tui.desk.model import Colleague, DeskState
from agent_tui.desk.standing import is_mine
from agent_tui.desk.writing import write
from api_client.models.identity import ConversationId

_MOST_GIVEN: Final = 20
"""Givings that can be taken back."""


def happened(state: DeskState, event: e.Led, now: float) -> list[DeskEffect]:
    """What follows from a doing of the lead's, or from its answer."""
    match event:
        case e.WhisperWritten():
            return _whispered(state, event)
        case e.GivenTo():
            return _given(state, event)
        case e.MovedTo(conversations, queue):
            return _asked(state, [MoveTo(one, queue) for one in conversations if one in state.waiting])
        case e.GivingTakenBack():
            return _taken_back(state)
        case e.CallHeard(conversation):
            state.lead.calls.pop(conversation, None)
            return []
        case e.HelpCalled():
            return _help_called(state, event, now)
        case e.LeadDone():
            return _done(state, event, now)
        case e.LeadFailed():
            return _failed(state, event)
        case _:
            assert_never(event)


# --- what the lead does --------------------------------------------------------------------------------


def _asked(state: DeskState, effects: list[LeadEffect]) -> list[DeskEffect]:
    lead = state.lead
    if not lead.under_way:
        lead.outcomes.clear()
        lead.wanted = 0
    lead.wanted += len(effects)
    lead.under_way += len(effects)
    return [*effects]


def _whispered(state: DeskState, event: e.WhisperWritten) -> list[DeskEffect]:
    chat = state.chats.get(event.conversation)
    if chat is None or chat.assignee is None or not event.text.strip():
        return []
    state.lead.calls.pop(chat.id, None)
    state.lead.unsaid.pop(chat.id, None)
    note = whisper(chat.assignee.name, event.text)
    return _asked(state, [Whisper(chat.id, event.echo, note, event.text)])


def _given(state: DeskState, event: e.GivenTo) -> list[DeskEffect]:
    chat = state.chats.get(event.conversation)
    if chat is None or (chat.assignee is not None and chat.assignee.id == event.agent):
        return []
    state.lead.given.append((chat.id, None if chat.assignee is None else chat.assignee.id))
    del state.lead.given[:-_MOST_GIVEN]
    state.lead.calls.pop(chat.id, None)
    return _asked(state, [AssignTo(chat.id, event.agent)])


def _taken_back(state: DeskState) -> list[DeskEffect]:
    if not state.lead.given:
        return []
    conversation, agent = state.lead.given.pop()
    return _asked(state, [AssignTo(conversation, agent, back=True)])


# --- what came of it -----------------------------------------------------------------------------------


def _done(state: DeskState, event: e.LeadDone, now: float) -> list[DeskEffect]:
    state.lead.under_way = max(0, state.lead.under_way - 1)
    state.lead.outcomes.append(Outcome(event.effect))
    return [] if event.chat is None else observe(state, event.chat, now)


def _failed(state: DeskState, event: e.LeadFailed) -> list[DeskEffect]:
    lead, effect = state.lead, event.effect
    lead.under_way = max(0, lead.under_way - 1)
    lead.outcomes.append(Outcome(effect, event.problem))
    if isinstance(effect, Whisper):
        lead.unsaid[effect.conversation] = effect.text
    elif isinstance(effect, AssignTo) and not effect.back:
        lead.given[:] = [one for one in lead.given if one[0] != effect.conversation]
    return []


# --- calls for help ------------------------------------------------------------------------------------


def leads(state: DeskState) -> list[Colleague]:
    """The colleagues who lead, without the signed-in one."""
    mine = None if state.me is None else state.me.id
    return [one for one in state.colleagues.values() if one.leads and one.id != mine]


def _help_called(state: DeskState, event: e.HelpCalled, now: float) -> list[DeskEffect]:
    chat = state.chats.get(event.conversation)
    if chat is None or not is_mine(state, chat) or event.echo in chat.transcript.orders:
        return []
    words = call_for_help((one.name for one in leads(state)), event.reason)
    return write(state, chat, ReplySubmitted(chat.id, words, note=True, echo=event.echo), now)


def failures(state: DeskState) -> list[tuple[ConversationId, Outcome]]:
    """What did not work of what was asked for last."""
    return [(one.effect.conversation, one) for one in state.lead.outcomes if one.problem is not None]
