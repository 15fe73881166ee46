"""What the agent is to be told when something they asked for was not done."""

from __future__ import annotations

from msgspec import Struct

from agent_tui.desk.problems import Problem
from agent_tui.desk.text import Displayable


class Failed(Struct, frozen=True):
    """Base of them."""


class TakingFailed(Failed, frozen=True):
    """The conversation could not be taken."""

    customer: Displayable
    problem: Problem


class SendingFailed(Failed, frozen=True):
    """A reply or note did not leave; it stands in the log, marked."""

    customer: Displayable
    problem: Problem


class ResolvingFailed(Failed, frozen=True):
    """The conversation is still open."""

    customer: Displayable
    problem: Problem


class PartingFailed(Failed, frozen=True):
    """The agent wanted to give a conversation away and still has it."""

    customer: Displayable
    problem: Problem


class PriorityNotSet(Failed, frozen=True):
    """The priority is as it was."""

    customer: Displayable
    problem: Problem


class LookingFailed(Failed, frozen=True):
    """A conversation to be read could not be fetched."""

    problem: Problem


class PreviousNotLoaded(Failed, frozen=True):
    """The customer's earlier conversations could not be fetched."""

    problem: Problem


class CustomerNotSaved(Failed, frozen=True):
    """It is not."""

    customer: Displayable
    problem: Problem


class TaggingFailed(Failed, frozen=True):
    """The tags are as they were."""

    customer: Displayable
    problem: Problem


class ClosedNotListed(Failed, frozen=True):
    """The agent's closed conversations could not be listed."""

    problem: Problem


class LoadingFailed(Failed, frozen=True):
    """Messages could not be fetched."""

    customer: Displayable
    problem: Problem


class LinkSearchFailed(Failed, frozen=True):
    """The help centre did not answer."""

    problem: Problem


class AvailabilityNotChanged(Failed, frozen=True):
    """The backend keeps the old availability."""

    problem: Problem


FailureNotice = (
    TakingFailed
    | SendingFailed
    | ResolvingFailed
    | PartingFailed
    | PriorityNotSet
    | LookingFailed
    | PreviousNotLoaded
    | CustomerNotSaved
    | TaggingFailed
    | ClosedNotListed
    | LoadingFailed
    | LinkSearchFailed
    | AvailabilityNotChanged
)
