"""Chats that go out, and drafts that come back: to the right chat or to none."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.desk.carried import (
    ExportSaved,
    ExportUnderWay,
    NotExported,
    ToolFailed,
    ToolFinished,
    ToolTooLate,
    ToolUnderWay,
)
from agent_tui.desk.effects import ExportChats, Notify, PutIn, RunTool
from agent_tui.desk.record import Form
from agent_tui.desk.text import Displayable
from agent_tui.desk.tools import ToolTrouble
from tests.desk.stage import BENGT, UNREACHABLE, a_desk, cid, facts, notices

SUMMARY = Displayable("summary")
TEXT = Displayable("A short text")


def test_an_export_is_asked_for_and_where_it_is_said() -> None:
    desk = a_desk(1, 2)
    wanted = e.ExportRequested((cid(1), cid(2)), Form.JSON, notes=True)
    asked = ExportChats((cid(1), cid(2)), Form.JSON, notes=True)
    assert desk.tell(wanted) == [asked, Notify(ExportUnderWay(2))]
    path = Displayable("~/exports/chats.json")
    assert notices(desk.tell(e.Exported(path, 2))) == [ExportSaved(path, 2)]
    assert notices(desk.tell(e.ExportFailed(UNREACHABLE))) == [NotExported(UNREACHABLE)]


def test_what_a_command_wrote_is_for_the_chat_it_was_made_for_wherever_the_agent_is() -> None:
    desk = a_desk(1, 2)
    wanted = e.ToolRequested(cid(2), "summary")
    assert desk.tell(wanted) == [RunTool(cid(2), "summary"), Notify(ToolUnderWay(SUMMARY))]
    assert desk.tell(wanted) == []
    effects = desk.tell(e.ToolAnswered(cid(2), "summary", TEXT))
    assert effects == [PutIn(cid(2), TEXT), Notify(ToolFinished(SUMMARY, desk.chat(2).card.name))]
    assert desk.tell(wanted) != []


def test_a_text_for_a_chat_that_somebody_else_has_by_now_is_dropped() -> None:
    desk = a_desk(1)
    desk.tell(e.ToolRequested(cid(1), "summary"))
    taken = facts(1, assignee=BENGT, updated_at=300.0)
    desk.tell(e.ConversationChanged(taken))
    assert desk.tell(e.ToolAnswered(cid(1), "summary", TEXT)) == [
        Notify(ToolTooLate(SUMMARY, desk.chat(1).card.name))
    ]
    assert desk.tell(e.ToolRequested(cid(1), "summary")) == []


def test_a_command_that_gave_up_may_be_tried_again() -> None:
    desk = a_desk(1)
    desk.tell(e.ToolRequested(cid(1), "summary"))
    failed = desk.tell(e.ToolGaveUp(cid(1), "summary", ToolTrouble.FAILED, Displayable("no key")))
    assert notices(failed) == [ToolFailed(SUMMARY, ToolTrouble.FAILED, Displayable("no key"), None)]
    assert desk.tell(e.ToolRequested(cid(1), "summary")) != []
