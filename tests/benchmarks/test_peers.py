"""Other people's programs: what they get stays on this machine; one that is missing costs its row only."""

import asyncio
import html
import re
import threading
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import peer_irc, peer_xmpp, xmpp_customers
from benchmarks.__main__ import PEERS
from benchmarks.figures import Figure
from benchmarks.flood import SENTENCE
from benchmarks.load import ROOT
from benchmarks.peer_customers import Server, in_time

XMPP = Server(5999, "never-in-arguments")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (peer_irc.weechat, "peer-weechat: left out, as weechat and ngircd are not both installed\n"),
        (peer_xmpp.poezio, "peer-poezio: left out, as poezio and prosody are not both installed\n"),
        (peer_xmpp.profanity, "peer-profanity: left out, as profanity and prosody are not both installed\n"),
    ],
)
def test_a_peer_that_is_not_installed_is_left_out_in_one_line(
    row: Callable[[], list[Figure]],
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("benchmarks.peers.MORE_PLACES", str(tmp_path))
    assert row() == []
    assert capsys.readouterr().err == sentence


def test_make_measures_every_peer_there_is() -> None:
    assert f"--only {','.join(PEERS)}\n" in (ROOT / "Makefile").read_text()


def test_servers_and_peers_know_no_address_but_this_machine(tmp_path: Path) -> None:
    texts = [
        peer_irc.CONF.format(port=XMPP.port),
        peer_xmpp.prosody_conf(tmp_path, XMPP),
        peer_xmpp.poezio_conf(XMPP),
        peer_xmpp.profanity_conf(XMPP),
    ]
    for text in texts:
        assert set(re.findall(r"\d+\.\d+\.\d+\.\d+", text)) == {"127.0.0.1"}
        assert set(re.findall(r"@([\w.]+)", text)) <= {"localhost", "rooms.localhost"}


def test_the_xmpp_server_speaks_to_no_other_server(tmp_path: Path) -> None:
    conf = peer_xmpp.prosody_conf(tmp_path, XMPP)
    assert re.search(r'^modules_disabled = \{.*"s2s".*\}$', conf, re.MULTILINE)
    assert re.search(r'^interfaces = \{ "127.0.0.1" \}$', conf, re.MULTILINE)
    assert "s2s" not in re.sub(r"^modules_disabled.*$", "", conf, flags=re.MULTILINE)


@pytest.mark.parametrize("start", [peer_xmpp.poezio_at, peer_xmpp.profanity_at])
def test_a_password_stands_in_a_file_of_the_home_and_in_no_argument(
    start: Callable[[str, Path, Server], list[str]], tmp_path: Path
) -> None:
    command = start("/usr/bin/peer", tmp_path, XMPP)
    assert not any(XMPP.password in argument for argument in command)
    texts = [path.read_text() for path in tmp_path.rglob("*") if path.is_file()]
    assert any(f"password={XMPP.password}" in text.replace(" ", "") for text in texts)


def test_poezio_goes_into_all_seven_rooms_by_itself() -> None:
    (rooms,) = re.findall(r"^rooms = (.*)$", peer_xmpp.poezio_conf(XMPP), re.MULTILINE)
    assert rooms.split(":") == [f"chat{number}@rooms.localhost/agent" for number in range(1, 8)]


def test_a_text_cannot_end_its_message() -> None:
    said = "</body></message> & <presence type='unavailable'/>"
    stanza = xmpp_customers.message(2, said)
    assert "to='chat3@rooms.localhost'" in stanza
    (body,) = re.findall(r"<body>([^<]*)</body></message>$", stanza)
    assert html.unescape(body) == said


def test_a_customer_says_who_they_are_and_waits_for_the_agent_in_their_room() -> None:
    said = xmpp_customers.entrance(4, XMPP.password)
    ((plain, _),) = [step for step in said if step[0].startswith("<auth")]
    (encoded,) = re.findall(r">([^<]+)</auth>", plain)
    assert b64decode(encoded).decode().split("\0") == ["", "guest4", XMPP.password]
    assert said[-1][1] == b"chat5@rooms.localhost/agent"


def test_customers_say_the_texts_of_the_flood_until_they_are_stopped() -> None:
    stopped = threading.Event()

    async def heard() -> list[str]:
        texts = []
        async for text in in_time(0, stopped):
            texts.append(text)
            stopped.set()
        return texts

    assert asyncio.run(heard()) == [SENTENCE.format(number=0)]
