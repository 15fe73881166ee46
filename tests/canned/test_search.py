"""Finding canned responses by what the agent types and what the customer wrote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canned.fitting import Fitting
from canned.languages import guess
from canned.model import Response
from canned.search import Context, Index, search
from canned.stems import Stems
from tests.canned.library import libraries

LIBRARY = [
    Response("1", "moi", "Hei, miten voin auttaa?"),
    Response("2", "hetki", "Pieni hetki, tarkistan asian."),
    Response("3", "verokortti-muutos", "Voit muuttaa verokorttia OmaVerossa."),
    Response("4", "verokortti", "Verokortti lähetetään työnantajalle."),
    Response("5", "hetki-sv", "Ett ögonblick, jag kontrollerar saken."),
]
CARD = {"fi": "Uusi verokortti tulee postissa.", "nl": "De nieuwe belastingkaart komt met de post."}
REFUND = {"fi": "Veronpalautukset maksetaan elokuussa.", "nl": "Teruggaven worden in augustus uitbetaald."}
TAX = [
    Response("a", "kortti", title="Tax card", category=("cards",), bodies=CARD),
    Response("b", "palautus", bodies=REFUND),
    Response("c", "osoite", queues=("Tax",), bodies={"fi": "Muuta osoitteesi verkossa."}),
    Response("d", "osoite-laina", queues=("Loans",), bodies={"sv": "Ändra din adress på webben."}),
]
INDEX = Index(TAX)


def shortcuts(query: str) -> list[str]:
    return [response.shortcut for response in search(LIBRARY, query)]


def found(query: str, context: Context) -> list[str]:
    return [hit.response.shortcut for hit in INDEX.search(query, context)]


def test_the_exact_shortcut_comes_before_longer_ones() -> None:
    assert shortcuts("verokortti") == ["verokortti", "verokortti-muutos"]


def test_a_later_part_of_a_shortcut_is_found() -> None:
    assert shortcuts("mu")[0] == "verokortti-muutos"


def test_words_of_the_text_are_found() -> None:
    assert shortcuts("ögonblick") == ["hetki-sv"]


def test_the_end_of_a_compound_word_is_found() -> None:
    assert shortcuts("kortti") == ["verokortti", "verokortti-muutos"]


@pytest.mark.parametrize(
    ("typed", "first"), [("hekti", "hetki"), ("verokotti", "verokortti"), ("tarkistn", "hetki")]
)
def test_a_slip_of_the_finger_still_finds_it(typed: str, first: str) -> None:
    assert shortcuts(typed)[0] == first


def test_an_empty_query_lists_by_shortcut() -> None:
    assert shortcuts("") == sorted(response.shortcut for response in LIBRARY)


def test_title_and_category_are_searched() -> None:
    assert found("tax card", Context()) == ["kortti"]
    assert found("cards", Context()) == ["kortti"]


def test_this_queue_comes_first_and_others_last() -> None:
    assert found("osoite", Context(queue="Loans"))[0] == "osoite"
    assert found("oso", Context(queue="loans")) == ["osoite-laina", "osoite"]
    assert found("oso", Context(queue="Tax")) == ["osoite", "osoite-laina"]


def test_the_customers_language_comes_first() -> None:
    assert found("oso", Context(language="sv")) == ["osoite-laina", "osoite"]


def test_what_was_used_of_late_comes_first_among_equals() -> None:
    assert found("", Context(recent={"b": 0.9}))[0] == "palautus"


@pytest.mark.parametrize(
    ("message", "language", "first"),
    [
        ("Milloin saan verokorttini?", "fi", "kortti"),
        ("Milloin veronpalautus maksetaan", "", "palautus"),
        ("Wanneer worden de teruggave uitbetaald?", "nl", "palautus"),
        ("Waar is mijn belastingkaarten", "nl", "kortti"),
    ],
)
def test_what_fits_the_message_is_suggested_whatever_the_form_of_its_words(
    message: str, language: str, first: str
) -> None:
    assert INDEX.suggest(Context(message=message, language=language))[0].response.shortcut == first


def test_a_message_that_nothing_fits_gets_no_suggestion() -> None:
    assert INDEX.suggest(Context(message="Kiitos", language="fi")) == []


def test_a_message_moves_what_fits_to_the_front_of_what_is_typed() -> None:
    assert found("", Context(message="verokortti postissa", language="fi"))[0] == "kortti"


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fi", "verokortin", "verokortti"),
        ("sv", "skatterna", "skatter"),
        ("nl", "belastingen", "belasting"),
        ("en", "refunds", "refund"),
        ("xx", "words", "words"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, one: str, other: str) -> None:
    stems = Stems()
    assert list(stems.of(one, language)) == list(stems.of(other, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hei, miten voin muuttaa verokorttia?", "fi"),
        ("Hej, hur kan jag ändra mitt skattekort?", "sv"),
        ("Hoe kan ik mijn adres wijzigen?", "nl"),
        ("How can I change my address?", "en"),
        ("12345", ""),
    ],
)
def test_a_language_is_known_by_its_small_words(text: str, language: str) -> None:
    assert guess(text) == language


@given(st.text(), st.integers(1, 9))
def test_no_query_raises_or_exceeds_the_limit(query: str, limit: int) -> None:
    assert len(search(LIBRARY, query, limit)) <= limit


@given(libraries, st.text(), st.text(), st.sampled_from(["", "fi", "xx"]))
def test_any_library_is_searched_in_any_context_the_same_each_time(
    library: list[Response], query: str, message: str, language: str
) -> None:
    context = Context("Tax", language, message, {one.key: 0.5 for one in library})
    hits = Index(library).search(query, context)
    assert hits == Index(reversed(library)).search(query, context)
    assert all(hit.response in library and 0 <= hit.fit < 1 for hit in hits)
    assert set(Fitting(library).scores(message, language)) <= set(range(len(library)))


@given(libraries)
def test_every_response_is_found_by_its_own_shortcut(library: list[Response]) -> None:
    index = Index(library)
    for response in library:
        assert index.search(response.shortcut)[0].response.shortcut.casefold() == response.shortcut.casefold()


def test_a_shortcut_with_its_language_finds_that_text_alone() -> None:
    both = Response("1", "sorry", bodies={"nl": "Het spijt ons.", "en": "We are sorry."})
    index = Index([both, Response("2", "sorry-list", "A list.")])
    first = index.search("sorry-en", Context(language="nl"))[0].response
    assert (first.shortcut, first.texts) == ("sorry", {"en": "We are sorry."})
    assert [hit.response.key for hit in index.search("sorry")] == ["1", "2"]
