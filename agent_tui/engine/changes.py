"""What changed in the last so many seconds, asked for once."""

from __future__ import annotations

import logging
from collections.abc import Callable

from agent_tui.desk import events as d
from agent_tui.engine import intake
from api_client.backend import Backend, Capability
from api_client.errors import ApiError
from api_client.models.conversation import ConversationQuery
from api_client.models.identity import AgentId

_log = logging.getLogger(__name__)


async def tell_changes(
    backend: Backend, me: AgentId, within: float, emit: Callable[[d.DeskEvent], None]
) -> bool:
    """Tell of conversations of every status that changed, whosever they are; whether that could be done.

    There is one try: with each further one the seconds would reach less far back.
    """
    if Capability.RECENT_CHANGES not in backend.capabilities:
        return False
    try:
        page = await backend.conversations(ConversationQuery(status=None, updated_within=within))
    except ApiError as error:
        _log.warning("what changed was not listed: %s", error)
        return False
    emit(d.ConversationsListed(intake.chats_of(page.items, me), whole=False))
    return True
