"""What the desk is told when an effect did not work."""

from __future__ import annotations

from typing import assert_never

from agent_tui.desk import effects as e
from agent_tui.desk import events as d
from agent_tui.desk.customer_effects import ChangeCustomer, LoadNotes, SetAttribute, WriteNote
from agent_tui.desk.intake_model import IntakeEffect
from agent_tui.desk.lead_effects import LeadEffect
from agent_tui.desk.lead_events import LeadFailed
from agent_tui.desk.link_effects import CheckLink, KeepLinkUse, OpenLink, ReadBookmarks
from agent_tui.desk.problems import Problem
from agent_tui.desk.text_effects import CountSearch, CountText, SaveText
from agent_tui.desk.tools import ToolTrouble


def failed(effect: e.EngineEffect, problem: Problem) -> d.DeskEvent | None:
    """The event for it; ``None`` where the desk has asked for no answer."""
    match effect:
        case e.LookAt(conversation):
            return d.LookFailed(conversation, problem)
        case WriteNote(conversation) | ChangeCustomer(conversation) | SetAttribute(conversation):
            return d.CustomerNotSaved(conversation, problem)
        case LoadNotes():
            return None  # asked for again with the next look at the chat
        case e.LoadPrevious(conversation):
            return d.PreviousFailed(conversation, problem)
        case e.TakeConversation(conversation) | e.Reopen(conversation):
            return d.TakeFailed(conversation, problem)
        case e.LoadNewest(conversation) | e.LoadOlder(conversation) | e.LoadMissed(conversation):
            return d.LoadFailed(conversation, problem)
        case e.SendReply(conversation, echo) | e.LookForReply(conversation, echo):
            return d.ReplyFailed(conversation, echo, problem)
        case e.SetTags(conversation, was=was):
            return d.TagsFailed(conversation, was, problem)
        case e.Resolve(conversation):
            return d.ResolveFailed(conversation, problem)
        case e.SetPriority(conversation, was=was_priority):
            return d.PriorityFailed(conversation, was_priority, problem)
        case e.ListClosed():
            return d.ClosedFailed(problem)
        case e.ListSleeping():
            return d.SleepingFailed(problem)
        case e.HandOver(conversation) | e.Snooze(conversation) | e.Mute(conversation):
            return d.PartingFailed(conversation, problem)
        case e.SearchLinks(query):
            return d.LinksFailed(query, problem)
        case e.SearchEverywhere(query):
            return d.SearchFailed(query, problem)
        case e.LoadCustomersChats():
            return d.CustomersChatsFailed(problem)
        case e.SetAvailability(was=was_available):
            return d.AvailabilityFailed(was_available, problem)
        case e.MeasureRoundTrip():
            return d.RoundTripMeasured(None)
        case e.SaveDraft():
            return d.StorageFailed(problem)
        case e.KeepText() | e.DropText():
            return None  # the outbox tells of a disk that fails itself
        case e.ExportChats():
            return d.ExportFailed(problem)
        case e.RunTool(conversation, tool):
            return d.ToolGaveUp(conversation, tool, ToolTrouble.NO_CHAT, problem=problem)
        case CheckLink() | OpenLink() | ReadBookmarks() | KeepLinkUse():
            return None  # nothing of the server's
        case LeadEffect():
            return LeadFailed(effect, problem)
        case SaveText() | CountText() | CountSearch():
            return None
        case e.CountTags() | e.MarkSeen() | e.ShowTyping() | e.FetchConversation() | e.ReloadCatalog():
            return None
        case e.TakeBack() | e.FileEffect() | IntakeEffect():
            return None  # told by whoever does it
        case _:
            assert_never(effect)
