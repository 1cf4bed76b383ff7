"""What is written to a terminal, and where a command keeps its sign-in."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from podio._cli.account import APIKey, addresses_of, session_file
from podio._cli.console import CommandError, Console, printable
from podio._cli.main import arguments_parser


class Stream(io.StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


CONTROLS = [*range(9), 11, 12, *range(13, 32), *range(127, 160), 0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F)]
CONTROLS += [*range(0x2066, 0x206A), 0x2028, 0x2029, 0xD800, 0xDFFF]


@pytest.mark.parametrize("code", CONTROLS, ids=hex)
def test_a_control_character_is_written_as_an_escape(code: int) -> None:
    text = printable(f"a{chr(code)}b")
    assert text == f"a\\u{code:04x}b"
    assert json.loads(f'"{text}"') == f"a{chr(code)}b"


@pytest.mark.parametrize("text", ["Lamps\tand\nchairs", "雲 Ærø", "ليلى", "👩‍💻 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "é"])
def test_all_other_text_stays_as_it_is(text: str) -> None:
    assert printable(text) == text


def test_only_a_terminal_gets_escapes_and_progress() -> None:
    for terminal in (False, True):
        out, error = Stream(terminal=terminal), Stream(terminal=terminal)
        console = Console(Stream(terminal=False), out, error)
        console.progress("1 of 2")
        console.write("a\x1b")
        console.note("b\x9b")
        console.flush()
        assert out.getvalue() == ("a\\u001b" if terminal else "a\x1b")
        assert error.getvalue() == ("\r\x1b[K1 of 2\r\x1b[Kb\\u009b\n" if terminal else "b\x9b\n")


def test_a_prompt_without_a_terminal_says_what_to_do() -> None:
    console = Console(Stream(terminal=False), Stream(terminal=False), Stream(terminal=False))
    with pytest.raises(CommandError, match="Do this instead"):
        console.prompt("Name", otherwise="Do this instead.")


@pytest.mark.parametrize(
    "option", ["--client-secret", "--secret", "--app-token", "--token", "--password", "--app", "--port"]
)
@pytest.mark.parametrize("joined", [True, False])
def test_what_the_command_line_does_not_take_is_not_repeated(
    option: str, joined: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ending:
        arguments_parser().parse_args(["login", *([f"{option}=geheim"] if joined else [option, "geheim"])])
    assert ending.value.code == 2
    output = capsys.readouterr()
    assert "geheim" not in output.out + output.err
    assert output.err


def test_no_option_is_guessed_from_its_beginning(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments_parser().parse_args(["login", "--pass"])
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {"XDG_CONFIG_HOME": "/elsewhere"}, "/elsewhere"),
        ("linux", {"XDG_CONFIG_HOME": "not/absolute"}, "~/.config"),
        ("linux", {"XDG_CONFIG_HOME": ""}, "~/.config"),
        ("linux", {}, "~/.config"),
        ("darwin", {"XDG_CONFIG_HOME": "/elsewhere"}, "~/Library/Application Support"),
        ("win32", {"APPDATA": "/roaming"}, "/roaming"),
    ],
)
def test_the_sign_in_is_kept_in_the_users_own_folder(platform: str, environment: dict[str, str], folder: str) -> None:
    assert session_file(environment, platform) == Path(folder).expanduser() / "podio" / "session.json"


def test_no_repr_shows_the_secret() -> None:
    assert "geheim" not in repr(APIKey(client_id="a", secret="geheim"))


def test_an_emulator_has_all_addresses() -> None:
    assert set(addresses_of("http://127.0.0.1:8001/").values()) == {
        "http://127.0.0.1:8001",
        "http://127.0.0.1:8001/oauth/authorize",
        "http://127.0.0.1:8001/oauth/token",
    }
