"""Who calls while an editor has the terminal: each counts once, and it rings at most every few seconds."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.desk.text import Displayable
from agent_tui.engine.overhearing import Overhearing
from api_client.models.message import MessageKind
from tests.desk.stage import BENGT, a_desk, cid, facts, line


def written(chat: int, number: int, kind: MessageKind = MessageKind.CUSTOMER) -> e.MessageReceived:
    return e.MessageReceived(cid(chat), line(number, kind, 150.0 + number), None, None)


def test_customers_of_the_agent_and_of_the_queues_call_and_nobody_else() -> None:
    desk = a_desk(1)
    desk.arrives(2)
    desk.arrives(3, assignee=BENGT)
    told: list[Displayable] = []
    overhearing = Overhearing(desk.state, told.append)
    overhearing.hear([written(1, 7), written(1, 8), written(3, 9), written(1, 10, MessageKind.NOTE)], 10.0)
    assert overhearing.callers == {cid(1)}
    overhearing.hear([written(2, 11), e.ConversationChanged(facts(4))], 12.0)
    overhearing.hear([e.ConversationChanged(facts(5, assignee=BENGT))], 13.0)
    assert overhearing.callers == {cid(1), cid(2), cid(4)}
    assert overhearing.words == "3 customers wrote while your editor was open."
    assert len(told) == 1
    overhearing.hear([written(1, 12)], 15.0)
    assert len(told) == 2


def test_in_quiet_hours_nothing_rings_and_it_is_told_all_the_same() -> None:
    desk = a_desk(1)
    desk.state.quiet = True
    told: list[Displayable] = []
    overhearing = Overhearing(desk.state, told.append)
    assert overhearing.words == ""
    overhearing.hear([written(1, 7)], 10.0)
    assert (told, overhearing.words) == ([], "1 customer wrote while your editor was open.")
