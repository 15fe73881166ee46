"""What the agent is told when something they asked for was not done."""

from __future__ import annotations

from typing import assert_never

from agent_tui.desk import failure_notice as n
from agent_tui.desk.text import Displayable
from agent_tui.telling import reason
from agent_tui.wording import say


def failure(notice: n.FailureNotice, retry: Displayable) -> Displayable:
    """The words for ``notice``; ``retry`` is the key that sends a text again."""
    why = reason(notice.problem)
    match notice:
        case n.TakingFailed(customer):
            return say("{customer} could not be taken: {why}.", customer=customer, why=why)
        case n.SendingFailed(customer):
            return say(
                "Your text to {customer} did not leave: {why}. {key} sends it again.",
                customer=customer, why=why, key=retry,
            )  # fmt: skip
        case n.ResolvingFailed(customer):
            return say("The chat with {customer} is still open: {why}.", customer=customer, why=why)
        case n.PartingFailed(customer):
            return say("{customer} is still with you: {why}.", customer=customer, why=why)
        case n.PriorityNotSet(customer):
            return say("The priority of {customer} stays as it was: {why}.", customer=customer, why=why)
        case n.LookingFailed():
            return say("This chat cannot be shown: {why}.", why=why)
        case n.PreviousNotLoaded():
            return say("The earlier chats of this customer cannot be fetched: {why}.", why=why)
        case n.ClosedNotListed():
            return say("Your closed chats cannot be listed: {why}.", why=why)
        case n.TaggingFailed(customer) if not customer:
            return say("The tags of a closed chat stay as they were: {why}.", why=why)
        case n.CustomerNotSaved(customer):
            return say(
                "This was not saved for {customer}: {why}. What you typed is kept.",
                customer=customer,
                why=why,
            )
        case n.TaggingFailed(customer):
            return say("The tags of {customer} stay as they were: {why}.", customer=customer, why=why)
        case n.LoadingFailed(customer):
            return say("Messages with {customer} could not be fetched: {why}.", customer=customer, why=why)
        case n.LinkSearchFailed():
            return say("The help articles cannot be searched: {why}.", why=why)
        case n.AvailabilityNotChanged():
            return say("Your availability stays as it was: {why}.", why=why)
        case _:
            assert_never(notice)
