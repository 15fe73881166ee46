"""What the screens show of the state. Costs what is returned, not what is held."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from agent_tui.desk.file_model import Chosen, FileLine
from agent_tui.desk.model import Chat, DeskState, QueueInfo
from agent_tui.desk.private_numbers import without_private_numbers
from agent_tui.desk.promises import open_promise
from agent_tui.desk.standing import served_queues, serves
from agent_tui.desk.tabs import owed_since
from agent_tui.desk.text import NOTHING, Displayable, clean_line
from agent_tui.desk.transcript import Fate
from agent_tui.desk.view import QueueRow, Receiver, TabRow, TagChoice, UndeliveredRow, WaitingRow
from agent_tui.desk.waiting import for_the_next, promise_of, promise_of_queue
from api_client.models.identity import ConversationId, QueueId
from api_client.models.people import Availability

_AT_DESK = (Availability.ONLINE, Availability.BUSY, Availability.OFFLINE)
_TWO_LETTERS = re.compile("[A-Za-z]{2}(?![A-Za-z])")


def server_now(state: DeskState, now: float) -> float | None:
    """The server's epoch seconds at local time ``now``; ``None`` until its clock has been read."""
    return None if state.clock_offset is None else now + state.clock_offset


def active_chat(state: DeskState) -> Chat | None:
    """The conversation the agent works in; none while another one is only read."""
    return None if state.active is None else state.chats.get(state.active)


def shown_chat(state: DeskState) -> Chat | None:
    """The conversation on the screen: the agent's, or one that is only read."""
    return active_chat(state) if state.peeked is None else state.chats.get(state.peeked)


def waiting_rows(state: DeskState, limit: int | None = None) -> list[WaitingRow]:
    """Customers waiting in the served queues, longest first, at most ``limit``."""
    entries = state.waiting.merged(served_queues(state))
    return [_waiting_row(state, *entry) for entry in islice(entries, limit)]


def _waiting_row(state: DeskState, since: float, conversation: ConversationId) -> WaitingRow:
    chat = state.chats[conversation]
    return WaitingRow(
        conversation=conversation,
        queue=chat.queue,
        queue_name=_queue_name(state, chat.queue),
        customer=chat.card.name,
        first_words=chat.first_words,
        language=chat.language,
        since=since,
        promise=promise_of(state, chat),
        being_taken=conversation in state.taking,
        again=for_the_next(chat),
    )


def _queue_name(state: DeskState, queue: QueueId) -> Displayable:
    info = state.queues.get(queue)
    return NOTHING if info is None else info.name


def waiting_count(state: DeskState) -> int:
    """How many customers wait in the served queues."""
    return sum(state.waiting.count(queue) for queue in served_queues(state))


def longest_since(state: DeskState) -> float | None:
    """Since when the longest waiting in the served queues waits (server time)."""
    entry = next(state.waiting.merged(served_queues(state)), None)
    return None if entry is None else entry[0]


def queue_rows(state: DeskState) -> list[QueueRow]:
    """All queues in the backend's order, with what waits in each."""
    return [_queue_row(state, info) for info in state.queues.values()]


def queues_at_hand(state: DeskState) -> list[QueueRow]:
    """The queues that matter at the desk: the agent's, and others' while somebody waits in them."""
    rows = queue_rows(state)
    return [row for row in rows if row.served or row.waiting or state.queues[row.queue].member]


def _queue_row(state: DeskState, info: QueueInfo) -> QueueRow:
    return QueueRow(
        queue=info.id,
        name=info.name,
        served=serves(state, info.id),
        waiting=state.waiting.count(info.id),
        longest_since=state.waiting.longest(info.id),
        promise=promise_of_queue(state, info),
    )


def tab_rows(state: DeskState) -> list[TabRow]:
    """The open conversations in the order of their tabs."""
    return [_tab_row(state, state.chats[conversation]) for conversation in state.tabs]


def _tab_row(state: DeskState, chat: Chat) -> TabRow:
    active = chat.id == state.active
    return TabRow(
        conversation=chat.id,
        customer=chat.card.name,
        active=active,
        unread=0 if active else chat.unread,
        draft=not chat.draft.empty,
        failed=chat.transcript.undelivered > 0,
        customer_typing=chat.customer_typing_until > 0,
        waiting_since=owed_since(state, chat),
        promise=promise_of(state, chat),
        again=for_the_next(chat),
        promised=open_promise(state, chat),
        word_waits=chat.word_waits,
    )


def tag_choices(state: DeskState, chat: Chat | None) -> list[TagChoice]:
    """The account's tags, then the conversation's own that the account no longer lists."""
    own = () if chat is None else chat.tags
    chosen = {tag.value for tag in own}
    known = {tag.value for tag in state.tags}
    strays = [tag for tag in own if tag.value not in known]
    return [
        TagChoice(
            value=tag.value,
            shown=tag.shown,
            description=state.tag_descriptions.get(tag.value, NOTHING),
            chosen=tag.value in chosen,
        )
        for tag in (*state.tags, *strays)
    ]


def receivers(state: DeskState) -> list[Receiver]:
    """Colleagues, those at their desk first, then teams."""
    me = None if state.me is None else state.me.id
    colleagues = sorted(
        (colleague for colleague in state.colleagues.values() if colleague.id != me),
        key=lambda colleague: (_AT_DESK.index(colleague.availability), colleague.name.casefold()),
    )
    return [
        *(Receiver(one.name, agent=one.id, availability=one.availability) for one in colleagues),
        *(
            Receiver(team.name, queue=team.id, waiting=state.waiting.count(team.id))
            for team in state.queues.values()
            if team.team
        ),
    ]


def language_of(chat: Chat) -> str:
    """The customer's language in two letters, lower case; empty when nothing tells it."""
    return two_letters(chat.language or chat.card.language)


def two_letters(tag: str) -> str:
    """The language of a tag such as ``sv-FI`` in two letters, lower case; empty when it names none."""
    found = _TWO_LETTERS.match(tag)
    return found[0].lower() if found else ""


def _first_words(text: str, files: Iterable[FileLine | Chosen]) -> Displayable:
    return clean_line(text or ", ".join(file.name for file in files), limit=80)


def undelivered(state: DeskState) -> list[UndeliveredRow]:
    """Every text of the agent's that has not left or was not delivered, oldest first in each chat."""
    rows = [
        UndeliveredRow(chat.id, line.key, chat.card.name, _first_words(line.shielded, line.files))
        for chat in state.chats.values()
        if chat.transcript.sending or chat.transcript.undelivered
        for line in chat.transcript.lines
        if line.in_flight or (line.mine and line.fate is Fate.FAILED)
    ]
    return rows + [
        UndeliveredRow(
            text.conversation,
            text.echo,
            NOTHING,
            without_private_numbers(_first_words(text.text, text.files)),
        )
        for texts in state.pending_unsent.values()
        for text in texts
    ]
