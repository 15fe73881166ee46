"""The page docs/settings.md: every setting, its default, its variable and what it does."""

from __future__ import annotations

from typing import Any, Final, Literal, get_args, get_origin

from agent_tui import settings


def markdown() -> str:
    """All of docs/settings.md."""
    lines = [_PAGE]
    for section, struct in settings.SECTIONS.items():
        lines += [f"## [{section}]", "", " ".join((struct.__doc__ or "").split()), ""]
        lines += ["| setting | default | environment | what it does |", "|---|---|---|---|"]
        for where, name, kind in settings.each_setting():
            if where == section:
                default, variable = settings.toml(getattr(struct(), name)), settings.variable(section, name)
                lines.append(f"| `{name}` | `{default}` | `{variable}` | {_told(kind)} |")
        lines.append("")
    return "\n".join([*lines, _KEYS_PART])


def _told(kind: Any) -> str:
    bare = get_args(kind)[0]
    literal = get_origin(bare) is Literal
    choices = f" One of {', '.join(f'`{choice}`' for choice in get_args(bare))}." if literal else ""
    return f"{settings.description(kind)}{choices}"


_PAGE: Final = """# Settings

<!-- Made by `make docs` from agent_tui/settings_schema.py. -->

Settings are read from `settings.toml` in the user's configuration folder (on Linux
`~/.config/agent-tui/`; with `AGENT_TUI_HOME` set, `config/` in that folder). A setting that does not
exist, or a value that does not fit, is refused with its line.

A profile is a connection with a name: `profiles/NAME.toml` beside `settings.toml`, written by
`agent-tui login`. It may hold every setting of this page, and beats `settings.toml`: another theme, other
keys, other folders of canned responses for another desk. The environment beats both files, the command line
beats the environment.

The token of a connection is no setting: it is kept in the system's keyring, or given in
`AGENT_TUI_TOKEN`.
"""

_KEYS_PART: Final = """## [keys]

Keys of your own: the name of an action (see `docs/keys.md`) and its key.

```toml
[keys]
resolve = "f12"
```

## [commands]

Commands of your own that make a draft from the chat on the screen ("Draft by command" in the commands,
Ctrl+K): a name, and a program with its arguments. No shell reads them. The chat comes on standard input as
plain text, without notes and with private numbers starred out; what the command writes on standard output is
put behind your draft, and nothing is sent. It has a minute, and sees of the environment only what a program
needs to run, no tokens.

```toml
[commands]
summary = ["~/bin/summary", "--short"]
```
"""
