"""``agent-tui canned``: the library from the command line, as a person or a team's CI calls it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from agent_tui.paths import places
from agent_tui.settings import load
from canned.quality import Quality
from tests.cli.program import Outcome, run

MOI = 'shortcut = "moi"\ntitle = "Greeting"\n[text]\nfi = "Hei {{ contact.first_name }}"\nsv = "Hej"\n'


@pytest.fixture
def team(tmp_path: Path) -> Path:
    folder = tmp_path / "team"
    folder.mkdir()
    (folder / "moi.toml").write_text(MOI)
    (folder / "cards.yaml").write_text("- shortcut: card\n  text: Your card is on its way\n")
    return folder


def canned(home: Path, *arguments: str, team: Path | None = None) -> Outcome:
    return run(home, "canned", *arguments, AGENT_TUI_CANNED_TEAM=str(team or ""))


def test_the_library_is_listed_and_searched(tmp_path: Path, team: Path) -> None:
    everything = canned(tmp_path, "list", team=team)
    assert [line.split()[0] for line in everything.out.splitlines()] == ["card", "moi"]
    assert canned(tmp_path, "list", "greeting", team=team).out.split() == ["moi", "fi", "sv", "Greeting"]


def test_the_list_is_json_with_files_and_lines(tmp_path: Path, team: Path) -> None:
    card, moi = json.loads(canned(tmp_path, "list", "--json", team=team).out)
    assert (card["key"], card["file"], card["line"]) == ("team/card", str(team / "cards.yaml"), 1)
    assert moi["bodies"] == {"fi": "Hei {{ contact.first_name }}", "sv": "Hej"}


def test_an_empty_library_says_where_responses_go(tmp_path: Path) -> None:
    outcome = canned(tmp_path, "list")
    assert (outcome.code, outcome.line) == (
        0,
        f"No response found. Your own go into {tmp_path}/config/canned.",
    )


def test_a_team_folder_that_is_gone_is_one_clear_line(tmp_path: Path) -> None:
    outcome = canned(tmp_path, "list", team=tmp_path / "gone")
    assert outcome.code == 1
    assert outcome.line.startswith(f"{tmp_path}/gone is not there. Correct team under [canned]")


def test_a_good_folder_passes_the_check(tmp_path: Path, team: Path) -> None:
    outcome = canned(tmp_path, "check", str(team))
    assert (outcome.code, outcome.out) == (0, "2 responses, 0 mistakes, 0 hints\n")


def test_a_mistake_fails_the_check_with_its_line(tmp_path: Path, team: Path) -> None:
    (team / "bad.toml").write_text('shortcut = "bad"\ntext = "{{ contact.nmae }}"\ntitel = "x"\n')
    (team / "worse.toml").write_text('shortcut = "worse"\ntext = "Hei {{ contact.nmae }}"\n')
    outcome = canned(tmp_path, "check", str(team))
    assert outcome.code == 1
    assert f"{team}/bad.toml:3: unknown name titel; did you mean title? [unreadable]" in outcome.out
    assert "worse: there is no contact.nmae; did you mean contact.name? [unknown-variable]" in outcome.out
    told = json.loads(canned(tmp_path, "check", "--json", str(team)).out)
    assert (told["responses"], told["mistakes"]) == (3, 2)
    assert {finding["check"] for finding in told["findings"]} == {"unreadable", "unknown-variable"}


def test_hints_do_not_fail_the_check(tmp_path: Path, team: Path) -> None:
    outcome = canned(tmp_path, "check", str(team), "--need", "fi,sv,nl", "--unused-days", "30")
    assert outcome.code == 0
    assert "moi: there is no text in nl; add nl below text [missing-translation]" in outcome.out
    assert "not used as far as this computer knows" in outcome.out


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/there" else 404)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


def test_dead_links_are_found_by_asking(tmp_path: Path, team: Path) -> None:
    site = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    Thread(target=site.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{site.server_port}"
    (team / "links.toml").write_text(f'shortcut = "l"\ntext = "Look at {url}/there and {url}/gone."\n')
    outcome = canned(tmp_path, "check", str(team), "--links")
    site.shutdown()
    site.server_close()
    assert outcome.code == 1
    assert f"{url}/gone answers 404; correct or remove it [dead-link]" in outcome.out
    assert "/there answers" not in outcome.out


def test_what_a_file_says_reaches_the_terminal_cleaned(tmp_path: Path, team: Path) -> None:
    (team / "evil.toml").write_text(
        'shortcut = "a"\ntitle = "\\u001b]0;x\\u0007\\u202e"\ntext = "\\u009b2J"\n'
    )
    for arguments in (("list",), ("list", "--json"), ("check",)):
        out = canned(tmp_path, *arguments, team=team).out
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(out)


def test_what_is_exported_can_be_imported(tmp_path: Path, team: Path) -> None:
    for kind, name in (("chatwoot", "x.json"), ("csv", "x.csv"), ("yaml", "x.yaml"), ("markdown", "x")):
        there, back = tmp_path / name, tmp_path / f"back-{kind}"
        assert canned(tmp_path, "export", kind, str(there), team=team).code == 0
        outcome = canned(tmp_path, "import", kind, str(there), "--to", str(back))
        assert (outcome.code, outcome.out) == (0, f"2 responses written to {back}\n")
        assert canned(tmp_path, "check", str(back)).code == 0
        assert (
            json.loads(canned(tmp_path, "list", "moi", "--json", team=back).out)[0]["bodies"]["sv"] == "Hej"
        )


def test_importing_leaves_what_is_there(tmp_path: Path) -> None:
    source = tmp_path / "list.json"
    source.write_text('[{"short_code": "moi", "content": "Hei"}, {"short_code": "x"}]')
    first = canned(tmp_path, "import", "chatwoot", str(source))
    assert (first.code, first.out) == (1, f"1 response written to {tmp_path}/config/canned\n")
    assert first.line == f"{source}:2: entry 2 is no canned response; it needs short_code and content"
    again = canned(tmp_path, "import", "chatwoot", str(source))
    assert f"moi is in {tmp_path}/config/canned already and stays as it is" in again.err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("export", "word"), 2, "There is no format word; there is chatwoot, csv, espanso, libredesk"),
        (("import", "csv", "no/such/file"), 1, "no/such/file cannot be read (No such file or directory)."),
        (("export", "markdown"), 2, "Markdown goes into a folder"),
        (("check", "no/such/folder"), 2, "no/such/folder is not there."),
        (("dance",), 2, "WHAT cannot be 'dance'"),
    ],
)
def test_what_does_not_work_is_one_clear_line(
    tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    outcome = canned(tmp_path, *arguments)
    assert outcome.code == code
    assert told in outcome.line


def test_statistics_are_told_as_table_json_and_csv(tmp_path: Path) -> None:
    assert canned(tmp_path, "stats").line.startswith("Nothing is counted yet.")
    store = Quality(places({"AGENT_TUI_HOME": str(tmp_path)}).canned_quality)
    store.used("team/moi", datetime.now(UTC).date(), changed=0.5)
    store.close()
    assert "team/moi" in canned(tmp_path, "stats").out
    assert json.loads(canned(tmp_path, "stats", "--json").out)["responses"][0]["edited"] == 1
    assert (
        canned(tmp_path, "stats", "--csv", "--days", "3").out.splitlines()[1].startswith("team/moi,1,1,0.50")
    )


def test_team_folders_are_a_list_in_the_file_and_as_in_path_in_the_environment(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[canned]\nteam = ["a", "~/b"]\npersonal = "mine"\n')
    assert load(path, {}, {}).canned.team == ("a", "~/b")
    assert load(path, {"AGENT_TUI_CANNED_TEAM": "x:y"}, {}).canned.team == ("x", "y")
    here = places({"AGENT_TUI_HOME": str(tmp_path)})
    assert here.folder("mine") == tmp_path / "config/mine"
    assert here.folder("~/b") == Path("~/b").expanduser()
