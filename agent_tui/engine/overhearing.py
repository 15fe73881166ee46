"""Who calls while the terminal is lent to another program: called on the engine's thread, told afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from agent_tui.desk.attention import RING_PAUSE
from agent_tui.desk.events import ConversationChanged, DeskEvent, MessageReceived
from agent_tui.desk.model import DeskState
from agent_tui.desk.standing import is_mine, serves
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.wording import count, say
from api_client.models.conversation import Status
from api_client.models.identity import ConversationId
from api_client.models.message import MessageKind


class Overhearing:
    """Looks at what is on its way to the desk while nothing is painted, so that nobody calls in vain.

    The thread that owns ``state`` waits for the other program meanwhile: it is read here and does not change.
    ``call`` rings, with words that name no customer.
    """

    def __init__(self, state: DeskState, call: Callable[[Displayable], None]) -> None:
        self._state = state
        self._call = call
        self._silent_until = 0.0
        self.callers: set[ConversationId] = set()
        """Whose customers have written, to the agent or to the queues."""

    def hear(self, events: Sequence[DeskEvent], now: float) -> None:
        """From whatever thread hands events over; ``now`` is local monotonic seconds."""
        new = {caller for caller in map(self._caller, events) if caller is not None}
        self.callers |= new
        if new and not self._state.quiet and now >= self._silent_until:
            self._silent_until = now + RING_PAUSE
            self._call(say("A customer writes, and your editor is open."))

    def _caller(self, event: DeskEvent) -> ConversationId | None:
        state = self._state
        match event:
            case MessageReceived(conversation, line) if line.kind is MessageKind.CUSTOMER:
                chat = state.chats.get(conversation)
                here = chat is not None and (is_mine(state, chat) or conversation in state.waiting)
                return conversation if here else None
            case ConversationChanged(chat=facts) if facts.id not in state.chats:
                waits = facts.status is Status.OPEN and facts.assignee is None
                return facts.id if waits and serves(state, facts.queue) else None
            case _:
                return None

    @property
    def words(self) -> Displayable:
        """What to tell when the terminal is back; empty when nobody called."""
        if not self.callers:
            return NOTHING
        return count(
            "{n} customer wrote while your editor was open.",
            "{n} customers wrote while your editor was open.",
            len(self.callers),
        )
