"""Other tools' texts: what they say is read, and what we write they read back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from canned.exchange.chatwoot import read_chatwoot, write_chatwoot
from canned.exchange.espanso import read_espanso, write_espanso
from canned.exchange.libredesk import read_libredesk, write_libredesk
from canned.exchange.markdown import read_markdown, write_markdown
from canned.exchange.results import Reader, Writer
from canned.exchange.table import read_csv, write_csv
from canned.model import After, Response
from canned.render import TemplateError, render
from tests.canned.library import libraries, said, texts

_READERS: dict[str, Reader] = {
    "chatwoot": read_chatwoot,
    "csv": read_csv,
    "espanso": read_espanso,
    "libredesk": read_libredesk,
}


def small(response: Response, *kept: str) -> Response:
    """What a tool with fewer names keeps of a response."""
    plain = Response(response.key, response.shortcut)
    wanted = {name: getattr(response, name) for name in kept}
    return replace(plain, **wanted)


def in_languages(response: Response) -> Response:
    """As tools without languages keep it: two texts or more are told apart by their endings."""
    if len(response.texts) > 1 or not response.bodies:
        return response
    [(language, text)] = response.texts.items()
    key, shortcut = f"{response.key}-{language}", f"{response.shortcut}-{language}"
    return replace(response, key=key, shortcut=shortcut, text=text, bodies={})


def with_texts(text: st.SearchStrategy[str]) -> st.SearchStrategy[list[Response]]:
    """Libraries whose texts are made so."""
    return st.lists(st.tuples(libraries, text), max_size=1).map(
        lambda drawn: [
            replace(one, text=words, bodies=dict.fromkeys(one.bodies, words))
            for library, words in drawn
            for one in library
        ]
    )


# --- round trips -------------------------------------------------------------------------------------


@given(libraries)
def test_a_table_says_it_all(library: list[Response]) -> None:
    read = read_csv(write_csv(library).text, "file")
    assert read.problems == ()
    assert list(read.responses) == library


@given(libraries)
def test_a_markdown_folder_says_it_all(library: list[Response]) -> None:
    files, left_out = write_markdown(library)
    read = read_markdown(files, "folder")
    assert read.problems == ()
    assert sorted(read.responses, key=lambda one: one.shortcut) == sorted(
        library, key=lambda one: one.shortcut
    )
    assert left_out == ()


@given(libraries)
def test_chatwoot_keeps_shortcuts_texts_and_languages(library: list[Response]) -> None:
    kept = [in_languages(small(one, "text", "bodies")) for one in library]
    read = read_chatwoot(write_chatwoot(library).text, "file")
    assert read.problems == ()
    assert list(read.responses) == kept


@given(with_texts(said))
def test_libredesk_keeps_titles_texts_and_tags(library: list[Response]) -> None:
    tagged = [replace(one, after=After(one.after.tags), title=one.title.strip("/")) for one in library]
    plain = [one for one in tagged if "{% field" not in "".join(one.texts.values())]
    kept = [in_languages(small(one, "text", "bodies", "title", "after")) for one in plain]
    exported = write_libredesk(tagged)
    read = read_libredesk(exported.text, "file")
    assert read.problems == ()
    assert [one.shortcut for one in read.responses] == [one.shortcut for one in kept]
    assert list(read.responses) == kept
    assert len(exported.left_out) >= len(tagged) - len(plain)


@given(with_texts(said))
def test_espanso_keeps_titles_texts_and_fields(library: list[Response]) -> None:
    kept = [in_languages(small(one, "text", "bodies", "title", "tags")) for one in library]
    read = read_espanso(write_espanso(library).text, "file")
    assert read.problems == ()
    assert list(read.responses) == kept


@given(texts)
def test_a_plain_text_comes_through_every_tool(text: str) -> None:
    whole = [Response("ax", "ax", text)]
    try:
        render(text, {})
    except TemplateError:
        return
    for read, write in (
        (read_chatwoot, write_chatwoot), (read_csv, write_csv), (read_espanso, write_espanso),
        (read_libredesk, write_libredesk),
    ):  # fmt: skip
        exported = write(whole)
        told = read(exported.text, "file").responses
        assert exported.left_out or not told or told[0].text.split() == text.split()


@pytest.mark.parametrize("write", [write_chatwoot, write_csv, write_espanso, write_libredesk])
def test_nothing_is_written_of_nothing(write: Writer) -> None:
    assert write([]).left_out == ()


# --- what others write -------------------------------------------------------------------------------


def test_chatwoots_list_becomes_one_response_in_three_languages() -> None:
    rows = [
        {"id": 1, "short_code": "hetki", "content": "Hetki, {{contact.first_name}}"},
        {"id": 2, "short_code": "hetki-sv", "content": "Ett ögonblick"},
        {"id": 3, "short_code": "hetki-nl", "content": "Een moment"},
        {"id": 4, "short_code": "two words", "content": "x"},
    ]
    read = read_chatwoot(json.dumps(rows), "file")
    assert [(one.shortcut, one.languages) for one in read.responses] == [
        ("hetki", ("nl", "sv")),
        ("two-words", ()),
    ]


def test_a_macro_of_libredesk_is_read_with_its_variables_and_actions() -> None:
    macro = {
        "id": 3,
        "name": "Say hello!",
        "message_content": "<p>Hei {{ .Contact.FirstName }} &amp; co,</p><ul><li>yksi</li></ul>"
        '<p>Lue <a href="https://example.org/a">ohje</a><br>{{ .Author.FullName }}</p><p>{{ SiteName }}</p>',
        "actions": [
            {"type": "add_tags", "value": ["vip"], "display_value": ["vip"]},
            {"type": "set_status", "value": ["3"], "display_value": ["Resolved"]},
            {"type": "set_priority", "value": ["2"], "display_value": ["High"]},
            {"type": "assign_team", "value": ["1"]},
            "nonsense",
        ],
    }
    [read] = read_libredesk(json.dumps({"status": "success", "data": [macro]}), "file").responses
    assert (read.shortcut, read.title) == ("say-hello", "Say hello!")
    assert read.after == After(("vip",), "high", None, True)
    assert read.text == (
        "Hei {{ contact.first_name }} & co,\n- yksi\nLue ohje (https://example.org/a)\n{{ agent.name }}\n"
        '{% field "site_name" %}'
    )


def test_a_spreadsheets_table_is_read_with_semicolons_and_a_mark_in_front() -> None:
    text = '\ufeffShortcut;Text;Language;Tags\r\nmoi;"Hei; sinä";fi;"a;b"\r\nmoi;Hej;sv;\r\n;;;\r\n'
    [read] = read_csv(text, "file").responses
    assert read.bodies == {"fi": "Hei; sinä", "sv": "Hej"}
    assert read.tags == ("a", "b")


def test_no_cell_is_a_formula_to_a_spreadsheet() -> None:
    text = write_csv([Response("a", "a", "=HYPERLINK(1)"), Response("b", "b", "'=x")]).text
    assert "'=HYPERLINK" in text
    assert "''=x" in text
    assert [one.text for one in read_csv(text, "file").responses] == ["=HYPERLINK(1)", "'=x"]


def test_a_table_with_strange_columns_is_refused_with_its_names() -> None:
    assert read_csv("shortcut,text,colour\n", "f").problems[0].what == "unknown column 'colour'"
    assert read_csv("shortcut,title\n", "f").problems[0].what == "there is no column text"


def test_espansos_forms_and_variables_become_fields() -> None:
    text = """
matches:
  - triggers: [":hi", ":hello"]
    label: Greeting
    form: "Hi [[contact_first_name]], by [[day]]"
    form_fields:
      day: {type: choice, values: [Monday, Tuesday], default: Monday}
  - trigger: ":now"
    replace: "It is {{mytime}}"
    vars:
      - {name: mytime, type: date, params: {format: "%H:%M"}}
  - trigger: ":bad"
"""
    read = read_espanso(text, "base.yml")
    assert [(one.shortcut, one.text) for one in read.responses] == [
        (
            "hi",
            'Hi {{ contact.first_name }}, by {% field "day", default: "Monday", choices: "Monday|Tuesday" %}',
        ),
        ("now", 'It is {% field "mytime" %}'),
    ]
    assert [str(problem.place) for problem in read.problems] == ["base.yml:12"]


def test_a_plain_markdown_file_needs_no_front() -> None:
    files = {
        "greetings/moi.md": "# Greeting\n\nHei\n",
        "greetings/moi.sv.md": "Hej\n",
        "bad.md": "---\n[\n---\nx",
    }
    read = read_markdown(files, "folder")
    [moi] = read.responses
    assert (moi.shortcut, moi.title, moi.category) == ("moi", "Greeting", ("greetings",))
    assert (moi.text, moi.bodies) == ("Hei", {"sv": "Hej"})
    assert len(read.problems) == 1


_NAMES = ["matches", "short_code", "content", "name", "actions", "data", "trigger", "form", "vars", "type"]
_trees = st.recursive(
    st.none() | st.integers() | st.text(max_size=4) | st.sampled_from(_NAMES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_NAMES), inner, max_size=5),
)


@pytest.mark.parametrize("tool", _READERS)
@given(text=st.text() | _trees.map(json.dumps))
def test_no_text_crashes_a_reader(tool: str, text: str) -> None:
    read = _READERS[tool](text, "file")
    assert all(problem.remedy for problem in read.problems)


@given(st.dictionaries(st.text("abc./-", min_size=1), st.text() | st.text("-# :\n[]{}a")))
def test_no_markdown_crashes_the_reader(files: dict[str, str]) -> None:
    assert all(problem.remedy for problem in read_markdown(files, "folder").problems)
