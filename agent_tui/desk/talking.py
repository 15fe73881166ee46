"""Lines of a conversation as they come: live, in pages, missed, changed."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from agent_tui.desk import lines
from agent_tui.desk.attention import ask_for, is_cut_off, ring
from agent_tui.desk.doings import HistoryLetGo, OlderRequested, ResolveRequested, SnoozeRequested
from agent_tui.desk.effects import DeskEffect, LoadMissed, LoadOlder, MarkSeen, Notify
from agent_tui.desk.failure_notice import LoadingFailed
from agent_tui.desk.guarding import note_colleague
from agent_tui.desk.hand_over_card import is_receipt
from agent_tui.desk.help_calls import overheard
from agent_tui.desk.holding import drop_parting, held_parting
from agent_tui.desk.leaving import came_back
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.notice import CardWasRead, WroteMeanwhile
from agent_tui.desk.standing import (
    customer_asked,
    human_answered,
    is_mine,
    is_watched,
    keeps_lines,
    note_line,
    note_read,
    release,
    told_already,
    touch,
)
from agent_tui.desk.tabs import load, open_tab
from agent_tui.desk.text import NOTHING
from agent_tui.desk.texting import note_heard
from agent_tui.desk.told import (
    CustomerRead,
    LoadFailed,
    MessageChanged,
    MessageReceived,
    MissedLoaded,
    NewestLoaded,
    OlderLoaded,
)
from agent_tui.desk.transcript import Fate, Line, Older
from api_client.models.conversation import Status
from api_client.models.identity import MessageId
from api_client.models.message import MessageKind

LINES_KEPT: Final = 300
"""Of a conversation that is not on the screen: some screens, also of the widest terminal."""


def message_received(state: DeskState, event: MessageReceived, now: float) -> list[DeskEffect]:
    """A line appeared; one the desk has is ignored, one for an unknown conversation is asked about."""
    told = _receipt(state, event)
    chat = state.chats.get(event.conversation)
    if chat is None:
        return told + ask_for(state, event.conversation, now)
    return told + take_in(state, chat, event.line, now, unread=event.unread, active_at=event.last_activity_at)


def _receipt(state: DeskState, event: MessageReceived) -> list[DeskEffect]:
    """A colleague may say that they have read the agent's card."""
    line = event.line
    if event.conversation not in state.carded or line.kind is not MessageKind.NOTE or line.mine:
        return []
    if not is_receipt(line.raw):
        return []
    return [Notify(CardWasRead(state.carded.pop(event.conversation), line.author))]


def take_in(
    state: DeskState,
    chat: Chat,
    line: Line,
    now: float,
    *,
    unread: int | None = None,
    active_at: float | None = None,
) -> list[DeskEffect]:
    """A line that is new to the desk, with all that follows from it."""
    if line.kind is MessageKind.CUSTOMER:
        came_back(chat)
    if keeps_lines(state, chat) and not lines.add(chat.transcript, line):
        return []
    touch(state, chat, active_at or line.at, now)
    note_line(chat, line)
    effects: list[DeskEffect] = []
    if line.kind is MessageKind.CUSTOMER:
        effects = note_heard(chat, line) + _customer_wrote(state, chat, line, now, unread)
    elif line.kind is MessageKind.AGENT and line.fate is not Fate.FAILED:
        _human_wrote(state, chat, line)
    elif line.kind is MessageKind.NOTE:
        effects = overheard(state, chat, line)
    if line.kind in {MessageKind.AGENT, MessageKind.NOTE} and not line.mine:
        note_colleague(chat, line.author)
    release(state, chat)
    return effects


def _customer_wrote(
    state: DeskState, chat: Chat, line: Line, now: float, unread: int | None
) -> list[DeskEffect]:
    chat.customer_typing_until = 0.0
    customer_asked(state, chat, line)
    if chat.id == state.active and is_mine(state, chat) and not is_cut_off(state):
        chat.unread = 0
        return [MarkSeen(chat.id)]
    chat.unread = chat.unread + (not told_already(chat, line)) if unread is None else unread
    if chat.status in {Status.RESOLVED, Status.SNOOZED}:
        return ask_for(state, chat.id, now)
    if not is_mine(state, chat):
        return []
    stays = _stays_open(state, chat)
    if held_parting(state, chat.id) is not None:
        return []
    opened = stays + open_tab(state, chat)
    return opened if chat.id == state.active else opened + ring(state, now)


def _stays_open(state: DeskState, chat: Chat) -> list[DeskEffect]:
    """Nobody closes a chat, or puts it to sleep, over words they have not read."""
    held = held_parting(state, chat.id)
    if held is None or not isinstance(held.doing, ResolveRequested | SnoozeRequested):
        return []
    drop_parting(state, chat.id)
    return [Notify(WroteMeanwhile(chat.card.name))]


def _human_wrote(state: DeskState, chat: Chat, line: Line) -> None:
    if not line.mine:
        chat.colleague_typing = NOTHING
        chat.colleague_typing_until = 0.0
    human_answered(state, chat, line)
    if chat.seen_by_customer_at is not None and line.at <= chat.seen_by_customer_at:
        lines.mark_read(chat.transcript, line.at - 1, chat.seen_by_customer_at)


def message_changed(state: DeskState, event: MessageChanged, now: float) -> list[DeskEffect]:
    """A line changed. One that is newer than all lines held was missed, and counts as received."""
    chat = state.chats.get(event.conversation)
    if chat is None or lines.change(chat.transcript, event.line):
        return []
    return take_in(state, chat, event.line, now) if lines.is_news(chat.transcript, event.line) else []


def newest_loaded(state: DeskState, event: NewestLoaded, now: float) -> list[DeskEffect]:
    """The newest page. Lines held from before it may have holes, and are fetched again when wanted.

    What it adds to a transcript that is up to date was told by no push: it is taken in as if by one.
    """
    chat = state.chats.get(event.conversation)
    if chat is not None and not is_watched(state, chat):
        lines.close(chat.transcript)  # whoever asked has gone; the next one asks again
    if chat is None or not keeps_lines(state, chat):
        return []
    transcript = chat.transcript
    if event.lines and event.more and not (transcript.fetched and _joins(chat, event.lines)):
        lines.forget_before(transcript, event.lines[0].order)
        transcript.fetched = False
    if transcript.fetched:
        late = _late(state, chat, event.lines, now)
        return late + _prove(chat, event) + _check_older(state, chat, event)
    _merge(chat, event.lines)
    if is_watched(state, chat):
        transcript.older = Older.MORE if event.more else Older.COMPLETE
        transcript.fetched = True
        transcript.gap = False
        transcript.failed_at_local = None
        transcript.proved = MessageId(event.lines[-1].key) if event.lines else None
        transcript.revision += 1
    return []


def _late(state: DeskState, chat: Chat, page: tuple[Line, ...], now: float) -> list[DeskEffect]:
    """Those of a page that are news; what came while cut off, or before a line that was there, was missed."""
    away = is_cut_off(state) or chat.transcript.gap
    effects: list[DeskEffect] = []
    for line in page:
        if not lines.change(chat.transcript, line):
            missed = away or not lines.is_news(chat.transcript, line)
            effects += take_in(state, chat, replace(line, while_away=missed and not line.mine), now)
    _note_reading(chat, page)
    return list(dict.fromkeys(effects))


def _prove(chat: Chat, page: NewestLoaded) -> list[DeskEffect]:
    """Where so much came that the page does not reach back to what is proved, all since is read again."""
    transcript = chat.transcript
    proved = transcript.proved
    if page.more and proved is not None and all(line.key != proved for line in page.lines):
        return [LoadMissed(chat.id, proved)]
    if page.lines:
        transcript.proved = MessageId(page.lines[-1].key)
    return []


def _check_older(state: DeskState, chat: Chat, page: NewestLoaded) -> list[DeskEffect]:
    """Lines from before the newest page may have changed or gone while nothing was told of it.

    Before the agent's eyes they are read again, page by page; elsewhere, when they are wanted.
    """
    transcript = chat.transcript
    oldest = lines.oldest_known(transcript)
    doubtful = is_cut_off(state) or transcript.checking is not None
    if not doubtful:
        return []
    if not (page.more and page.lines) or oldest == page.lines[0].key:
        transcript.checking = None
        return []
    first = page.lines[0]
    if chat.id not in {state.active, state.peeked}:
        lines.forget_before(transcript, first.order)
        transcript.older, transcript.checking = Older.MORE, None
        return []
    transcript.checking = first.order
    return [LoadOlder(chat.id, MessageId(first.key))]


def _joins(chat: Chat, page: tuple[Line, ...]) -> bool:
    """Whether it can be known that nothing is missing between what is held and this page."""
    return chat.transcript.proved is not None and any(line.key in chat.transcript.orders for line in page)


def _merge(chat: Chat, page: tuple[Line, ...]) -> int:
    for line in page:
        note_line(chat, line)
    new = lines.merge(chat.transcript, page)
    _note_reading(chat, page)
    return new


def _note_reading(chat: Chat, page: tuple[Line, ...]) -> None:
    if page and chat.seen_by_customer_at is not None:
        lines.mark_read(chat.transcript, page[0].at - 1, chat.seen_by_customer_at)


def older_wanted(state: DeskState, event: OlderRequested) -> list[DeskEffect]:
    """Fetch the page before the first line, unless one is on its way or there is none."""
    chat = state.chats.get(event.conversation)
    if chat is None or not is_watched(state, chat):
        return []
    before = lines.oldest_known(chat.transcript)
    if chat.transcript.older is not Older.MORE or before is None:
        return load(chat)
    chat.transcript.older = Older.LOADING
    return [LoadOlder(chat.id, before)]


def history_let_go(state: DeskState, event: HistoryLetGo) -> list[DeskEffect]:
    """Keep some screens of a long conversation that is not on the screen: each line takes a kilobyte.

    While nothing can be fetched, nothing is let go of.
    """
    chat = state.chats.get(event.conversation)
    shown = {state.active, state.peeked, state.beside}
    if chat is not None and chat.id not in shown and not is_cut_off(state):
        lines.keep_newest(chat.transcript, LINES_KEPT)
    return []


def older_loaded(state: DeskState, event: OlderLoaded) -> list[DeskEffect]:
    """An older page. One that brings nothing new is the last, whatever the backend says."""
    chat = state.chats.get(event.conversation)
    if chat is None or not chat.transcript.fetched:
        return []
    transcript = chat.transcript
    oldest = lines.oldest_known(transcript)
    new = _merge(chat, event.lines)
    if transcript.checking is not None and event.lines and lines.oldest_known(transcript) == oldest:
        return _check_on(chat, event.lines[0], oldest)
    transcript.older = Older.MORE if event.more and new else Older.COMPLETE
    transcript.revision += 1
    return []


def _check_on(chat: Chat, first: Line, oldest: MessageId | None) -> list[DeskEffect]:
    """A page of what is held anyway has been read again; the one before it is next, if there is any."""
    transcript = chat.transcript
    if transcript.checking is None or first.key == oldest or first.order >= transcript.checking:
        transcript.checking = None
        return []
    transcript.checking = first.order
    return [LoadOlder(chat.id, MessageId(first.key))]


def missed_loaded(state: DeskState, event: MissedLoaded, now: float) -> list[DeskEffect]:
    """All that came since a line, marked where it was missed; the agent's own lines are not."""
    chat = state.chats.get(event.conversation)
    if chat is None:
        return []
    transcript = chat.transcript
    effects = _late(state, chat, event.lines, now)
    transcript.gap = False
    transcript.failed_at_local = None
    if event.lines and event.after is not None and event.after == transcript.proved:
        transcript.proved = MessageId(event.lines[-1].key)
    return effects


def load_failed(state: DeskState, event: LoadFailed, now: float) -> list[DeskEffect]:
    """Messages could not be fetched. Said once; tried again by and by, and at the next look.

    Of a look at what is there already, which comes again by itself, nothing is said.
    """
    chat = state.chats.get(event.conversation)
    if chat is None:
        return []
    transcript = chat.transcript
    if transcript.fetched and not transcript.gap and transcript.older is not Older.LOADING:
        return []
    transcript.revision += 1
    told = transcript.failed_at_local is not None or chat.id not in {state.active, state.peeked, state.beside}
    if transcript.gap or not transcript.fetched:
        lines.close(transcript)
        transcript.failed_at_local = now
    else:
        transcript.older = Older.MORE
    return [] if told else [Notify(LoadingFailed(chat.card.name, event.problem))]


def customer_read(state: DeskState, event: CustomerRead) -> list[DeskEffect]:
    """The customer has read what was written up to a moment."""
    chat = state.chats.get(event.conversation)
    if chat is not None:
        note_read(chat, event.at)
    return []
