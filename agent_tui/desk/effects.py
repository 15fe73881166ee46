"""What the desk wants done, in the imperative. Engine or screen do it and tell what came of it."""

from __future__ import annotations

from agent_tui.desk.customer_effects import CustomerEffect
from agent_tui.desk.effect import Effect
from agent_tui.desk.file_model import Chosen, FileLine
from agent_tui.desk.intake_model import KeepPlans, LookAtIntake, SetIntake
from agent_tui.desk.lead_effects import LeadEffect
from agent_tui.desk.link_effects import LinkEffect
from agent_tui.desk.model import Label
from agent_tui.desk.notice import Notice
from agent_tui.desk.passages import NO_MARKS, Marks
from agent_tui.desk.record import Form
from agent_tui.desk.text import Displayable
from agent_tui.desk.text_effects import TextEffect
from api_client.models.conversation import Priority
from api_client.models.identity import AgentId, ContactId, ConversationId, EchoId, MessageId, QueueId
from api_client.models.people import Availability


class TakeConversation(Effect, frozen=True):
    """Make it the agent's and check. -> ConversationTaken, TakeLost, TakeFailed."""

    conversation: ConversationId


class Reopen(Effect, frozen=True):
    """Open a closed or sleeping conversation again as the agent's. -> as TakeConversation."""

    conversation: ConversationId


class LookAt(Effect, frozen=True):
    """Fetch a conversation to be read and not taken. -> LookedAt, LookFailed."""

    conversation: ConversationId


class LoadPrevious(Effect, frozen=True):
    """Fetch the customer's other conversations. -> PreviousLoaded, PreviousFailed."""

    conversation: ConversationId
    contact: ContactId


class LoadNewest(Effect, frozen=True):
    """Fetch the newest messages. -> NewestLoaded, LoadFailed."""

    conversation: ConversationId


class LoadOlder(Effect, frozen=True):
    """Fetch the page before ``before``. -> OlderLoaded, LoadFailed."""

    conversation: ConversationId
    before: MessageId


class LoadMissed(Effect, frozen=True):
    """Fetch everything after ``after``, in as many pages as it takes. -> MissedLoaded, LoadFailed."""

    conversation: ConversationId
    after: MessageId


class SendReply(Effect, frozen=True):
    """Write a text down, then send it, in order. -> StorageFailed; ReplyLeft, ReplySent or ReplyFailed."""

    conversation: ConversationId
    echo: EchoId
    text: str
    note: bool
    after: MessageId | None
    """The newest message known, to look from when the answer gets lost."""
    files: tuple[Chosen, ...] = ()
    behind: EchoId | None = None
    """The text before it that was still on its way when this one was sent. If that one has failed by
    then, this one fails too: the agent has not heard of it yet, and a text overtakes no other."""


class KeepText(Effect, frozen=True):
    """Write a text down that is held back for a while. -> StorageFailed when that does not work."""

    conversation: ConversationId
    echo: EchoId
    text: str
    note: bool
    after: MessageId | None
    files: tuple[Chosen, ...] = ()


class DropText(Effect, frozen=True):
    """Forget a text that was written down and not sent; drafts are written first. Nothing comes back."""

    conversation: ConversationId
    echo: EchoId


class LookForReply(Effect, frozen=True):
    """Look whether the server has a text that an earlier run left behind. -> ReplySent, ReplyFailed."""

    conversation: ConversationId
    echo: EchoId
    text: str
    note: bool
    after: MessageId | None
    files: tuple[Chosen, ...] = ()


class SetTags(Effect, frozen=True):
    """Add and remove tags. -> TagsSaved, TagsFailed with ``was``."""

    conversation: ConversationId
    add: frozenset[str]
    remove: frozenset[str]
    was: tuple[Label, ...]


class CountTags(Effect, frozen=True):
    """Count the tags of the newest conversations of a queue. -> TagsCounted."""

    queue: QueueId


class ListClosed(Effect, frozen=True):
    """List the agent's closed conversations. -> ClosedListed, ClosedFailed."""


class Resolve(Effect, frozen=True):
    """Close the conversation. -> Resolved, ResolveFailed."""

    conversation: ConversationId


class HandOver(Effect, frozen=True):
    """Give it to a colleague, a team or (neither) its queue. -> Parted, PartingLost, PartingFailed."""

    conversation: ConversationId
    agent: AgentId | None
    queue: QueueId | None


class Snooze(Effect, frozen=True):
    """Let it sleep until then (server time), or until the customer writes. -> as HandOver."""

    conversation: ConversationId
    until: float | None


class Mute(Effect, frozen=True):
    """Close it and block the customer. -> as HandOver."""

    conversation: ConversationId


class SetPriority(Effect, frozen=True):
    """Set or clear the priority. -> ConversationChanged, PriorityFailed with ``was``."""

    conversation: ConversationId
    priority: Priority | None
    was: Priority | None


class ListSleeping(Effect, frozen=True):
    """List the agent's sleeping conversations. -> SleepingListed, SleepingFailed."""


class MarkSeen(Effect, frozen=True):
    """Say that the agent has read it. Nothing comes back."""

    conversation: ConversationId


class ShowTyping(Effect, frozen=True):
    """Show or hide the agent's typing mark. Nothing comes back."""

    conversation: ConversationId
    on: bool
    private: bool


class SearchLinks(Effect, frozen=True):
    """Search the help centre. -> LinksFound, LinksFailed."""

    query: str
    locale: str | None


class SearchEverywhere(Effect, frozen=True):
    """Search conversations, messages and customers, once typing rests. -> SearchAnswered, SearchFailed."""

    query: str


class LoadCustomersChats(Effect, frozen=True):
    """Fetch the conversations of a customer. -> CustomersChatsLoaded, CustomersChatsFailed."""

    contact: ContactId


class ExportChats(Effect, frozen=True):
    """Fetch conversations whole and put them into a file. -> Exported, ExportFailed."""

    conversations: tuple[ConversationId, ...]
    form: Form
    notes: bool
    """With what customers never see."""


class RunTool(Effect, frozen=True):
    """Fetch a conversation whole and give it to a command of the agent's. -> ToolAnswered, ToolGaveUp."""

    conversation: ConversationId
    tool: str


class MeasureRoundTrip(Effect, frozen=True):
    """Ask the server something small. -> RoundTripMeasured."""


class SetAvailability(Effect, frozen=True):
    """Tell the backend. -> AvailabilityFailed with ``was`` if it does not work."""

    availability: Availability
    was: Availability


class SaveDraft(Effect, frozen=True):
    """Keep a draft on disk; an empty one is forgotten. -> StorageFailed if it does not work."""

    conversation: ConversationId
    text: str
    note: bool
    marks: Marks = NO_MARKS
    files: tuple[Chosen, ...] = ()


class FetchConversation(Effect, frozen=True):
    """A line came for a conversation the desk does not hold. -> ConversationChanged."""

    conversation: ConversationId


class ReloadCatalog(Effect, frozen=True):
    """Fetch queues, agents, tags and canned responses again. -> CatalogLoaded."""


class TakeBack(Effect, frozen=True):
    """Keep a text of ours from leaving, and forget it. -> ReplyTakenBack, TakingBackFailed."""

    conversation: ConversationId
    echo: EchoId


class FileEffect(Effect, frozen=True):
    """Base of what is done about files, each by itself. -> FileFailed if it does not work."""


class ListPaths(FileEffect, frozen=True):
    """Find what on this machine the typed words may mean. -> PathsListed."""

    words: str


class ChooseFile(FileEffect, frozen=True):
    """Look whether this file can be sent. -> FileChosen, FileNotChosen."""

    conversation: ConversationId
    path: str


class ListFiles(FileEffect, frozen=True):
    """List a conversation's files. -> FilesListed."""

    conversation: ConversationId


class SaveFile(FileEffect, frozen=True):
    """Put a file into the download folder, and open it in another program if asked. -> FileSaved."""

    file: FileLine
    open: bool


class MakePicture(FileEffect, frozen=True):
    """Fetch a picture and make it fit so many cells and rows. -> PictureMade."""

    file: FileLine
    cells: int
    rows: int


class Notify(Effect, frozen=True):
    """Tell the agent, on the screen."""

    notice: Notice


class PutBack(Effect, frozen=True):
    """A text is the agent's to change again: before what they have typed since."""

    conversation: ConversationId
    text: str
    note: bool
    marks: Marks = NO_MARKS
    """Canned responses in it, and what is still to be filled in."""


class PutIn(Effect, frozen=True):
    """A text is for the draft of this conversation, behind what is in it."""

    conversation: ConversationId
    text: Displayable


class AskForTags(Effect, frozen=True):
    """A conversation needs a tag before it can be closed: ask for it, and go on."""

    conversation: ConversationId


class Ring(Effect, frozen=True):
    """Draw the agent's attention to a customer who is out of sight."""


EngineEffect = (
    TakeConversation
    | LoadNewest
    | LoadOlder
    | LoadMissed
    | SendReply
    | LookForReply
    | KeepText
    | DropText
    | SetTags
    | Resolve
    | HandOver
    | Reopen
    | Snooze
    | Mute
    | SetPriority
    | ListSleeping
    | CountTags
    | ListClosed
    | LookAt
    | LoadPrevious
    | CustomerEffect
    | MarkSeen
    | ShowTyping
    | SearchLinks
    | LinkEffect
    | SearchEverywhere
    | LoadCustomersChats
    | ExportChats
    | RunTool
    | SetAvailability
    | MeasureRoundTrip
    | SaveDraft
    | TextEffect
    | FetchConversation
    | ReloadCatalog
    | TakeBack
    | ListPaths
    | ChooseFile
    | ListFiles
    | SaveFile
    | MakePicture
    | LeadEffect
    | LookAtIntake
    | SetIntake
    | KeepPlans
)
"""Performed by the engine, off the painting thread."""

ScreenEffect = Notify | Ring | PutBack | PutIn | AskForTags
"""Performed by the bridge, on the painting thread."""

DeskEffect = EngineEffect | ScreenEffect
