"""What the agent is to be told; the words are found in ``agent_tui.notices``."""

from __future__ import annotations

from msgspec import Struct

from agent_tui.desk.capacity_notice import CapacityNotice
from agent_tui.desk.carried import CarriedNotice
from agent_tui.desk.concerns import Concern
from agent_tui.desk.failure_notice import FailureNotice
from agent_tui.desk.file_notice import FileNotice
from agent_tui.desk.problems import Problem
from agent_tui.desk.text import Displayable


class NobodyWaits(Struct, frozen=True):
    """The agent asked for the next customer and there is none in the served queues."""


class NoUrgentChat(Struct, frozen=True):
    """The agent asked for their most urgent conversation and nobody waits for them."""


class ColleagueWasFaster(Struct, frozen=True):
    """The conversation went to somebody else."""

    customer: Displayable
    by: Displayable


class YoursInBackground(Struct, frozen=True):
    """A customer was taken while the agent wrote to another one; ``tab`` counts from 1."""

    customer: Displayable
    tab: int


class NamesAnother(Struct, frozen=True):
    """A text to ``customer`` names another customer with an open tab. Sending again sends it."""

    customer: Displayable
    other: Displayable


class ColleagueAnswered(Struct, frozen=True):
    """A colleague wrote to ``customer`` after the agent began the text. Sending again sends it."""

    customer: Displayable
    by: Displayable


class HeldBack(Struct, frozen=True):
    """A text has not left, for ``concerns``. Sending again sends it."""

    concerns: tuple[Concern, ...]


class TextsUnreadable(Struct, frozen=True):
    """A canned response could not be read; ``count`` mistakes there are in all. The others are there."""

    mistake: Displayable
    count: int


class OriginalsChanged(Struct, frozen=True):
    """The shared response behind the agent's own ``shortcut`` has changed; ``count`` such there are."""

    shortcut: Displayable
    count: int


class TextKept(Struct, frozen=True):
    """A canned response of the agent's own is saved."""

    shortcut: Displayable


class TextNotKept(Struct, frozen=True):
    """A canned response of the agent's own could not be saved."""

    shortcut: Displayable
    why: Displayable


class DoneAfterSending(Struct, frozen=True):
    """A text has arrived, and its canned response added these tags (none: it set the priority)."""

    customer: Displayable
    tags: Displayable


class StaysOpen(Struct, frozen=True):
    """The canned response would close the conversation or let it sleep, but there are new words in it."""

    customer: Displayable


class HandedOver(Struct, frozen=True):
    """The agent gave a conversation away: to a colleague or team, or (empty ``to``) to its queue."""

    customer: Displayable
    to: Displayable


class CardWasRead(Struct, frozen=True):
    """Whoever was given a conversation has read the agent's card."""

    customer: Displayable
    by: Displayable


class FellAsleep(Struct, frozen=True):
    """The agent's conversation sleeps until a time (server's), or (``None``) until the customer writes."""

    customer: Displayable
    until: float | None


class LeadWrote(Struct, frozen=True):
    """The lead whispered to the agent, in a note."""

    customer: Displayable
    by: Displayable


class Muted(Struct, frozen=True):
    """The agent's conversation is closed and the customer blocked."""

    customer: Displayable


class NothingToUndo(Struct, frozen=True):
    """The agent wanted to take something back and has done nothing lately."""


class StillYours(Struct, frozen=True):
    """A conversation that was about to go stays the agent's, because they took it back."""

    customer: Displayable


class WroteMeanwhile(Struct, frozen=True):
    """A conversation that was about to be closed or put to sleep stays open: the customer wrote."""

    customer: Displayable


class TagsPutBack(Struct, frozen=True):
    """The agent's last change of the tags is undone."""

    customer: Displayable


class TextTakenBack(Struct, frozen=True):
    """A text did not leave and can be changed again."""

    customer: Displayable


class LookingForHit(Struct, frozen=True):
    """The message that was found lies further back; its page is being fetched."""


class HitGone(Struct, frozen=True):
    """The message that was found is no longer in its conversation."""

    customer: Displayable


class CustomerSaved(Struct, frozen=True):
    """What the agent wrote down about a customer, or changed, is with the backend."""

    customer: Displayable


class SeveralTagged(Struct, frozen=True):
    """Tags are being put on several conversations."""

    conversations: int


class BookmarksBroken(Struct, frozen=True):
    """Something in a file of bookmarks could not be read; ``where`` names file, line and remedy."""

    where: Displayable


class LinkNotOpened(Struct, frozen=True):
    """There is no browser to show an address in."""

    url: Displayable


class DraftsNotKept(Struct, frozen=True):
    """Drafts are not being written to disk."""

    problem: Problem


class TakenAway(Struct, frozen=True):
    """A conversation of the agent's went to somebody else, or to nobody (empty ``by``)."""

    customer: Displayable
    by: Displayable


class ClosedElsewhere(Struct, frozen=True):
    """A conversation of the agent's was closed by somebody else."""

    customer: Displayable


AboutTexts = TextsUnreadable | OriginalsChanged | TextKept | TextNotKept | DoneAfterSending | StaysOpen
"""About canned responses."""

Notice = (
    NobodyWaits
    | NoUrgentChat
    | ColleagueWasFaster
    | YoursInBackground
    | NamesAnother
    | ColleagueAnswered
    | HeldBack
    | AboutTexts
    | HandedOver
    | CardWasRead
    | FellAsleep
    | LeadWrote
    | Muted
    | NothingToUndo
    | StillYours
    | WroteMeanwhile
    | TagsPutBack
    | TextTakenBack
    | LookingForHit
    | HitGone
    | CarriedNotice
    | CapacityNotice
    | FailureNotice
    | FileNotice
    | CustomerSaved
    | SeveralTagged
    | BookmarksBroken
    | LinkNotOpened
    | DraftsNotKept
    | TakenAway
    | ClosedElsewhere
)
