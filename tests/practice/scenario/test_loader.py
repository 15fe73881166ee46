"""Reading desks from files, and what is said about broken ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

import pytest

from practice.scenario.loader import ScenarioError, available, load, problems


class Desk(Protocol):
    path: Path
    file: Path

    def change(self, old: str, new: str) -> int: ...

    def add(self, text: str, file: str = "desk.toml") -> None: ...


def error_of(desk: Desk) -> str:
    with pytest.raises(ScenarioError) as caught:
        load(str(desk.path))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_sound_folder_becomes_a_scenario(desk: Desk) -> None:
    scenario = load(str(desk.path))

    assert scenario.organisation.name == "The Hat Shop"
    assert scenario.personas[0].opening == [["Hei!", "Mikä koko?"]]
    assert scenario.patterns[0].phases[0].per_minute == 2
    assert problems(str(desk.path)) == []


def test_a_single_file_is_a_desk_too(desk: Desk) -> None:
    assert load(str(desk.file)) == load(str(desk.path))


def test_the_files_of_a_folder_are_joined_in_name_order(desk: Desk) -> None:
    desk.add('[[tags]]\ntitle = "colour"\n', "b.toml")
    desk.add('[[tags]]\ntitle = "feather"\n', "a.toml")
    desk.add("this is no toml", "notes.txt")

    assert [tag.title for tag in load(str(desk.path)).tags] == ["feather", "colour", "size"]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("patience = 60", "patiense = 60", "the key 'patiense' is unknown; did you mean 'patience'?"),
        ('"Maija Malli"\n', '"Maija Malli"\nshoe = 3\n', "the key 'shoe' is unknown; use one of: key, name"),
        ("patience = 60", 'patience = "long"', "patience is 'long'; write a number above 0"),
        ("patience = 60", "patience = 0", "patience is 0; write a number above 0"),
        ("per_minute = 2", "per_minute = -1", "per_minute is -1; write a number at least 0"),
        ('language = "fi"', 'language = "de"', "language is 'de'; write one of: en, fi, nl, sv"),
        ('key = "olle"', 'key = "Olle P"', "key is 'Olle P'; write small letters"),
        ('["Kiitos."]', "[3]", "thanks is 3; write text (1 to 4000 characters)"),
        ('"Hei!", "Mikä koko?"', "", "opening is []; write a list of at least 1"),
        ('say = [["Ja hinta?"]]', 'say = "x"', "say is 'x'; write ways to say it, each a list of messages"),
        ("automatic.en", "automatic.xx", "the key 'xx' is unknown; write one of: en, fi, nl, sv"),
        ('title = "size"', "title = 1979-05-27", "title is datetime.date(1979, 5, 27); write small letters"),
        ('languages = ["en", "fi"]', 'languages = ["en", 7]', "languages is 7; write one of"),
        ('name = "The Hat Shop"', 'naam = "The"', "the key 'naam' is unknown; did you mean 'name'?"),
    ],
)
def test_a_wrong_key_or_value_is_shown_where_it_stands(desk: Desk, old: str, new: str, what: str) -> None:
    line = desk.change(old, new) + ("shoe" in new)

    assert error_of(desk).startswith(f"{desk.file}:{line}: {what}")


def test_the_line_inside_a_list_over_many_lines_is_found(desk: Desk) -> None:
    line = desk.change('[["Hei!", "Mikä koko?"]]', '[\n  ["Hei!"], # "first"\n  ["""\nA\nB""", 4],\n]')

    assert error_of(desk).startswith(f"{desk.file}:{line + 4}: opening is 4;")


def test_a_missing_key_is_reported_at_its_table(desk: Desk) -> None:
    desk.change('email = "maija@example.test"\n', "")
    line = desk.file.read_text()[: desk.file.read_text().index("[[agents]]")].count("\n") + 1

    assert error_of(desk) == f"{desk.file}:{line}: 'email' is missing; add email: text (1 to 4000 characters)"


def test_a_missing_table_is_named(desk: Desk) -> None:
    desk.change('[[patterns]]\nkey = "calm"\nphases = [\n  { minutes = 10, per_minute = 2 },\n]\n', "")

    assert error_of(desk) == f"{desk.file}:1: the desk has no [[patterns]]; add it"


def test_an_unknown_table_is_named_with_the_nearest_one(desk: Desk) -> None:
    line = desk.change("[[tags]]", "[[tag]]")

    assert error_of(desk).startswith(f"{desk.file}:{line}: the key 'tag' is unknown; did you mean 'tags'?")


def test_a_list_table_with_single_brackets_is_explained(desk: Desk) -> None:
    line = desk.change("[[tags]]", "[tags]")

    assert error_of(desk) == f"{desk.file}:{line}: tags is a single table; write [[tags]], one for each"


def test_a_table_given_in_two_files_is_an_error_that_names_both(desk: Desk) -> None:
    desk.add('\n[organisation]\nname = "Other"\n', "other.toml")

    error = error_of(desk)

    other = desk.path / "other.toml"
    assert error == f"{other}:2: [organisation] stands at {desk.file}:1 already; keep one of them"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('queue = "hats"', 'queue = "caps"', "there is no queue 'caps'; use one of: hats; or add it"),
        ('queues = ["hats"]', 'queues = ["caps"]', "there is no queue 'caps'"),
        ('members = ["maija"]', 'members = ["liisa"]', "there is no agent 'liisa'"),
        ('tags = ["size"]', 'tags = ["colour"]', "there is no tag 'colour'"),
        ('language = "fi"', 'language = "sv"', "there is no language 'sv'; use one of: en, fi"),
        ("automatic.en", "automatic.fi", "automatic has no text in the first language, en; add automatic.en"),
        ("patience = 60", "returns = 0.5", "who comes back has nothing to say; add back"),
    ],
)
def test_a_name_that_points_nowhere_is_shown_where_it_stands(
    desk: Desk, old: str, new: str, what: str
) -> None:
    line = desk.change(old, new)

    assert error_of(desk).startswith(f"{desk.file}:{line}: {what}")


def test_a_pattern_without_arrivals_is_an_error(desk: Desk) -> None:
    line = desk.change("per_minute = 2", "per_minute = 0")

    assert error_of(desk).startswith(f"{desk.file}:{line - 3}: nobody ever arrives;")


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ('[[queues]]\nkey = "hats"\nname = "More"\n', "key 'hats'"),
        ('[[tags]]\ntitle = "size"\n', "title 'size'"),
        ('[[canned]]\nshort_code = "hello"\ncontent = "x"\n', "short_code 'hello'"),
        ('[[agents]]\nkey = "b"\nname = "B"\nemail = "Maija@example.test"\n', "email 'maija@example.test'"),
    ],
)
def test_what_stands_twice_is_reported_at_the_second(desk: Desk, table: str, field: str) -> None:
    desk.add("\n\n" + table, "more.toml")

    error = error_of(desk)

    assert re.fullmatch(
        rf"{re.escape(str(desk.path))}/more\.toml:\d+: the .* stands in .*; change one", error
    )
    assert field in error


def test_broken_syntax_is_reported_by_its_line(desk: Desk) -> None:
    line = desk.change("patience = 60", "patience 60")

    assert error_of(desk).startswith(f"{desk.file}:{line}: this is not TOML: Expected '=' after a key")


def test_a_file_that_ends_too_early_is_reported_at_its_end(desk: Desk) -> None:
    desk.add("\nx = [")

    lines = desk.file.read_text().count("\n") + 1
    assert error_of(desk).startswith(f"{desk.file}:{lines}: this is not TOML:")


def test_text_that_is_not_utf8_is_reported_by_its_line(desk: Desk) -> None:
    desk.file.write_bytes(b'[organisation]\nname = "\xe4"\n')

    assert error_of(desk) == f"{desk.file}:2: the text is not UTF-8; save the file as UTF-8"


def test_absurd_nesting_is_an_error_and_no_crash(desk: Desk) -> None:
    desk.add("\nx = " + "[" * 5000 + "]" * 5000, "deep.toml")

    assert "flatten them" in error_of(desk)


def test_all_problems_are_listed_in_the_order_of_the_files(desk: Desk) -> None:
    desk.add('[[tags]]\ntitle = "B B"\n[[tags]]\n', "a.toml")
    line = desk.change("patience = 60", "patiense = 60")

    found = problems(str(desk.path))

    assert [entry.split(": ")[0] for entry in found] == [
        f"{desk.path}/a.toml:2",
        f"{desk.path}/a.toml:3",
        f"{desk.file}:{line}",
    ]


def test_a_folder_without_files_says_so(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"there is no \.toml file in this folder"):
        load(str(tmp_path))


def test_a_path_that_is_not_there_says_so(tmp_path: Path) -> None:
    assert problems(str(tmp_path / "no.toml")) == [
        f"{tmp_path / 'no.toml'}: there is no such file or folder; check the path"
    ]


def test_the_packaged_desks_are_listed_and_sound() -> None:
    assert "tax" in available()
    assert [problems(name) for name in available()] == [[] for _ in available()]


def test_an_unknown_desk_names_the_nearest_one() -> None:
    with pytest.raises(ScenarioError, match=r"there is no desk called 'taxx'; did you mean 'tax'\?"):
        load("taxx")
