"""What the agent writes: drafts, replies and notes on their way, the typing mark."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from agent_tui.desk import lines
from agent_tui.desk.attention import is_cut_off
from agent_tui.desk.auto_take import note_typing
from agent_tui.desk.doings import CardRead, DraftChanged, ReplySubmitted, RetryRequested
from agent_tui.desk.effects import DeskEffect, KeepText, Notify, SaveDraft, SendReply, ShowTyping
from agent_tui.desk.failure_notice import SendingFailed
from agent_tui.desk.file_model import Chosen, FileLine
from agent_tui.desk.guarding import note_draft
from agent_tui.desk.holding import hold_text, take_texts
from agent_tui.desk.leaving import note_undelivered
from agent_tui.desk.link_effects import CheckLink
from agent_tui.desk.link_picking import used_in
from agent_tui.desk.linkbook import to_ask, whole_ones
from agent_tui.desk.model import Chat, DeskState, Draft, OwnTyping
from agent_tui.desk.notice import DraftsNotKept
from agent_tui.desk.passages import NO_MARKS, Marks
from agent_tui.desk.private_numbers import masked
from agent_tui.desk.selectors import server_now
from agent_tui.desk.steps import HeldText
from agent_tui.desk.tabs import open_tab, typing_off
from agent_tui.desk.talking import take_in
from agent_tui.desk.text import NOTHING, clean_block
from agent_tui.desk.text_effects import CountText
from agent_tui.desk.texting import note_sent, note_written
from agent_tui.desk.told import DraftsRestored, ReplyFailed, ReplyLeft, ReplySent, StorageFailed
from agent_tui.desk.transcript import Fate, Line
from api_client.models.identity import EchoId
from api_client.models.message import MessageKind

TYPING_IDLE: Final = 4.0
"""Seconds without a key after which the agent no longer types."""
WARN_AGAIN_AFTER: Final = 60.0
"""Seconds between two warnings that drafts are not kept."""


def draft_changed(state: DeskState, event: DraftChanged, now: float) -> list[DeskEffect]:
    """Keep what was typed, beside the customer it was typed for."""
    chat = state.chats.get(event.conversation)
    if chat is None or chat.draft == Draft(event.text, event.note, event.marks, chat.draft.files):
        return []
    note_draft(chat, event.text)
    state.speed.note_key(chat.id, len(event.text) - len(chat.draft.text), now)
    note_typing(state, chat.draft.text, event.text, now)
    if event.text.strip():
        state.wrote_meanwhile |= state.taking
    checks = _links_to_check(state, chat.draft.text, event, now)
    files = chat.draft.files
    chat.draft = Draft(event.text, event.note, event.marks, files)
    note_written(chat, event.marks)
    typing = _typing_on(state, chat, now) if event.text else typing_off(state, chat.id)
    return [SaveDraft(chat.id, event.text, event.note, event.marks, files), *typing, *checks]


def _links_to_check(state: DeskState, before: str, event: DraftChanged, now: float) -> list[CheckLink]:
    """Ask an address as soon as it stands in a reply whole, so that it is known when the reply leaves."""
    if event.note or "://" not in event.text or not state.rules.checks.links:
        return []
    return [CheckLink(url) for url in to_ask(state.linkbook, whole_ones(before, event.text), now)]


def _typing_on(state: DeskState, chat: Chat, now: float) -> list[DeskEffect]:
    """Show that the agent types, to those who may see the text."""
    if is_cut_off(state):
        return []
    held, private = state.typing.get(chat.id), chat.draft.note
    off = typing_off(state, chat.id) if held is not None and held.private is not private else []
    on = [] if held is not None and not off else [ShowTyping(chat.id, on=True, private=private)]
    state.typing[chat.id] = OwnTyping(private, now + TYPING_IDLE)
    return [*off, *on]


def _held(
    state: DeskState, chat: Chat, event: ReplySubmitted, now: float, files: tuple[Chosen, ...]
) -> list[DeskEffect]:
    """Written down at once, sent when the agent has not taken it back in time."""
    line = line_of_ours(state, chat, event.text, event.echo, now, note=event.note, files=files)
    lines.begin_sending(chat.transcript, line)
    marks = NO_MARKS if event.note else event.marks
    hold_text(state, chat, event.echo, marks, now)
    return [KeepText(chat.id, event.echo, line.raw, event.note, line.sent_after, files)]


def send_held(state: DeskState, chat: Chat, texts: Iterable[HeldText] | None = None) -> list[DeskEffect]:
    """Send what was held back in a conversation: nothing that is done there may overtake it."""
    waiting = take_texts(state, chat.id) if texts is None else texts
    effects: list[DeskEffect] = []
    for text in waiting:
        line = lines.queued(chat.transcript, text.echo)
        if line is not None:
            effects += [_sending(chat, line), *_counted(chat, line.raw, text.marks, note=is_note(line))]
    return effects


def write(
    state: DeskState, chat: Chat, event: ReplySubmitted, now: float, files: tuple[Chosen, ...] = ()
) -> list[DeskEffect]:
    """Put a text of ours into the log at once and send it; what is being typed stays."""
    before = send_held(state, chat)
    line = line_of_ours(state, chat, event.text, event.echo, now, note=event.note, files=files)
    lines.begin_sending(chat.transcript, line)
    return [*before, _sending(chat, line)]


def reply_submitted(state: DeskState, event: ReplySubmitted, now: float) -> list[DeskEffect]:
    """Put the text into the log at once and send it, with the files chosen for it."""
    chat = state.chats.get(event.conversation)
    if chat is None or event.echo in chat.transcript.orders:
        return []
    files = chat.draft.files
    if not (event.text.strip() or files):
        return []
    if not event.note:
        state.speed.note_answer(len(event.text))
    chat.draft = Draft(note=event.note)
    chat.colleague_wrote = NOTHING
    if state.holds.texts:
        sending = _held(state, chat, event, now, files)
    else:
        sending = write(state, chat, event, now, files)
        sending += _counted(chat, event.text, event.marks, note=event.note)
    return [SaveDraft(chat.id, "", event.note), *typing_off(state, chat.id), *sending]


def _counted(chat: Chat, text: str, marks: Marks, *, note: bool) -> list[CountText]:
    """Its canned responses count as used now that it leaves; in a note the customer sees none."""
    return [] if note else note_sent(chat, text, marks)


def card_read(state: DeskState, event: CardRead, now: float) -> list[DeskEffect]:
    """Say it in a note; what is being typed stays."""
    chat = state.chats.get(event.conversation)
    if chat is None or event.echo in chat.transcript.orders:
        return []
    return write(state, chat, ReplySubmitted(chat.id, event.words, note=True, echo=event.echo), now)


def line_of_ours(
    state: DeskState,
    chat: Chat,
    text: str,
    echo: EchoId,
    now: float,
    *,
    note: bool,
    files: tuple[Chosen, ...] = (),
) -> Line:
    """A line that the server does not have yet."""
    cleaned = clean_block(text)
    return Line(
        key=echo,
        echo=echo,
        kind=MessageKind.NOTE if note else MessageKind.AGENT,
        author=NOTHING if state.me is None else state.me.name,
        mine=True,
        text=cleaned.text,
        altered=cleaned.altered,
        cut=cleaned.cut,
        raw=text,
        at=_time_here(state, chat, now),
        sequence=0,
        fate=Fate.QUEUED,
        files=tuple(FileLine(file.name, file.kind, file.size) for file in files),
        uploads=files,
        sent_after=lines.newest_known(chat.transcript),
        masked=masked(cleaned.text),
    )


def _time_here(state: DeskState, chat: Chat, now: float) -> float:
    """The server's time as far as known, never before what has happened in the conversation."""
    return max(server_now(state, now) or 0.0, chat.last_activity_at)


def _sending(chat: Chat, line: Line) -> SendReply:
    if line.echo is None:
        raise ValueError(line.key)
    behind = lines.sent_before(chat.transcript, line.echo)
    return SendReply(chat.id, line.echo, line.raw, is_note(line), line.sent_after, line.uploads, behind)


def is_note(line: Line) -> bool:
    """Whether the customer never sees it."""
    return line.kind is MessageKind.NOTE


def retry_wanted(state: DeskState, event: RetryRequested, now: float) -> list[DeskEffect]:
    """Send a failed line again, after whatever has been written since."""
    chat = state.chats.get(event.conversation)
    if chat is None:
        return []
    before = send_held(state, chat)
    line = lines.send_again(chat.transcript, event.echo, _time_here(state, chat, now))
    return before if line is None else [*before, _sending(chat, line)]


def reply_left(state: DeskState, event: ReplyLeft) -> list[DeskEffect]:
    """It is written down and on its way."""
    chat = state.chats.get(event.conversation)
    if chat is not None:
        lines.leave(chat.transcript, event.echo)
    return []


def reply_sent(state: DeskState, event: ReplySent, now: float) -> list[DeskEffect]:
    """The server has the line: the same as its push, whichever comes first."""
    chat = state.chats.get(event.conversation)
    if chat is None:
        return []
    line = event.line if event.line.echo is not None else replace(event.line, echo=event.echo)
    told = [] if lines.change(chat.transcript, line) else take_in(state, chat, line, now)
    note_undelivered(chat)
    return [*told, *([] if is_note(line) else used_in(state, chat, line.raw, now))]


def reply_failed(state: DeskState, event: ReplyFailed) -> list[DeskEffect]:
    """The line stands in the log, marked; its tab is open, so that it can be sent again."""
    chat = state.chats.get(event.conversation)
    if chat is None or not lines.fail(chat.transcript, event.echo, event.problem):
        return []
    told = Notify(SendingFailed(chat.card.name, event.problem))
    return [told, *open_tab(state, chat)]


def drafts_restored(state: DeskState, event: DraftsRestored) -> list[DeskEffect]:
    """Put drafts found on this machine where they belong; what has been typed since stays."""
    for conversation, draft in event.drafts.items():
        chat = state.chats.get(conversation)
        if chat is None:
            state.pending_drafts[conversation] = Draft(draft.text, draft.note, draft.marks, draft.files)
        elif not chat.draft.text:
            files = chat.draft.files or draft.files
            chat.draft = Draft(draft.text, draft.note, draft.marks, files)
    return []


def storage_failed(state: DeskState, event: StorageFailed, now: float) -> list[DeskEffect]:
    """Said at once, and not again at every key."""
    warned = state.storage_warned_at_local
    if warned is not None and now < warned + WARN_AGAIN_AFTER:
        return []
    state.storage_warned_at_local = now
    return [Notify(DraftsNotKept(event.problem))]
