"""Texts that an earlier run left behind come back into their conversations."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.desk.effects import FetchConversation, LookForReply, SendReply
from agent_tui.desk.failure_notice import SendingFailed
from agent_tui.desk.problems import Problem, Trouble
from agent_tui.desk.text import Displayable
from agent_tui.desk.transcript import Fate, Unsent
from api_client.models.conversation import Status
from api_client.models.identity import EchoId, MessageId
from api_client.models.message import MessageKind
from tests.desk.stage import AINO, Desk, a_desk, cid, line, notices

NOT_SENT = Problem(Trouble.NOT_SENT)


def left(number: int, text: str, echo: str) -> Unsent:
    return Unsent(cid(number), EchoId(echo), text, note=False, after=MessageId("5"))


def look(text: Unsent) -> LookForReply:
    return LookForReply(text.conversation, text.echo, text.text, text.note, text.after)


def restored(*texts: Unsent) -> Desk:
    desk = a_desk(1)
    desk.tell(e.UnsentRestored(texts))
    return desk


def test_they_stand_in_their_conversation_in_order_and_are_looked_for() -> None:
    one, two = left(1, "one", "e1"), left(1, "two", "e2")
    desk = a_desk(1)
    assert desk.tell(e.UnsentRestored((one, two))) == [look(one), look(two)]
    assert desk.lines(1) == ["one", "two"]
    assert desk.fates(1) == [Fate.QUEUED, Fate.QUEUED]


def test_one_the_server_has_becomes_its_line() -> None:
    desk = restored(left(1, "one", "e1"))
    sent = line(6, MessageKind.AGENT, 120.0, raw="one", mine=True)
    desk.tell(e.MissedLoaded(cid(1), (sent,)))
    desk.tell(e.ReplySent(cid(1), EchoId("e1"), sent))
    assert (desk.lines(1), desk.fates(1)) == (["one"], [Fate.SENT])


def test_one_the_server_lacks_is_told_as_not_sent_and_can_be_sent_again() -> None:
    desk = restored(left(1, "one", "e1"))
    told = desk.tell(e.ReplyFailed(cid(1), EchoId("e1"), NOT_SENT))
    assert notices(told) == [SendingFailed(Displayable("Customer 1"), NOT_SENT)]
    assert desk.tell(e.RetryRequested(cid(1), EchoId("e1"))) == [
        SendReply(cid(1), EchoId("e1"), "one", note=False, after=MessageId("5"))
    ]


def test_a_conversation_that_is_not_known_yet_is_asked_for_and_gets_its_text_and_a_tab() -> None:
    text = left(2, "one", "e1")
    desk = a_desk(1)
    assert desk.tell(e.UnsentRestored((text,))) == [FetchConversation(cid(2))]
    assert look(text) in desk.arrives(2, assignee=AINO, status=Status.RESOLVED)
    assert cid(2) in desk.state.tabs
    assert desk.lines(2) == ["one"]
