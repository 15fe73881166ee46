"""What somebody who means harm would write: each kind once, short enough to stand in a name.

Where the program sends sequences of a kind itself, those here have a leading zero, which a terminal
passes over: whoever looks through what came out can tell them apart.
"""

from __future__ import annotations

from typing import Final

ESC: Final = "\x1b"
HOSTILE: Final[dict[str, str]] = {
    "clear the screen": f"{ESC}[02J{ESC}[00H",
    "colour": f"{ESC}[031;01mred",
    "cursor": f"{ESC}[09;09H{ESC}[05A",
    "scroll region": f"{ESC}[3;9r{ESC}[5S",
    "alternate screen": f"{ESC}[?01049l{ESC}[?025h",
    "mouse": f"{ESC}[?01003h",
    "answer back": f"{ESC}[c{ESC}[6n{ESC}[>q{ESC}[21t",
    "title": f"{ESC}]0;owned\x07",
    "title, long end": f"{ESC}]2;owned{ESC}\\",
    "link": f"{ESC}]8;;http://evil.test{ESC}\\bank{ESC}]8;;{ESC}\\",
    "clipboard": f"{ESC}]52;c;b3duZWQ=\x07",
    "clipboard asked": f"{ESC}]52;c;?\x07",
    "palette": f"{ESC}]4;1;#ff0000\x07",
    "notice": f"{ESC}]9;owned\x07{ESC}]777;notify;a;b\x07",
    "picture": f"{ESC}]1337;File=inline=1:AAAA\x07",
    "device control": f"{ESC}Pq#0;2;0;0;0{ESC}\\",
    "request": f"{ESC}P$qm{ESC}\\",
    "application": f"{ESC}_Gi=1;AAAA{ESC}\\",
    "privacy": f"{ESC}^owned{ESC}\\",
    "start of string": f"{ESC}Xowned{ESC}\\",
    "reset": f"{ESC}c",
    "character set": f"{ESC}(0{ESC})B\x0e\x0f",
    "tmux": f"{ESC}Ptmux;{ESC}{ESC}]52;c;b3duZWQ=\x07{ESC}\\",
    "lone escape": ESC,
    "unfinished": f"{ESC}[",
    "unfinished string": f"{ESC}]52;c;",
    "eight bits": "\x9b2J\x9d52;c;b3duZWQ=\x9c\x90q\x9c\x9e\x9f\x98\x84\x85",
    "bell and friends": "\x07\x08\x00\x01\x05\x11\x13\x7f",
    "line": "a\rb\x0bc\x0cd\te\x85f\u2028g\u2029h",
    "line feeds": "a\nb\r\nc",
    "turned round": "\u202egnp.exe\u202c\u202d\u202a\u202b",
    "isolated": "\u2066\u2067\u2068a\u2069\u200e\u200f\u061c",
    "nothing to see": "a\u200b\u2060\ufeff\u00ad\u180e\u3164\uffa0\u115fb",
    "tags": "a" + "".join(chr(0xE0000 + ord(sign)) for sign in "owned") + "\U000e007f",
    "variations": "a" + "\ufe0f" * 40 + "\U000e0100" * 40,
    "stacked": "z" + "\u0301\u0336\u20dd" * 60,
    "joined": "\U0001f468\u200d" * 40,
    "flags": "\U0001f1eb" * 41,
    "surrogates": "\ud800\udfff\udc80",
    "no characters": "\ufffe\uffff\U0010ffff\ue000\U000f0000",
    "letters over letters": "\u0600\u06dd\u070f\U000110bd",
    "markup": "[bold red][link=http://evil.test]x[/link][@click=app.quit]y[/]",
    "template": "{0.__class__} {name!r} %s %(x)s ${HOME}",
    "look-alike": "http://www.\u0430\u0440\u0440le.com@10.0.0.1/",
    "pictures": "\u2400\u241b\u2421\u2424",
    "wide": "\u6f22\uff21\U00020000\uac00",
    "path": "../../../etc/passwd",
    "formula": "=cmd|'/c calc'!A1",
    "quoting": "\"';--<script>`$(id)`",
}
HARMLESS: Final = frozenset(
    {
        *("line feeds", "joined", "flags", "markup", "template", "look-alike", "pictures", "wide", "path"),
        *("formula", "quoting"),
    }
)
"""A terminal may be sent these; what matters is that the program makes nothing of them."""
ALL: Final = " ".join(HOSTILE.values())
