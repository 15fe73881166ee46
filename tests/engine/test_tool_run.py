"""A command of the agent's: what it is given, what it may bring, how it is stopped."""

from __future__ import annotations

import sys

import pytest

from agent_tui.desk.tools import ToolTrouble
from agent_tui.engine.tool_run import LONGEST, ToolFailed, passed_on, run_tool


def python(program: str) -> tuple[str, ...]:
    return (sys.executable, "-c", program)


async def trouble_of(*argv: str, within: float = 30.0) -> tuple[ToolTrouble, str]:
    with pytest.raises(ToolFailed) as caught:
        await run_tool(argv, "text", within=within)
    return caught.value.trouble, caught.value.detail


async def test_a_text_goes_in_and_what_is_written_comes_out_clean() -> None:
    echo = "import sys; print('\\x1b[31m' + sys.stdin.read().upper() + '\\x07\\u202e ')"
    assert await run_tool(python(echo), "häj\nthere") == "␛[31mHÄJ\nTHERE␇"


async def test_no_shell_reads_the_arguments() -> None:
    show = (sys.executable, "-c", "import sys; print(sys.argv[1])", "$HOME; echo `id`")
    assert await run_tool(show, "") == "$HOME; echo `id`"


async def test_a_command_that_reads_nothing_may_still_write() -> None:
    assert await run_tool(python("print('done')"), "long " * 200_000) == "done"


async def test_no_secret_of_the_environment_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENT_TUI_TOKEN", "do-not-tell")
    monkeypatch.setenv("SOME_API_KEY", "do-not-tell")
    shown = await run_tool(python("import os; print(dict(os.environ))"), "")
    assert "do-not-tell" not in shown
    assert passed_on({"PATH": "/bin", "LC_ALL": "C", "PASSWORD": "x"}) == {"PATH": "/bin", "LC_ALL": "C"}


async def test_a_program_that_is_not_there_says_so() -> None:
    trouble, detail = await trouble_of("no-such-program-here")
    assert (trouble, detail) == (ToolTrouble.NOT_STARTED, "No such file or directory")


async def test_an_error_comes_with_the_commands_last_words() -> None:
    failing = python("import sys; print('half'); sys.stderr.write('one\\nno \\x1bkey\\n'); sys.exit(3)")
    assert await trouble_of(*failing) == (ToolTrouble.FAILED, "no ␛key")


async def test_a_command_is_stopped_when_its_time_is_up() -> None:
    assert (await trouble_of(*python("import time; time.sleep(3600)"), within=0.3))[0] is ToolTrouble.TOO_SLOW


async def test_a_command_that_goes_on_writing_is_stopped() -> None:
    assert (await trouble_of(*python("while True: print('x' * 1000)")))[0] is ToolTrouble.TOO_LONG
    assert (await trouble_of(*python(f"print('x' * {LONGEST + 1})")))[0] is ToolTrouble.TOO_LONG


@pytest.mark.parametrize("program", ["pass", "print(' ')", "import sys; sys.stdout.buffer.write(b'\\xff')"])
async def test_what_is_no_text_is_no_draft(program: str) -> None:
    assert (await trouble_of(*python(program)))[0] is ToolTrouble.NO_TEXT
