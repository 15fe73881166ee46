"""What the agent is to be told; the words are found in ``agent_tui.notices``."""

from __future__ import annotations

from msgspec import Struct

from agent_tui.desk.carried import CarriedNotice
from agent_tui.desk.concerns import Concern
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


class TakingFailed(Struct, frozen=True):
    """The conversation could not be taken."""

    customer: Displayable
    problem: Problem


class SendingFailed(Struct, frozen=True):
    """A reply or note did not leave; it stands in the log, marked."""

    customer: Displayable
    problem: Problem


class ResolvingFailed(Struct, frozen=True):
    """The conversation is still open."""

    customer: Displayable
    problem: Problem


class HandedOver(Struct, frozen=True):
    """The agent gave a conversation away: to a colleague or team, or (empty ``to``) to its queue."""

    customer: Displayable
    to: Displayable


class CardWasRead(Struct, frozen=True):
    """Whoever was given a conversation has read the agent's card."""

    customer: Displayable
    by: Displayable


class PartingFailed(Struct, frozen=True):
    """The agent wanted to give a conversation away and still has it."""

    customer: Displayable
    problem: Problem


class FellAsleep(Struct, frozen=True):
    """The agent's conversation sleeps until a time (server's), or (``None``) until the customer writes."""

    customer: Displayable
    until: float | None


class Muted(Struct, frozen=True):
    """The agent's conversation is closed and the customer blocked."""

    customer: Displayable


class PriorityNotSet(Struct, frozen=True):
    """The priority is as it was."""

    customer: Displayable
    problem: Problem


class LookingFailed(Struct, frozen=True):
    """A conversation to be read could not be fetched."""

    problem: Problem


class PreviousNotLoaded(Struct, frozen=True):
    """The customer's earlier conversations could not be fetched."""

    problem: Problem


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


class CustomerNotSaved(Struct, frozen=True):
    """It is not."""

    customer: Displayable
    problem: Problem


class SeveralTagged(Struct, frozen=True):
    """Tags are being put on several conversations."""

    conversations: int


class ClosedNotListed(Struct, frozen=True):
    """The agent's closed conversations could not be listed."""

    problem: Problem


class TaggingFailed(Struct, frozen=True):
    """The tags are as they were."""

    customer: Displayable
    problem: Problem


class LoadingFailed(Struct, frozen=True):
    """Messages could not be fetched."""

    customer: Displayable
    problem: Problem


class LinkSearchFailed(Struct, frozen=True):
    """The help centre did not answer."""

    problem: Problem


class BookmarksBroken(Struct, frozen=True):
    """Something in a file of bookmarks could not be read; ``where`` names file, line and remedy."""

    where: Displayable


class LinkNotOpened(Struct, frozen=True):
    """There is no browser to show an address in."""

    url: Displayable


class AvailabilityNotChanged(Struct, frozen=True):
    """The backend keeps the old availability."""

    problem: Problem


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


class FileUnfit(Struct, frozen=True):
    """A file that the agent chose cannot be sent."""

    problem: Problem


class TooManyFiles(Struct, frozen=True):
    """No more files go with one text."""

    most: int


class NothingToTakeBack(Struct, frozen=True):
    """Every text of this chat has left."""


class HasLeft(Struct, frozen=True):
    """The text was wanted back too late."""

    customer: Displayable


class MayHaveLeft(Struct, frozen=True):
    """The text that is wanted back may be with the customer already."""

    customer: Displayable


class FileComes(Struct, frozen=True):
    """A file is being fetched."""

    name: Displayable


class FileIsThere(Struct, frozen=True):
    """A file was saved, and perhaps opened in another program."""

    where: Displayable
    opened: bool


class FileTrouble(Struct, frozen=True):
    """A file could not be listed, fetched, saved, opened or shown. ``name`` may be empty."""

    name: Displayable
    problem: Problem


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
    | TakingFailed
    | SendingFailed
    | ResolvingFailed
    | HandedOver
    | CardWasRead
    | PartingFailed
    | FellAsleep
    | Muted
    | PriorityNotSet
    | LookingFailed
    | PreviousNotLoaded
    | NothingToUndo
    | StillYours
    | WroteMeanwhile
    | TagsPutBack
    | TextTakenBack
    | LookingForHit
    | HitGone
    | CarriedNotice
    | CustomerSaved
    | CustomerNotSaved
    | TaggingFailed
    | SeveralTagged
    | ClosedNotListed
    | LoadingFailed
    | LinkSearchFailed
    | BookmarksBroken
    | LinkNotOpened
    | AvailabilityNotChanged
    | DraftsNotKept
    | TakenAway
    | ClosedElsewhere
    | FileUnfit
    | TooManyFiles
    | NothingToTakeBack
    | HasLeft
    | MayHaveLeft
    | FileComes
    | FileIsThere
    | FileTrouble
)
