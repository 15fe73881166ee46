"""What can happen at the desk: facts, in the past participle. One union, one door.

The agent's doings come from screens, the rest from the engine, which has already turned the
backend's values into the desk's (see ``agent_tui.engine.intake``).
"""

from __future__ import annotations

from agent_tui.desk.doings import (
    AvailabilityChosen,
    ConversationPicked,
    DraftChanged,
    Event,
    LinksSearched,
    LongestWaitingRequested,
    MostUrgentRequested,
    OlderRequested,
    ReplySubmitted,
    ResolveRequested,
    RetryRequested,
    ServedQueuesChosen,
    TabClosed,
    TabSelected,
    TabStepped,
    TagsChosen,
)
from agent_tui.desk.told import (
    AccessRefused,
    AvailabilityFailed,
    CatalogLoaded,
    ChatFacts,
    ConnectionDropped,
    ConnectionOpened,
    ConversationChanged,
    ConversationsListed,
    ConversationTaken,
    CustomerRead,
    DraftsRestored,
    LinksFailed,
    LinksFound,
    LoadFailed,
    MessageChanged,
    MessageReceived,
    MissedLoaded,
    NewestLoaded,
    OlderLoaded,
    PresenceSeen,
    ReplyFailed,
    ReplySent,
    Resolved,
    ResolveFailed,
    ServerHeard,
    SignedIn,
    StartFailed,
    StorageFailed,
    TagsFailed,
    TagsSaved,
    TakeFailed,
    TakeLost,
    Ticked,
    TypingSeen,
)

__all__ = [
    "AccessRefused",
    "AvailabilityChosen",
    "AvailabilityFailed",
    "CatalogLoaded",
    "ChatFacts",
    "ConnectionDropped",
    "ConnectionOpened",
    "ConversationChanged",
    "ConversationPicked",
    "ConversationTaken",
    "ConversationsListed",
    "CustomerRead",
    "DeskEvent",
    "DraftChanged",
    "DraftsRestored",
    "Event",
    "LinksFailed",
    "LinksFound",
    "LinksSearched",
    "LoadFailed",
    "LongestWaitingRequested",
    "MessageChanged",
    "MessageReceived",
    "MissedLoaded",
    "MostUrgentRequested",
    "NewestLoaded",
    "OlderLoaded",
    "OlderRequested",
    "PresenceSeen",
    "ReplyFailed",
    "ReplySent",
    "ReplySubmitted",
    "ResolveFailed",
    "ResolveRequested",
    "Resolved",
    "RetryRequested",
    "ServedQueuesChosen",
    "ServerHeard",
    "SignedIn",
    "StartFailed",
    "StorageFailed",
    "TabClosed",
    "TabSelected",
    "TabStepped",
    "TagsChosen",
    "TagsFailed",
    "TagsSaved",
    "TakeFailed",
    "TakeLost",
    "Ticked",
    "TypingSeen",
]

DeskEvent = (
    ServedQueuesChosen
    | LongestWaitingRequested
    | ConversationPicked
    | TabSelected
    | MostUrgentRequested
    | TabStepped
    | TabClosed
    | DraftChanged
    | ReplySubmitted
    | RetryRequested
    | OlderRequested
    | TagsChosen
    | ResolveRequested
    | LinksSearched
    | AvailabilityChosen
    | SignedIn
    | StartFailed
    | CatalogLoaded
    | ConversationsListed
    | ConversationChanged
    | MessageReceived
    | MessageChanged
    | NewestLoaded
    | OlderLoaded
    | MissedLoaded
    | ReplySent
    | ReplyFailed
    | ConversationTaken
    | TakeLost
    | TakeFailed
    | Resolved
    | ResolveFailed
    | TagsSaved
    | TagsFailed
    | LoadFailed
    | LinksFound
    | LinksFailed
    | AvailabilityFailed
    | TypingSeen
    | CustomerRead
    | PresenceSeen
    | ConnectionOpened
    | ConnectionDropped
    | AccessRefused
    | ServerHeard
    | DraftsRestored
    | StorageFailed
    | Ticked
)
