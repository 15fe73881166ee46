"""Breaks what keeps texts safe, one thing at a time, and looks whether a test notices: ``make mutants``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
COPIED: Final = ("agent_tui", "api_client", "canned", "themes", "practice", "tests", "pyproject.toml")

OUTBOX, SENDING, LIVE = (
    "tests/engine/test_outbox.py",
    "tests/engine/test_sending.py",
    "tests/engine/test_live.py",
)
REJOINING = "tests/engine/test_rejoining.py"
LINES, LOSS, TALK = (
    "tests/desk/test_writing.py",
    "tests/desk/test_silent_loss.py",
    "tests/desk/test_talking.py",
)
TEXT, LEADING, FILES = (
    "tests/desk/test_text.py", "tests/api_client/test_leading.py", "tests/api_client/test_file_transport.py",
)  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One thing broken: ``old`` stands in the file once, and becomes ``new``."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    """Those that must notice."""


MUTANTS: Final = (
    Mutant("outbox: not synced", "agent_tui/engine/outbox.py",
           '_TABLE, "FULL")', '_TABLE, "NORMAL")', (OUTBOX,)),
    Mutant("outbox: sync switched off", "agent_tui/engine/private_base.py",
           'f"PRAGMA synchronous={synchronous}"', '"PRAGMA synchronous=OFF"', (OUTBOX,)),
    Mutant("outbox: no write-ahead log", "agent_tui/engine/private_base.py",
           "PRAGMA journal_mode=WAL", "PRAGMA journal_mode=MEMORY", (OUTBOX,)),
    Mutant("outbox: sent without being written", "agent_tui/engine/session.py",
           "                self._catching_up.written(effect)\n"
           "                self._outbox.keep(Unsent(conversation, echo, text, note, after, files))",
           "                self._catching_up.written(effect)", (OUTBOX,)),
    Mutant("outbox: held texts are not written", "agent_tui/engine/session.py",
           "            case e.KeepText(conversation, echo, text, note, after, files):\n"
           "                self._outbox.keep(Unsent(conversation, echo, text, note, after, files))",
           "            case e.KeepText():", (OUTBOX,)),
    Mutant("outbox: written after leaving", "agent_tui/engine/session.py",
           "            await self._ready(effect, self._pace.sending.reach)\n"
           "            self._emit(d.ReplyLeft(effect.conversation, effect.echo))",
           "            self._emit(d.ReplyLeft(effect.conversation, effect.echo))\n"
           "            await self._ready(effect, self._pace.sending.reach)", (SENDING,)),
    Mutant("outbox: not committed", "agent_tui/engine/outbox.py",
           "            with self._base:\n                self._base.executemany(_PUT, rows)",
           "            self._base.executemany(_PUT, rows)", (OUTBOX,)),
    Mutant("outbox: never let go of", "agent_tui/engine/session.py",
           "                self._outbox.let_go(conversation, echo, MessageId(line.key))\n", "", (OUTBOX,)),
    Mutant("outbox: a full disk is not told", "agent_tui/engine/outbox_keeper.py",
           "        self._emit(StorageFailed(disk_problem(error)))", "        del error", (OUTBOX,)),
    Mutant("outbox: what a full disk did not take is forgotten", "agent_tui/engine/outbox_keeper.py",
           "list(self._unwritten.values())", "[text]", (OUTBOX,)),
    Mutant("outbox: two programs share it", "agent_tui/engine/private_base.py",
           "fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)", "fcntl.flock(held, fcntl.LOCK_UN)", (OUTBOX,)),
    Mutant("outbox: readable by others", "agent_tui/engine/private_base.py",
           "path.chmod(0o600)", "path.chmod(0o644)", (OUTBOX,)),
    Mutant("outbox: left-behind texts are not looked for", "agent_tui/desk/unsent.py",
           "            looks.append(LookForReply(", "            len((", ("tests/desk/test_unsent.py",)),
    Mutant("drafts: saved too late", "agent_tui/engine/draft_keeper.py",
           "GATHER: Final = 0.15", "GATHER: Final = 0.5", ("tests/engine/test_drafts.py",)),
    Mutant("twice: lines are not compared by id", "agent_tui/desk/lines.py",
           "    if line.key in transcript.orders:\n        return False\n", "", (LINES, TALK)),
    Mutant("twice: a push does not confirm our own line", "agent_tui/desk/lines.py",
           "    _confirm(transcript, line)\n    if", "    if", (LINES, TALK)),
    Mutant("twice: sent again without looking", "agent_tui/engine/sending.py",
           "return await self._look(reply) or await self._post_again", "return await self._post_again",
           (SENDING,)),
    Mutant("twice: looked for once only", "agent_tui/engine/sending.py",
           "for _ in range(2):", "for _ in range(1):", (SENDING,)),
    Mutant("twice: an earlier equal text counts", "agent_tui/engine/sending.py",
           "and not self._claims.has(reply.conversation, message.id)", "", (SENDING,)),
    Mutant("twice: a note counts as a reply", "agent_tui/engine/sending.py",
           "            message.kind is kind\n            and author", "            author", (SENDING,)),
    Mutant("twice: somebody else's text counts", "agent_tui/engine/sending.py",
           "(author.kind, author.id) == (AuthorKind.AGENT, self._me)", "author.kind is AuthorKind.AGENT",
           (SENDING,)),
    Mutant("order: replies side by side", "agent_tui/engine/lanes.py",
           "lane = self._lanes.get(effect.conversation)\n", "lane = None\n", (SENDING,)),
    Mutant("order: a later reply overtakes one that failed", "agent_tui/engine/lanes.py",
           "        return problem.trouble not in _ITS_OWN", "        return False", (SENDING,)),
    Mutant("order: lines stand as they come", "agent_tui/desk/lines.py",
           "bisect_right(transcript.lines, line.order, 0, _settled(transcript), key=_ORDER))",
           "_settled(transcript))", (LINES, TALK)),
    Mutant("gap: replies do not wait for what was missed", "agent_tui/engine/catching_up.py",
           "            self._emit(await self._fetch(", "            len((", (SENDING,)),
    Mutant("gap: a colleague's answer does not hold a reply back", "agent_tui/engine/catching_up.py",
           "            raise Overtaken\n", "            return\n", (SENDING,)),
    Mutant("gap: what no push told is not looked for", "agent_tui/desk/following.py",
           "    return effects + _read_again(state)", "    return effects", (LOSS,)),
    Mutant("gap: a long loss is not filled", "agent_tui/desk/talking.py",
           "        return [LoadMissed(chat.id, proved)]", "        return []", (LOSS,)),
    Mutant("gap: not filled on reconnect", "agent_tui/desk/linking.py",
           "return [effect for chat in watched for effect in _catch_up(chat)]", "return []", (LOSS, TALK)),
    Mutant("gap: what was not filled is forgotten", "agent_tui/desk/absence.py",
           "gap + before", "gap", ("tests/desk/test_absence.py",)),
    Mutant("gap: nothing is listed behind what changed", "agent_tui/engine/live.py",
           "            await self._until_listed(self._lists.check)\n", "", (REJOINING,)),
    Mutant("gap: read before a second loss counts as up to date", "agent_tui/engine/session.py",
           "            case d.ConnectionDropped():\n",
           "            case d.ConnectionDropped() if not self._lost.is_set():\n", (REJOINING,)),
    Mutant("gap: missed lines are not marked", "agent_tui/desk/talking.py",
           "while_away=missed and not line.mine", "while_away=False", (LOSS,)),
    Mutant("guard: a text that names another customer", "agent_tui/desk/guarding.py",
           "return None if other is None else NamesAnother(chat.card.name, other)", "return None",
           ("tests/desk/test_guarding.py",)),
    Mutant("guard: a colleague answered meanwhile", "agent_tui/desk/guarding.py",
           "    if chat.colleague_wrote:\n", "    if False:\n", ("tests/desk/test_guarding.py",)),
    Mutant("screen: control characters pass", "agent_tui/desk/text.py",
           "lines.translate(_CONTROLS)", "lines", (TEXT,)),
    Mutant("screen: C1 controls pass", "agent_tui/desk/text.py",
           "    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),\n", "", (TEXT,)),
    Mutant("screen: escape counts as plain", "agent_tui/desk/text.py",
           r'"\n -~\xa0', r'"\n\x1b -~\xa0', (TEXT,)),
    Mutant("screen: bidi controls pass", "agent_tui/desk/text.py",
           '_invisible().sub("", shown)', "shown", (TEXT,)),
    Mutant("screen: surrogates pass", "agent_tui/desk/text.py",
           r'_no_picture().sub("\ufffd", lines.translate(_CONTROLS))', "lines.translate(_CONTROLS)", (TEXT,)),
    Mutant("screen: floods of marks pass", "agent_tui/desk/text.py", 'r"\\1", ', 'r"\\g<0>", ', (TEXT,)),
    Mutant("screen: the raw view is raw", "agent_tui/desk/text.py",
           '_odd().sub(_escape, raw.replace("\\\\", "\\\\\\\\"))', "raw", (TEXT,)),
    Mutant("screen: messages without end", "agent_tui/desk/text.py",
           "kept = _within(shown, limit)", "kept = shown", (TEXT,)),
    Mutant("token: goes back along after a detour", "api_client/transport/leading.py",
           "hop.trusted and following.trusted", "following.trusted", (LEADING,)),
    Mutant("token: goes to every host", "api_client/transport/leading.py",
           "Hop(url, _same(address, place), ", "Hop(url, True, ", (LEADING, FILES)),
    Mutant("token: goes to every port", "api_client/transport/leading.py",
           "address.host.lower(), address.port)", "address.host.lower(), place.port)", (LEADING,)),
    Mutant("token: strangers get the client that has it", "api_client/transport/http.py",
           "self._using() if hop.trusted else _stranger(hop)", "self._using()", (FILES,)),
    Mutant("token: stands in its repr", "api_client/secret.py",
           'f"Secret({MASK})"', 'f"Secret({self._value})"', ("tests/api_client/test_secret.py",)),
)  # fmt: skip


def mutated(mutant: Mutant, text: str) -> str:
    """The file's text, broken.

    Raises:
        ValueError: what is to be broken does not stand there once.
    """
    if text.count(mutant.old) != 1:
        raise ValueError(f"{mutant.name}: {mutant.file} has it {text.count(mutant.old)} times")
    return text.replace(mutant.old, mutant.new)


def copied(folder: Path) -> None:
    """The sources and tests, to be broken there."""
    leave = shutil.ignore_patterns("__pycache__", ".*")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=leave)
        else:
            shutil.copy(ROOT / name, folder / name)


def notices(folder: Path, tests: Iterable[str]) -> bool:
    """Whether the tests fail there."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]
    own = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=folder, env=own, capture_output=True, check=False)
    if done.returncode not in {0, 1}:
        raise RuntimeError(done.stdout.decode()[-2000:])
    return done.returncode == 1


def survives(folder: Path, mutant: Mutant) -> bool:
    """Whether no test notices the mutant in a copy of the sources."""
    place = folder / mutant.file
    sound = place.read_text()
    place.write_text(mutated(mutant, sound))
    try:
        return not notices(folder, mutant.tests)
    finally:
        place.write_text(sound)


def main(wanted: str = "") -> int:
    """Try the mutants whose name holds ``wanted``; prints what became of each."""
    chosen = [mutant for mutant in MUTANTS if wanted in mutant.name]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        copied(folder)
        if notices(folder, sorted({test for mutant in chosen for test in mutant.tests})):
            sys.stdout.write("The tests fail without any mutant.\n")
            return 2
        survivors = 0
        for mutant in chosen:
            began = time.monotonic()
            alive = survives(folder, mutant)
            survivors += alive
            word = "SURVIVED" if alive else "killed"
            sys.stdout.write(f"{word:9} {mutant.name}  ({time.monotonic() - began:.1f} s)\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(chosen) - survivors} of {len(chosen)} mutants killed\n")
    return min(survivors, 1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
