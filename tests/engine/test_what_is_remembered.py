"""A shift is long: what the engine remembers of conversations has an end; what still matters is kept."""

from __future__ import annotations

import asyncio

import pytest

from agent_tui.desk.effects import SendReply
from agent_tui.desk.text import clean_line
from agent_tui.desk.told import MissedLoaded
from agent_tui.desk.transcript import Fate, Line
from agent_tui.engine import catching_up, claims
from agent_tui.engine.catching_up import CatchingUp, Overtaken
from agent_tui.engine.claims import Claims
from api_client.models.identity import ConversationId, EchoId, MessageId
from api_client.models.message import MessageKind

MINE = ConversationId("mine")


def answer(key: str) -> Line:
    """A colleague's."""
    text = clean_line("Moi")
    return Line(
        key=MessageId(key),
        echo=None,
        kind=MessageKind.AGENT,
        author=clean_line("Ville"),
        mine=False,
        text=text,
        altered=False,
        cut=False,
        raw=text,
        at=1.0,
        sequence=1,
        fate=Fate.SENT,
    )


def reply(echo: str) -> SendReply:
    return SendReply(MINE, EchoId(echo), "Hei", note=False, after=MessageId("1"))


async def nothing_missed(
    conversation: ConversationId, after: MessageId, _patience: float, _live: asyncio.Event | None
) -> MissedLoaded:
    return MissedLoaded(conversation, (), after)


def following() -> CatchingUp:
    return CatchingUp(nothing_missed, lambda _: None, asyncio.Event())


def hear_of_many_others(catching: CatchingUp) -> None:
    for number in range(2 * catching_up.MOST_REMEMBERED):
        catching.heard(ConversationId(str(number)), [answer(f"a{number}")])


async def test_an_answer_that_overtakes_is_seen_however_many_others_were_answered_meanwhile() -> None:
    catching = following()
    catching.heard(MINE, [answer("known")])
    catching.written(reply("e1"))
    hear_of_many_others(catching)
    catching.heard(MINE, [answer("known")])
    await catching.before(reply("e1"), 1.0)
    catching.heard(MINE, [answer("new")])
    with pytest.raises(Overtaken):
        await catching.before(reply("e1"), 1.0)


def test_answers_of_conversations_long_past_are_forgotten_once_nothing_is_on_its_way_there() -> None:
    catching = following()
    catching.heard(MINE, [answer("known")])
    catching.written(reply("e1"))
    hear_of_many_others(catching)
    assert MINE in catching._answers
    catching.settled(EchoId("e1"))
    hear_of_many_others(catching)
    assert MINE not in catching._answers
    assert len(catching._answers) == catching_up.MOST_REMEMBERED
    assert not catching._known


def test_texts_of_ours_are_known_in_the_conversations_written_in_last_and_those_of_an_earlier_run() -> None:
    known = Claims()
    known.restore([(MINE, MessageId("before"))])
    for number in range(claims.MOST_REMEMBERED + 1):
        known.add(ConversationId(str(number)), MessageId(f"m{number}"))
        known.add(ConversationId("1"), MessageId("m1"))
    assert known.has(MINE, MessageId("before"))
    assert known.has(ConversationId("1"), MessageId("m1"))
    assert not known.has(ConversationId("0"), MessageId("m0"))
    assert not known.has(ConversationId("2"), MessageId("m1"))
