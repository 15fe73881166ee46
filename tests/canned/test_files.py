"""Folders of TOML and YAML: read, refused with their line, laid over each other, read again on change."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from canned.folders import changed_since, read_folder
from canned.layers import Shelf, merged
from canned.model import Attachment, Owner, Response, content_hash
from canned.personal import (
    StandsElsewhere,
    difference,
    file_name,
    keep,
    outdated,
    save,
    take,
    version_of,
)
from canned.places import Unreadable
from canned.rowing import RowError, from_values, read_rows, to_values
from canned.rows import toml_rows
from canned.writing import as_toml
from canned.yaml_rows import yaml_rows
from canned.yaml_writing import as_yaml
from tests.canned.library import libraries, responses


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def problems(folder: Path) -> list[str]:
    return [str(problem).removeprefix(f"{folder}/") for problem in read_folder(folder).problems]


MANY = """
[[response]]
shortcut = "moi"
title = "Greeting"
queues = ["Tax"]

[response.text]
fi = "Hei"
sv = '''
Hej
'''

[[response]]
shortcut = "kiitos"
text = "Kiitos"
"""


def test_one_file_holds_one_response_or_many_in_toml_or_yaml(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        {
            "many.toml": MANY,
            "tax/cards/card.toml": 'shortcut = "kortti"\ntext = "Kortti"\n',
            "list.yaml": "- shortcut: a\n  text: A\n- shortcut: b\n  text:\n    no: ja\n    any: B\n",
            "one.yml": "shortcut: c\ntext: |\n  C\n\n  D\n",
            "notes.md": "not a response",
            ".git/x.toml": "broken = ",
        },
    )
    found = {one.shortcut: one for one in read_folder(folder).responses}
    assert sorted(found) == ["a", "b", "c", "kiitos", "kortti", "moi"]
    assert found["moi"].bodies == {"fi": "Hei", "sv": "Hej"}
    assert found["kortti"].category == ("tax", "cards")
    assert (found["b"].text, found["b"].bodies) == ("B", {"no": "ja"})
    assert found["c"].text == "C\n\nD"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.toml", 'shortcut = "a"\ntxt = "x"\n', "a.toml:2: unknown name txt; did you mean text?"),
        ("a.toml", 'text = "x"\n', 'a.toml:1: shortcut is missing; add shortcut = "..."'),
        ("a.toml", 'shortcut = "a"\n', 'a.toml:1: a has no text; add text = "..."'),
        (
            "a.toml",
            'shortcut = "a b"\ntext = "x"\n',
            "a.toml:1: shortcut does not fit; write one word without blanks",
        ),
        ("a.toml", MANY + "tags = 3\n", "a.toml:16: tags of kiitos does not fit; write a list of texts"),
        ("a.toml", "shortcut = a\n", "a.toml:1: this is not TOML (invalid value); put texts between quotes"),
        ("a.toml", "x = 1\n" + MANY, "a.toml:1: x stands outside of [[response]]; move it below one of them"),
        ("a.yaml", "a: 1\na: 2\n", "a.yaml:2: a stands here twice; take one of them out"),
        (
            "a.yaml",
            "- shortcut: a\n  text: x\n  after:\n    priority: soon\n",
            "a.yaml:3: after of a does not fit",
        ),
        (
            "a.yaml",
            "a: &b [*b]\n",
            "a.yaml:1: anchors (& and *) are not read; write the text out in both places",
        ),
        ("a.toml", "a." * 50_000, "a.toml:1: this is nested too deep; write it flat"),
        ("a.yaml", "[" * 50, "a.yaml:1: this is nested too deep; write it flat"),
    ],
    ids=range(12),
)
def test_a_mistake_is_told_with_file_line_and_remedy_and_the_rest_loads(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    folder = written(tmp_path, {name: text, "good.toml": 'shortcut = "good"\ntext = "x"'})
    assert [problem.startswith(told) for problem in problems(folder)] == [True]
    assert "good" in [one.shortcut for one in read_folder(folder).responses]


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b'shortcut = "a"\ntext = "\xff"')
    assert problems(tmp_path) == ["a.toml:2: this is not UTF-8 text; save the file as UTF-8"]


def test_a_shortcut_twice_in_a_folder_is_told_and_the_first_stays(tmp_path: Path) -> None:
    folder = written(
        tmp_path, {"a.toml": 'shortcut = "x"\ntext = "1"', "b.toml": 'shortcut = "X"\ntext = "2"'}
    )
    assert [one.text for one in read_folder(folder).responses] == ["1"]
    assert problems(folder)[0].startswith("b.toml:1: X is there already, in ")


def test_an_attachment_outside_of_the_folder_is_never_taken(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s")
    folder = tmp_path / "team"
    text = 'shortcut = "a"\ntext = "x"\nattachments = ["../secret", "/etc/hostname", "link", "guide.pdf"]'
    written(folder, {"a.toml": text, "guide.pdf": ""})
    (folder / "link").symlink_to(tmp_path / "secret")
    read = read_folder(folder)
    assert [Path(one.path).name for one in read.responses[0].attachments] == ["guide.pdf"]
    assert len(read.problems) == 3


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert read_folder(tmp_path / "none").responses == ()


def test_a_change_is_seen_without_reading(tmp_path: Path) -> None:
    folder = written(tmp_path, {"a.toml": 'shortcut = "a"\ntext = "x"'})
    stamp = read_folder(folder).stamp
    assert not changed_since(folder, stamp)
    os.utime(folder / "a.toml", ns=(1, 1))
    assert changed_since(folder, stamp)
    stamp = read_folder(folder).stamp
    written(folder, {"b.toml": ""})
    assert changed_since(folder, stamp)


def test_the_shelf_reads_what_changed_and_nearest_wins(tmp_path: Path) -> None:
    team = written(tmp_path / "team", {"a.toml": 'shortcut = "a"\ntext = "team"'})
    shelf = Shelf([team, tmp_path / "more"], tmp_path / "mine")
    shelf.take_backend([Response("7", "a", "backend"), Response("8", "b", "backend")])
    before = shelf.library.version
    assert [one.text for one in shelf.library.responses] == ["backend", "backend"]
    assert not shelf.refresh()
    written(tmp_path / "mine", {"a.toml": 'shortcut = "A"\ntext = "mine"'})
    assert shelf.refresh()
    assert shelf.library.version != before
    assert [(one.text, one.owner) for one in shelf.library.responses] == [
        ("mine", Owner.PERSONAL),
        ("backend", Owner.SHARED),
    ]


def test_a_personal_version_knows_when_its_original_changed(tmp_path: Path) -> None:
    shared = Response("team/moi", "moi", bodies={"fi": "Hei", "sv": "Hej"})
    mine = version_of(shared, "fi", "Moikka")
    assert outdated(merged([[shared], [mine]])) == []
    now = replace(shared, bodies={"fi": "Hei vain", "sv": "Hej"})
    [found] = outdated(merged([[now], [mine]]))
    assert found.original == now
    changes = [line for line in difference(mine, now) if line[0] in "+-"]
    assert [line.replace(" ", "") for line in changes] == ["-fi:Heivain", "+fi:Moikka"]
    for settled, text in ((take(mine, now), "Hei vain"), (keep(mine, now), "Moikka")):
        assert outdated(merged([[now], [settled]])) == []
        assert settled.bodies["fi"] == text
        assert settled.owner is Owner.PERSONAL


def test_a_personal_version_outlives_its_original() -> None:
    mine = version_of(Response("1", "moi", "Hei"), "", "Moikka")
    [found] = outdated(merged([[], [mine]]))
    assert found.original is None
    assert keep(mine, None).original is None


def test_what_is_saved_is_read_back_and_is_the_owners_alone(tmp_path: Path) -> None:
    mine = version_of(Response("1", "Hei/ho", "Hei"), "fi", "Moikka")
    path = save(tmp_path / "mine", mine)
    assert save(tmp_path / "mine", mine) == path
    [read] = read_folder(tmp_path / "mine", Owner.PERSONAL, "mine/").responses
    assert read == mine
    assert path.stat().st_mode & 0o077 == 0
    assert len(list(path.parent.iterdir())) == 1


def test_saving_leaves_alone_what_a_person_wrote_elsewhere(tmp_path: Path) -> None:
    folder = written(tmp_path, {"all.toml": MANY})
    with pytest.raises(StandsElsewhere) as refused:
        save(folder, Response("", "kiitos", "Kiitti"))
    assert refused.value.place.line == 13


def test_attachments_of_others_are_not_saved_with_mine(tmp_path: Path) -> None:
    mine = Response("mine/a", "a", "x", attachments=(Attachment("/elsewhere/b.pdf"),))
    save(tmp_path, mine)
    assert read_folder(tmp_path).responses[0].attachments == ()


@given(st.text(min_size=1), st.text(min_size=1))
def test_file_names_are_plain_and_apart(one: str, other: str) -> None:
    names = file_name(one), file_name(other)
    assert all("/" not in name and name not in {"", ".", ".."} for name in names)
    if one.strip().casefold() != other.strip().casefold() and names[0] == names[1]:
        assert len(one) > 60


@given(libraries)
def test_toml_and_yaml_say_the_same_as_the_responses(library: list[Response]) -> None:
    for text, rows in ((as_toml(library), toml_rows), (as_yaml(library), yaml_rows)):
        read, wrong = read_rows(rows(text), "file", Owner.SHARED, "")
        assert wrong == []
        assert [response for response, _ in read] == library


@given(responses)
def test_a_response_keeps_its_hash_through_a_file(response: Response) -> None:
    assert content_hash(from_values(to_values(response))) == content_hash(response)
    assert content_hash(replace(response, text=f"{response.text}!")) != content_hash(response)


@given(st.text() | st.text("[]{}:-&*#\"'= \n\tab|>%@`,?!", max_size=60))
def test_no_text_crashes_the_readers(text: str) -> None:
    for rows in (toml_rows, yaml_rows):
        try:
            found = rows(text)
        except Unreadable:
            continue
        read_rows(found, "file", Owner.SHARED, "")


_trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(
    st.dictionaries(st.sampled_from(["shortcut", "text", "tags", "links", "after", "original", "x"]), _trees)
)
def test_no_values_crash_the_making_of_a_response(values: dict[str, object]) -> None:
    with contextlib.suppress(RowError):
        assert from_values(values).texts


@given(st.lists(libraries, max_size=4))
def test_merging_depends_on_the_layers_alone(layers: list[list[Response]]) -> None:
    once, again = merged(layers), merged([list(layer) for layer in layers])
    assert once == again
    names = [one.shortcut.casefold() for one in once.responses]
    assert names == sorted(set(names))
    for one in once.responses:
        nearest = next(
            layer
            for layer in reversed(layers)
            if one.shortcut.casefold() in {x.shortcut.casefold() for x in layer}
        )
        assert one in nearest
