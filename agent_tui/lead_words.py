"""What the lead is told of what they did on the board."""

from __future__ import annotations

from agent_tui.desk.lead_effects import AssignTo, MoveTo, Whisper
from agent_tui.desk.lead_model import HelpCall, Outcome
from agent_tui.desk.leading import failures
from agent_tui.desk.model import DeskState
from agent_tui.desk.standing import name_of
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.notices import reason
from agent_tui.wording import count, say

_NAMED = 3
"""Customers named of those with whom something did not work."""


def told(state: DeskState, *, over_desk: bool) -> Displayable:
    """How the lead's newest doings stand; nothing before the first."""
    lead = state.lead
    if lead.under_way:
        done = lead.wanted - lead.under_way
        return say("Working: {done} of {wanted} …", done=done, wanted=lead.wanted)
    failed = failures(state)
    if failed:
        return _failed(state, [one for _, one in failed])
    return _done(state, lead.outcomes[-1], over_desk=over_desk) if lead.outcomes else NOTHING


def _failed(state: DeskState, failed: list[Outcome]) -> Displayable:
    first = failed[0]
    why = NOTHING if first.problem is None else reason(first.problem)
    names = Displayable(", ".join(name_of(state, one.effect.conversation) for one in failed[:_NAMED]))
    if isinstance(first.effect, Whisper):
        return say(
            "Your note about {customer} did not leave: {why}. w brings it back.", customer=names, why=why
        )
    return count(
        "{n} did not work: {names} ({why}). The others are done.",
        "{n} did not work: {names} … ({why}). The others are done.",
        len(failed),
        names=names,
        why=why,
    )


def _done(state: DeskState, outcome: Outcome, *, over_desk: bool) -> Displayable:
    effect = outcome.effect
    customer = name_of(state, effect.conversation)
    if isinstance(effect, Whisper):
        return say("Your note about {customer} has arrived.", customer=customer)
    if isinstance(effect, MoveTo):
        queue = state.queues.get(effect.queue)
        name = NOTHING if queue is None else queue.name
        return count(
            "{n} customer waits in {queue} now.",
            "{n} customers wait in {queue} now.",
            len(state.lead.outcomes),
            queue=name,
        )
    if isinstance(effect, AssignTo):
        return _given(state, effect, customer, over_desk=over_desk)
    return NOTHING


def _given(state: DeskState, effect: AssignTo, customer: Displayable, *, over_desk: bool) -> Displayable:
    if effect.agent is None:
        return say("{customer} is nobody's again.", customer=customer)
    if state.me is not None and effect.agent == state.me.id:
        if over_desk:
            return say("{customer} is yours, in a tab at your desk. q goes there.", customer=customer)
        return say("{customer} is yours and waits at your desk.", customer=customer)
    agent = state.colleagues.get(effect.agent)
    name = NOTHING if agent is None else agent.name
    return say("{agent} has {customer} now.", agent=name, customer=customer)


def call_words(call: HelpCall, customer: Displayable) -> Displayable:
    """Who calls for help, with whom, and why."""
    if call.reason:
        return say(
            "{agent} calls for help with {customer}: {reason}",
            agent=call.agent, customer=customer, reason=call.reason,
        )  # fmt: skip
    return say("{agent} calls for help with {customer}", agent=call.agent, customer=customer)
