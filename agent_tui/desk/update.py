"""The one door to the state: an event changes it and says what is to be done."""

from __future__ import annotations

from typing import assert_never

from agent_tui.desk import (
    afterwards,
    auto_take,
    calling,
    carrying,
    events,
    filing,
    following,
    forecast,
    intaking,
    knowing,
    labelling,
    leading,
    link_picking,
    linking,
    loads,
    parting,
    peeking,
    searching,
    seeking,
    tabs,
    taking,
    talking,
    texting,
    undoing,
    unsent,
    writing,
)
from agent_tui.desk.effects import DeskEffect, MeasureRoundTrip
from agent_tui.desk.filed import FileEvent
from agent_tui.desk.intake_told import IntakeEvent
from agent_tui.desk.lead_events import LeadEvent
from agent_tui.desk.link_effects import OpenLink
from agent_tui.desk.model import DeskState


def update(state: DeskState, event: events.DeskEvent, now: float) -> list[DeskEffect]:
    """Apply one event to ``state`` in place; return the effects in the order to perform them.

    ``now`` is local monotonic seconds and does not go back. Events about conversations the desk
    does not know, doubled or outdated ones are harmless; nothing is raised. The cost does not grow
    with what the desk holds. The frequent events stand first.
    """
    match event:
        case events.MessageReceived():
            return talking.message_received(state, event, now)
        case events.ConversationChanged():
            return following.conversation_changed(state, event, now)
        case events.MessageChanged():
            return talking.message_changed(state, event, now)
        case events.Ticked():
            forecast.second_passed(state, now)
            loads.second_passed(state, now)
            past = undoing.due(state, now) + linking.ticked(state, now)
            return [
                *past,
                *intaking.second_passed(state, now),
                *calling.second_passed(state, event, now),
                *auto_take.second_passed(state, now),
            ]
        case events.ServerHeard():
            return linking.server_heard(state, event, now)
        case events.TypingSeen():
            return linking.typing_seen(state, event, now)
        case events.PresenceSeen():
            return linking.presence_seen(state, event)
        case events.CustomerRead():
            return talking.customer_read(state, event)
        case LeadEvent():
            return leading.happened(state, event, now)
        case FileEvent():
            return filing.happened(state, event)
        case IntakeEvent():
            return list(intaking.happened(state, event, now))
        case events.ReplyLeft():
            return writing.reply_left(state, event)
        case events.ReplySent():
            return [*writing.reply_sent(state, event, now), *afterwards.reply_sent(state, event, now)]
        case events.ReplyFailed():
            return writing.reply_failed(state, event)
        case events.ConversationTaken():
            return taking.taken(state, event, now)
        case events.TakeLost():
            return taking.take_lost(state, event, now)
        case events.TakeFailed():
            return taking.take_failed(state, event, now)
        case events.Resolved():
            return taking.resolved(state, event, now)
        case events.ResolveFailed():
            return taking.resolve_failed(state, event)
        case events.NewestLoaded():
            return talking.newest_loaded(state, event, now) + seeking.go_on(state)
        case events.OlderLoaded():
            return talking.older_loaded(state, event) + seeking.go_on(state)
        case events.MissedLoaded():
            return talking.missed_loaded(state, event, now)
        case events.LoadFailed():
            return talking.load_failed(state, event, now) + seeking.load_failed(state, event)
        case events.TagsSaved():
            return labelling.tags_saved(state, event)
        case events.TagsFailed():
            return labelling.tags_failed(state, event)
        case events.LinksFound():
            return linking.links_found(state, event)
        case events.LinksFailed():
            return linking.links_failed(state, event)
        case (
            events.LinkChecked()
            | events.LinkOpenFailed()
            | events.BookmarksRead()
            | events.LinkUsesRestored()
        ):
            return link_picking.heard(state, event, now)
        case events.AvailabilityFailed():
            return linking.availability_failed(state, event)
        case events.SignedIn():
            return linking.signed_in(state, event)
        case events.CatalogLoaded():
            return linking.catalog_loaded(state, event)
        case events.TeamLimitsRead():
            return loads.team_limits_read(state, event)
        case events.ConversationsListed():
            return following.conversations_listed(state, event, now)
        case events.Subscribed():
            return linking.subscribed(state)
        case events.ConnectionOpened():
            return linking.connection_opened(state, now)
        case events.ConnectionDropped():
            return linking.connection_dropped(state, event, now)
        case events.AccessRefused():
            return linking.access_refused(state, now)
        case events.DraftsRestored():
            return writing.drafts_restored(state, event)
        case events.UnsentRestored():
            return unsent.unsent_restored(state, event, now)
        case events.RoundTripMeasured():
            return linking.round_trip_measured(state, event)
        case events.StorageFailed():
            return writing.storage_failed(state, event, now)
        case events.StartFailed():
            return []  # the app leaves
        case (
            events.TextsRead()
            | events.TextSaved()
            | events.TextNotSaved()
            | events.TextMade()
            | events.TextSearched()
        ):
            return _about_texts(state, event)
        case _:
            return _answered(state, event, now)


def _answered(state: DeskState, event: events.Answered | events.Doing, now: float) -> list[DeskEffect]:
    match event:
        case events.LookedAt():
            return peeking.looked_at(state, event, now) + seeking.go_on(state)
        case events.LookFailed():
            return peeking.look_failed(state, event)
        case events.PreviousLoaded():
            return peeking.previous_loaded(state, event)
        case events.PreviousFailed():
            return peeking.previous_failed(state, event)
        case events.NotesLoaded():
            return knowing.notes_loaded(state, event)
        case events.NoteKept():
            return knowing.note_kept(state, event)
        case events.CustomerTold():
            return knowing.customer_told(state, event)
        case events.CustomerNotSaved():
            return knowing.not_saved(state, event)
        case events.PriorityFailed():
            return parting.priority_failed(state, event)
        case events.SleepingListed():
            return parting.sleeping_listed(state, event)
        case events.SleepingFailed():
            return parting.sleeping_failed(state, event)
        case events.SearchAnswered():
            return searching.search_answered(state, event)
        case events.SearchFailed():
            return searching.search_failed(state, event)
        case events.CustomersChatsLoaded():
            return searching.customers_chats_loaded(state, event)
        case events.CustomersChatsFailed():
            return searching.customers_chats_failed(state, event)
        case events.Exported():
            return carrying.exported(state, event)
        case events.ExportFailed():
            return carrying.export_failed(state, event)
        case events.ToolAnswered():
            return carrying.tool_answered(state, event)
        case events.ToolGaveUp():
            return carrying.tool_gave_up(state, event)
        case events.TagsCounted():
            return labelling.tags_counted(state, event, now)
        case events.ClosedListed() | events.ClosedFailed():
            return labelling.closed_listed(state, event)
        case events.Parted():
            return parting.parted(state, event, now)
        case events.PartingLost():
            return parting.parting_lost(state, event, now)
        case events.PartingFailed():
            return parting.parting_failed(state, event)
        case _:
            return _by_the_agent(state, event, now)


def _submitted(state: DeskState, event: events.ReplySubmitted, now: float) -> list[DeskEffect]:
    effects = writing.reply_submitted(state, event, now)
    if effects:
        afterwards.note_sent(state.chats[event.conversation], event)
    return effects


def _about_texts(state: DeskState, event: events.Prepared) -> list[DeskEffect]:
    match event:
        case events.TextsRead():
            return texting.texts_read(state, event)
        case events.TextSaved():
            return texting.text_saved(state, event)
        case events.TextNotSaved():
            return texting.text_not_saved(state, event)
        case events.TextMade():
            return texting.text_made(state, event)
        case events.TextSearched():
            return texting.text_searched(state, event)
        case _:
            assert_never(event)


def _by_the_agent(state: DeskState, event: events.Doing, now: float) -> list[DeskEffect]:
    match event:
        case events.DraftChanged():
            return writing.draft_changed(state, event, now)
        case events.ReplySubmitted():
            return _submitted(state, event, now)
        case events.RetryRequested():
            return writing.retry_wanted(state, event, now)
        case events.LongestWaitingRequested():
            return taking.longest_wanted(state, event)
        case events.ConversationPicked():
            return taking.picked(state, event)
        case events.AutoTakeSwitched():
            return auto_take.switched(state, event)
        case events.ResolveRequested():
            return taking.resolve_wanted(state, event, now)
        case events.SnoozeRequested():
            return parting.snooze_wanted(state, event, now)
        case events.MuteRequested():
            return parting.mute_wanted(state, event, now)
        case events.PriorityChosen():
            return parting.priority_chosen(state, event)
        case events.SleepingRequested():
            return parting.sleeping_wanted(state, event)
        case events.PeekRequested():
            return peeking.peek_wanted(state, event)
        case events.PeekLeft():
            return peeking.peek_left(state, event)
        case events.PeekKept():
            return peeking.peek_kept(state, event)
        case events.SearchRequested():
            return searching.search_wanted(state, event)
        case events.CustomersChatsRequested():
            return searching.customers_chats_wanted(state, event)
        case events.HitChosen():
            return seeking.hit_chosen(state, event)
        case events.ExportRequested():
            return carrying.export_wanted(state, event)
        case events.ToolRequested():
            return carrying.tool_wanted(state, event)
        case events.HitShown():
            return seeking.hit_shown(state, event)
        case events.PreviousRequested():
            return peeking.previous_wanted(state, event)
        case events.HandOverRequested():
            return parting.hand_over_wanted(state, event, now)
        case events.TabSelected():
            return tabs.selected(state, event)
        case events.MostUrgentRequested():
            return tabs.most_urgent_wanted(state, event)
        case events.TabStepped():
            return tabs.stepped(state, event)
        case events.TabClosed():
            return tabs.closed(state, event, now)
        case events.OlderRequested():
            return talking.older_wanted(state, event)
        case events.HistoryLetGo():
            return talking.history_let_go(state, event)
        case events.TagsChosen():
            return labelling.tags_chosen(state, event, now)
        case events.TagsOpened() | events.TagsAdded() | events.ClosedRequested():
            return labelling.further_wanted(state, event, now)
        case events.LinksSearched():
            return linking.links_searched(state, event)
        case events.LinksOffered():
            return link_picking.links_offered(state, event, now)
        case events.LinkOpened():
            return [OpenLink(event.url)]
        case events.RoundTripWanted():
            return [MeasureRoundTrip()]
        case events.AvailabilityChosen():
            return linking.availability_chosen(state, event, now)
        case events.UndoRequested():
            return undoing.undo_wanted(state, event, now)
        case events.CustomerNoteWritten():
            return knowing.note_written(state, event)
        case events.CustomerChanged():
            return knowing.customer_changed(state, event)
        case events.DetailChanged():
            return knowing.detail_changed(state, event)
        case events.CardRead():
            return writing.card_read(state, event, now)
        case events.LeavingRequested():
            return undoing.leaving_wanted(state, event, now)
        case events.ServedQueuesChosen():
            return linking.queues_chosen(state, event)
        case _:
            assert_never(event)
