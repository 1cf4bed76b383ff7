"""The arguments of the command line, and what becomes of a command that fails."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NoReturn

from podio import Podio
from podio._cli.account import Account, addresses_of
from podio._cli.commands import export_items, list_apps, make_request
from podio._cli.console import CommandError, Console
from podio._cli.export import FORMATS
from podio._cli.login import Login
from podio.errors import NotAuthenticated, PodioError

_FAILED, _MISUSED, _INTERRUPTED = 1, 2, 130

_EPILOG = """\
The API key comes from PODIO_CLIENT_ID and PODIO_CLIENT_SECRET, or is prompted for; the token of an app from
PODIO_APP_TOKEN. Secrets are never taken from the command line, where other users of the machine can read them.
"""


class _Parser(argparse.ArgumentParser):
    """A parser that never repeats what it doesn't understand: it may be a secret."""

    def error(self, message: str) -> NoReturn:
        """End the process, without the value that was wrong."""
        subject, _, _ = message.partition(": ")
        if subject.startswith("argument "):
            text = f"{subject} lacks a value, has one that it doesn't take, or doesn't go with another; see --help."
        elif message.startswith("unrecognized"):
            text = "There is an argument that is not known here. Secrets don't belong on the command line."
        else:
            text = message
        self.print_usage(sys.stderr)
        self.exit(_MISUSED, f"{self.prog}: {text}\n")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _id(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) == 0:
        raise argparse.ArgumentTypeError("an id is a whole number, as in the address of an app at Podio")
    return int(text)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) == 0:
        raise argparse.ArgumentTypeError("it is a whole number from 1")
    return int(text)


def arguments_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = _Parser(
        prog="python -m podio", description="Podio on the command line.", epilog=_EPILOG, allow_abbrev=False
    )
    parser.add_argument("--podio", metavar="URL", help="an emulator in Podio's place, such as http://127.0.0.1:8001")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
        return command

    login = add("login", "sign in, in the browser unless one of the options says otherwise")
    way = login.add_mutually_exclusive_group()
    way.add_argument("--app", type=_id, metavar="APP_ID", help="sign in as this app, with its token")
    way.add_argument("--password", action="store_true", help="sign in with an e-mail address and a password")
    login.add_argument("--port", type=_port, default=0, help="where the browser comes back to (default: any free port)")
    login.add_argument("--no-browser", action="store_true", help="only print the address to sign in at")
    add("logout", "sign out, here and at Podio")
    add("apps", "list the apps")
    items = add("items", "export the items of an app")
    items.add_argument("app", type=_id, metavar="APP")
    items.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="CONDITION",
        help="FIELD=VALUE, FIELD>=VALUE or FIELD<=VALUE, by external id or label; may be repeated",
    )
    items.add_argument("--view", type=_id, metavar="ID", help="only what this view shows")
    items.add_argument("--limit", type=_count, metavar="N", help="at most so many")
    items.add_argument("--format", choices=FORMATS, default="csv", help="default: csv")
    items.add_argument(
        "--exact", action="store_true", help="csv: no apostrophe before texts that a spreadsheet takes for formulas"
    )
    request = add("request", "make a single call and print the body of its response")
    request.add_argument("method", metavar="METHOD", choices=("GET", "POST", "PUT", "DELETE"), type=str.upper)
    request.add_argument("path", metavar="PATH", help="such as /user/status")
    request.add_argument(
        "--param", action="append", default=[], metavar="NAME=VALUE", help="of the query; may be repeated"
    )
    request.add_argument("--body", metavar="JSON", help="the body; -: read it from the input")
    return parser


async def run(options: argparse.Namespace, console: Console, environment: Mapping[str, str]) -> None:
    """Carry out a command.

    Raises:
        CommandError: for what the user has to change.
        PodioError: for what failed.
    """
    account = Account(addresses_of(options.podio), console, environment)
    login = Login(account, console, environment)
    match options.command:
        case "login" if options.app is not None:
            await login.as_app(options.app)
        case "login" if options.password:
            await login.by_password()
        case "login":
            await login.by_browser(port=options.port, opens_browser=not options.no_browser)
        case "logout":
            await login.log_out()
        case _:
            async with await account.signed_in() as podio:
                await _work(podio, options, console)


async def _work(podio: Podio, options: argparse.Namespace, console: Console) -> None:
    match options.command:
        case "apps":
            await list_apps(podio, console)
        case "items":
            await export_items(
                podio,
                console,
                options.app,
                conditions=options.where,
                view_id=options.view,
                limit=options.limit,
                form=options.format,
                exact=options.exact,
            )
        case _:
            await make_request(podio, console, options.method, options.path, params=options.param, body=options.body)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Carry out the command of the command line, and end the process with its status.

    That is 0, or 1 where it failed, 2 where the command line makes no sense, 130 after an interrupt.
    """
    console = Console.of_process()
    options = arguments_parser().parse_args(arguments)
    try:
        asyncio.run(run(options, console, os.environ))
        console.flush()
    except BrokenPipeError:
        # Whoever read has what it wanted (``| head``). Else the interpreter would complain when it flushes at its end.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_FAILED)
    except KeyboardInterrupt:
        console.note("")
        sys.exit(_INTERRUPTED)
    except NotAuthenticated:
        console.note("You are not signed in any more. Sign in: python -m podio login")
        sys.exit(_FAILED)
    except (CommandError, PodioError) as error:
        console.note(str(error))
        sys.exit(_FAILED)
    sys.exit(0)
