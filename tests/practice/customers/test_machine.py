"""One customer's visit, step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.customers.machine import (
    LINGER,
    NEVER,
    Action,
    AgentSaid,
    AgentTyping,
    Arrive,
    AutomaticSaid,
    Close,
    Depart,
    Input,
    Phase,
    Read,
    Resolved,
    Say,
    Typing,
)
from practice.scenario.model import FollowUp, Persona, Reaction

Make = Callable[..., Persona]
Start = Callable[..., Any]


def words(actions: list[Action]) -> list[str]:
    return [action.text for action in actions if isinstance(action, Say)]


def reaction(to: Any, *say: str) -> Reaction:
    return Reaction(to=to, say=[list(say)])


def test_they_arrive_with_their_first_words_and_type_the_rest(persona: Make, life: Start) -> None:
    visit = life(persona())

    actions = visit.until(5.0)

    assert actions == [
        Arrive(),
        Say("Do you have hats?"),
        Typing(on=True),
        Say("Green ones."),
        Typing(on=False),
    ]
    assert visit.when(Say("Green ones.")) - visit.when(Typing(on=True)) == pytest.approx(1.1)


def test_without_an_answer_they_ask_once_more_at_half_their_patience_and_leave(
    persona: Make, life: Start
) -> None:
    visit = life(persona(nudge=[["Hello?"]], leaving=[["Bye."]], closes=1.0))

    actions = visit.until(10_000)

    assert words(actions) == ["Do you have hats?", "Green ones.", "Hello?", "Bye."]
    assert actions[-2:] == [Close(), Depart("unserved")]
    waited = visit.when(Say("Green ones."))
    nudged = visit.when(Say("Hello?")) - 0.8 - waited
    left = visit.when(Say("Bye.")) - 0.8 - waited
    assert nudged == pytest.approx(left / 2)
    assert 0.4 * 300 <= left <= 2.5 * 300


def test_who_has_no_parting_words_leaves_silently_and_may_leave_the_chat_open(
    persona: Make, life: Start
) -> None:
    visit = life(persona(closes=0.0))

    assert visit.until(10_000)[-2:] == [Typing(on=False), Depart("unserved")]


def test_patience_differs_from_visit_to_visit_around_its_mean(persona: Make, life: Start) -> None:
    waits = []
    for seed in range(400):
        visit = life(persona(opening=[["Hi."]]), seed)
        visit.until(10_000)
        waits.append(visit.when(Depart("unserved")))

    assert len(set(waits)) > 390
    assert 280 < sum(waits) / 400 < 320


def test_after_leaving_nothing_moves_them(persona: Make, life: Start) -> None:
    visit = life(persona())
    visit.until(10_000)

    assert visit.happens(AgentSaid("Are you there?")) == []
    assert visit.happens(Resolved()) == []
    assert visit.on(10_000) == []
    assert visit.visit.due == NEVER


def test_they_read_an_answer_ask_the_next_thing_and_thank_in_the_end(persona: Make, life: Start) -> None:
    visit = life(persona(follow_ups=[FollowUp(say=[["And scarves?"]])]))
    visit.until(5)

    visit.happens(AgentSaid("Yes, we do."))
    first = visit.on(40)
    visit.happens(AgentSaid("Those too."))
    second = visit.on(40)

    assert first == [Read(), Typing(on=True), Say("And scarves?"), Typing(on=False)]
    assert second == [Read(), Typing(on=True), Say("Thank you."), Typing(on=False)]
    assert visit.happens(Resolved()) == [Depart("content")]


def test_they_take_their_time_to_read(persona: Make, life: Start) -> None:
    visit = life(persona(reading=10.0))
    visit.until(5)

    visit.happens(AgentSaid("Yes."))

    assert visit.on(5.9) == []
    assert Read() in visit.on(8.2)


def test_several_messages_in_a_row_get_one_reaction(persona: Make, life: Start) -> None:
    visit = life(persona())
    visit.until(5)

    for text in ("Hello.", "Yes, we have hats.", "In green as well."):
        visit.happens(AgentSaid(text))
        assert visit.on(3) == []

    assert words(visit.on(60)) == ["Thank you."]


def test_while_the_agent_types_they_wait_with_their_reaction_and_with_leaving(
    persona: Make, life: Start
) -> None:
    visit = life(persona())
    visit.until(5)
    visit.happens(AgentSaid("Yes."))
    for _ in range(20):
        visit.happens(AgentTyping(on=True))
        assert visit.on(20) == []
    visit.happens(AgentTyping(on=False))
    assert words(visit.on(60)) == ["Thank you."]

    impatient = life(persona(patience=10.0))
    impatient.until(5)
    for _ in range(10):
        impatient.happens(AgentTyping(on=True))
        assert impatient.on(20) == []


def test_the_automatic_message_is_read_and_changes_nothing_else(persona: Make, life: Start) -> None:
    patient, other = life(persona()), life(persona())
    for visit in (patient, other):
        visit.until(5)
    patient.happens(AutomaticSaid())

    assert patient.on(30) == [Read()]
    patient.until(10_000)
    other.until(10_000)
    assert patient.when(Depart("unserved")) == other.when(Depart("unserved"))


def test_a_plea_for_patience_renews_it(persona: Make, life: Start) -> None:
    visit = life(persona(reactions=[reaction("hold", "Fine.")], opening=[["Hi."]]))
    other = life(persona(opening=[["Hi."]]))
    other.until(10_000)
    patience = other.when(Depart("unserved"))

    visit.until(patience - 20)
    visit.happens(AgentSaid("One moment, please."))
    assert words(visit.on(30)) == ["Fine."]
    visit.happens(AgentSaid("Please wait a little longer, one moment."))
    assert words(visit.on(100)) == []
    assert visit.visit.phase is Phase.WAITING
    visit.until(10_000)
    assert visit.when(Depart("unserved")) > 1.8 * patience


def test_a_link_is_looked_at_and_then_they_go_on_by_themselves(persona: Make, life: Start) -> None:
    visit = life(
        persona(reactions=[reaction("link", "Looking.")], follow_ups=[FollowUp(say=[["And scarves?"]])])
    )
    visit.until(5)

    visit.happens(AgentSaid("Here: https://help.example.test/hats"))

    assert words(visit.on(15.5)) == ["Looking."]
    assert words(visit.on(60)) == ["And scarves?"]
    assert visit.visit.phase is Phase.WAITING


def test_a_question_is_answered_and_they_wait_again(persona: Make, life: Start) -> None:
    visit = life(persona(reactions=[reaction("question", "A large one.")]))
    visit.until(5)

    visit.happens(AgentSaid("Which size?"))
    assert words(visit.on(30)) == ["A large one."]
    assert visit.on(30) == []

    visit.happens(AgentSaid("Which colour?"))
    assert words(visit.on(30)) == ["Thank you."]


def test_the_same_text_again_annoys_once(persona: Make, life: Start) -> None:
    visit = life(
        persona(reactions=[reaction("repeated", "You said so.")], follow_ups=[FollowUp(say=[["Eh?"]])])
    )
    visit.until(5)
    answer = "We sell hats, and we sell scarves."

    said = []
    for _ in range(3):
        visit.happens(AgentSaid(answer))
        said += words(visit.on(30))

    assert said == ["Eh?", "You said so.", "Thank you."]


def test_a_goodbye_gets_what_is_left_to_ask_and_then_a_goodbye(persona: Make, life: Start) -> None:
    visit = life(
        persona(reactions=[reaction("closing", "No, bye.")], follow_ups=[FollowUp(say=[["And scarves?"]])])
    )
    visit.until(5)

    visit.happens(AgentSaid("Anything else?"))
    assert words(visit.on(30)) == ["And scarves?"]
    visit.happens(AgentSaid("Yes. Anything else?"))
    assert words(visit.on(30)) == ["No, bye."]
    assert visit.visit.phase is Phase.CONTENT


def test_a_content_customer_answers_a_goodbye_once_and_goes_after_a_while(persona: Make, life: Start) -> None:
    visit = life(persona(reactions=[reaction("closing", "You too.")]))
    visit.until(5)
    visit.happens(AgentSaid("Yes."))
    assert words(visit.on(30)) == ["Thank you."]

    visit.happens(AgentSaid("Have a nice day."))
    assert words(visit.on(30)) == ["You too."]
    visit.happens(AgentSaid("Have a nice evening."))
    assert visit.on(30) == [Read()]
    assert visit.on(LINGER) == [Depart("content")]


def test_a_reply_while_they_type_their_farewell_keeps_them(persona: Make, life: Start) -> None:
    visit = life(persona(leaving=[["I have waited long enough, good-bye to you."]], opening=[["Hi."]]))
    while visit.visit.phase is not Phase.LEAVING:
        visit.until(visit.visit.due)

    assert visit.happens(AgentSaid("Sorry, here I am. We have hats.")) == [Typing(on=False)]
    assert words(visit.on(60)) == ["Thank you."]


def test_a_reply_after_their_farewell_is_too_late(persona: Make, life: Start) -> None:
    visit = life(persona(leaving=[["I am off.", "Really."]], opening=[["Hi."]], closes=1.0))
    while "I am off." not in words([action for _, action in visit.deeds]):
        visit.until(visit.visit.due)
    visit.happens(AgentSaid("Wait!"))

    assert visit.on(1000)[-3:] == [Typing(on=False), Close(), Depart("unserved")]


def test_resolving_before_an_answer_sends_them_away_unserved(persona: Make, life: Start) -> None:
    visit = life(persona())
    visit.until(5)

    assert visit.happens(Resolved()) == [Depart("unserved")]


def test_resolving_too_early_makes_them_ask_again(persona: Make, life: Start) -> None:
    visit = life(persona(follow_ups=[FollowUp(say=[["And scarves?"]])]))
    visit.until(5)
    visit.happens(AgentSaid("Yes."))

    assert visit.happens(Resolved()) == []
    assert words(visit.on(60)) == ["And scarves?"]


def test_answering_and_resolving_at_once_is_fine_when_nothing_is_left_to_ask(
    persona: Make, life: Start
) -> None:
    visit = life(persona())
    visit.until(5)
    visit.happens(AgentSaid("Yes."))

    assert visit.happens(Resolved()) == [Depart("content")]


def test_who_comes_back_opens_with_other_words_and_does_so_once(persona: Make, life: Start) -> None:
    visit = life(persona(returns=1.0, returns_after=1000.0, back=[["Me again."]]))
    visit.until(5)
    visit.happens(AgentSaid("Yes."))
    visit.on(60)

    assert visit.happens(Resolved()) == []
    assert visit.visit.phase is Phase.AWAY
    assert visit.happens(AgentSaid("Still there?")) == []
    assert visit.on(600) == []
    visit.until(visit.visit.due)
    assert words(visit.on(2)) == ["Me again."]
    visit.happens(AgentSaid("Welcome back."))
    assert words(visit.on(60)) == ["Thank you."]
    assert visit.happens(Resolved()) == [Depart("content")]


INPUTS: st.SearchStrategy[Input] = st.one_of(
    st.sampled_from(
        [
            AgentSaid("Yes."),
            AgentSaid("One moment."),
            AgentSaid("Which size?"),
            AgentSaid("https://help.example.test"),
            AgentSaid("Anything else?"),
            AutomaticSaid(),
            AgentTyping(on=True),
            AgentTyping(on=False),
            Resolved(),
        ]
    )
)


@given(st.lists(st.tuples(st.floats(0, 400), INPUTS), max_size=25), st.integers(0, 1000))
def test_whatever_happens_a_visit_ends_and_stays_ended(
    life: Start, happenings: list[tuple[float, Input]], seed: int
) -> None:
    full = Persona(
        key="a",
        name="A",
        language="en",
        queue="q",
        opening=[["Hi."], ["Hi.", "You."]],
        thanks=[["Ta."]],
        nudge=[["?"]],
        leaving=[["Bye.", "Bye."]],
        follow_ups=[FollowUp(say=[["And?"]], chance=0.5)] * 2,
        reactions=[reaction(kind, kind) for kind in ("link", "repeated", "question", "hold", "closing")],
        returns=0.5,
        back=[["Again."]],
    )
    visit = life(full, seed)
    for pause, what in happenings:
        visit.on(pause)
        visit.happens(what)
    visit.on(20_000)

    actions = [action for _, action in visit.deeds]
    times = [at for at, _ in visit.deeds]
    marks = [action.on for action in actions if isinstance(action, Typing)]
    assert isinstance(actions[-1], Depart)
    assert sum(isinstance(action, Depart) for action in actions) == 1
    assert times == sorted(times)
    assert all(on is (place % 2 == 0) for place, on in enumerate(marks))
    assert len(marks) % 2 == 0
