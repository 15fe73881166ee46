"""Tags: the likely ones first with their reason; what a queue needs before a chat is closed."""

from __future__ import annotations

from collections import Counter

from agent_tui.desk import events as e
from agent_tui.desk.effects import AskForTags, CountTags, ListClosed, Resolve, SetTags
from agent_tui.desk.failure_notice import ClosedNotListed, TaggingFailed
from agent_tui.desk.notice import SeveralTagged
from agent_tui.desk.passages import Marks, Passage
from agent_tui.desk.rules import Rules, TagRule, tag_rule
from agent_tui.desk.tag_choosing import FromCanned, FromWord, Often, Why, likely_tags, needed_tag
from agent_tui.desk.text import NOTHING, Displayable
from api_client.models.identity import EchoId
from canned.stems import Stems
from tests.desk.stage import AINO, QUEUES, TAX, UNREACHABLE, Desk, a_desk, cid, facts, label, notices

TAGS = ("asuntolaina", "kirjautuminen", "verokortti-muutos", "verokortti-uusi")


def desk_with_tags(*rules: TagRule) -> Desk:
    desk = a_desk(1)
    described = {"asuntolaina": Displayable("Korkojen vähennys")}
    desk.tell(e.CatalogLoaded(QUEUES, (AINO,), tuple(map(label, TAGS)), described, ()))
    desk.state.rules = Rules(tags=rules)
    return desk


def order(desk: Desk) -> list[tuple[str, Why | None]]:
    return [(tag.choice.value, tag.why) for tag in likely_tags(desk.state, desk.chat(1), Stems())]


def tags(desk: Desk, *values: str) -> None:
    desk.tell(e.TagsChosen(cid(1), frozenset(values)))


def test_without_a_reason_tags_stand_as_the_account_lists_them() -> None:
    assert order(desk_with_tags()) == [(tag, None) for tag in TAGS]


def test_what_the_customer_wrote_suggests_a_tag_in_any_inflection_and_says_the_word() -> None:
    desk = desk_with_tags()
    desk.customer_writes(
        1, 10, 200.0, raw="Hei, en pääse eteenpäin, minulla on vaikeuksia kirjautumisen kanssa"
    )
    assert order(desk)[0] == ("kirjautuminen", FromWord(Displayable("kirjautumisen")))


def test_a_word_of_the_description_counts_and_one_that_many_tags_have_says_nothing() -> None:
    desk = desk_with_tags()
    desk.customer_writes(1, 10, 200.0, raw="Kysyn verokortista ja siitä, miten saan korkojen vähennyksen")
    first, second, *_ = order(desk)
    assert first[0] == "asuntolaina"
    assert isinstance(first[1], FromWord)
    desk = desk_with_tags()
    desk.tell(e.CatalogLoaded(QUEUES, (AINO,), tuple(label(f"verokortti-{n}") for n in "abcdef"), {}, ()))
    desk.customer_writes(1, 11, 201.0, raw="verokortti")
    assert {why for _, why in order(desk)} == {None}
    assert second is not None


def test_a_canned_response_that_was_sent_suggests_its_tags_before_all() -> None:
    desk = desk_with_tags()
    passage = Passage(0, 3, "mine/uusi", "uusi", tags=("verokortti-uusi", "unknown"))
    desk.tell(e.ReplySubmitted(cid(1), "Hei", False, EchoId("e1"), Marks(passages=(passage,))))
    desk.customer_writes(1, 10, 200.0, raw="kirjautuminen ei onnistu")
    assert order(desk)[:2] == [
        ("verokortti-uusi", FromCanned(Displayable("uusi"))),
        ("kirjautuminen", FromWord(Displayable("kirjautuminen"))),
    ]


def test_then_come_those_most_used_in_the_queue_and_before_all_those_it_has() -> None:
    desk = desk_with_tags()
    assert desk.tell(e.TagsOpened(cid(1))) == [CountTags(TAX)]
    assert desk.tell(e.TagsOpened(cid(1))) == [], "not asked twice"
    desk.tell(e.TagsCounted(TAX, Counter({"verokortti-uusi": 2, "kirjautuminen": 7, "gone": 9})))
    tags(desk, "verokortti-muutos")
    assert order(desk) == [
        ("verokortti-muutos", None),
        ("kirjautuminen", Often(7)),
        ("verokortti-uusi", Often(2)),
        ("asuntolaina", None),
    ]


def test_the_queues_tags_are_counted_when_a_customer_is_taken() -> None:
    desk = desk_with_tags()
    desk.arrives(2)
    desk.tell(e.ConversationPicked(cid(2)))
    assert CountTags(TAX) in desk.tell(e.ConversationTaken(facts(2, assignee=AINO, updated_at=150.0)))


def test_a_chat_that_needs_a_tag_asks_for_it_and_is_closed_once_it_has_one() -> None:
    desk = desk_with_tags(TagRule("Online tax return"))
    assert desk.tell(e.ResolveRequested(cid(1))) == [AskForTags(cid(1))]
    tags(desk, "kirjautuminen")
    assert Resolve(cid(1)) in desk.tell(e.ResolveRequested(cid(1)))


def test_one_of_a_group_is_needed_where_the_rule_says_so() -> None:
    desk = desk_with_tags(TagRule("*", ("Asuntolaina", "verokortti-uusi")))
    tags(desk, "kirjautuminen")
    assert needed_tag(desk.state, desk.chat(1)) is not None
    tags(desk, "kirjautuminen", "asuntolaina")
    assert needed_tag(desk.state, desk.chat(1)) is None


def test_a_queues_own_rule_goes_before_the_one_for_all() -> None:
    desk = desk_with_tags(TagRule("*", ("asuntolaina",)), TagRule("online tax RETURN"))
    tags(desk, "kirjautuminen")
    assert needed_tag(desk.state, desk.chat(1)) is None
    assert needed_tag(desk_with_tags(TagRule("Tax card")).state, desk.chat(1)) is None


def test_a_rule_is_read_as_people_write_it() -> None:
    assert tag_rule(" Tax card = renewal,  lost ,") == TagRule("Tax card", ("renewal", "lost"))
    assert tag_rule("*") == TagRule("*")


def test_several_chats_get_tags_beside_those_they_have() -> None:
    desk = desk_with_tags()
    tags(desk, "asuntolaina")
    effects = desk.tell(e.TagsAdded((cid(1), cid(77)), frozenset({"kirjautuminen"})))
    assert [effect.add for effect in effects if isinstance(effect, SetTags)] == [{"kirjautuminen"}] * 2
    assert notices(effects) == [SeveralTagged(2)]
    assert [tag.value for tag in desk.chat(1).tags] == ["asuntolaina", "kirjautuminen"]
    failed = desk.tell(e.TagsFailed(cid(77), (), UNREACHABLE))
    assert notices(failed) == [TaggingFailed(NOTHING, UNREACHABLE)]
    assert desk.tell(e.TagsAdded((cid(1),), frozenset())) == []


def test_closed_chats_are_listed_and_a_failure_is_told() -> None:
    desk = desk_with_tags()
    assert desk.tell(e.ClosedRequested()) == [ListClosed()]
    assert desk.state.closed is None
    assert notices(desk.tell(e.ClosedFailed(UNREACHABLE))) == [ClosedNotListed(UNREACHABLE)]
    assert desk.state.closed == ()
