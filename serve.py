"""Serve the workbench with a Podio emulator beside it, by one command.

The page is at http://localhost:PORT/, the emulator at http://127.0.0.1:PODIO_PORT: two sites, as in life. From a fresh
clone, without the environment, this runs the set-up first and starts itself again inside it.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
PYTHON = ROOT / ".venv" / "bin" / "python"
RESTARTED = "WORKBENCH_RESTARTED"
PODIO_URL = "https://podio.com"
EMULATED_CLIENT_ID = "workbench"


def port(text: str) -> int:
    """Read a port of the command line."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: 0 to 65535, where 0 is any free one")
    return int(text)


def seconds(text: str) -> int:
    """Read a lifetime of the command line."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds: 1 or more")
    return int(text)


def base_path(text: str) -> str:
    """Read a path of the command line, with a slash at both ends."""
    path = f"/{text.strip('/')}/" if text.strip("/") else "/"
    if any(character in path for character in "?#\\ ") or "//" in path or ".." in path.split("/"):
        raise argparse.ArgumentTypeError(f"{text!r} is no path like /some/path/")
    return path


def host_name(text: str) -> str:
    """Read a host name of the command line."""
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no host name like podio.test (without scheme and port)")
    return text.lower()


def podio_address(text: str) -> str:
    """Read Podio's address of the command line."""
    address = text.rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(f"{text!r} is no address like {PODIO_URL}")
    return address


def read_options(arguments: list[str]) -> argparse.Namespace:
    """Read the command line; end with a message where it makes no sense."""
    parser = argparse.ArgumentParser(
        prog="serve.py", description="Serve the workbench, and a Podio emulator beside it."
    )
    parser.add_argument("--port", type=port, default=8000, help="the page's port (default: 8000; 0: any free one)")
    parser.add_argument("--podio-port", type=port, default=8001, help="the emulator's (default: 8001; 0: any free one)")
    parser.add_argument("--no-browser", action="store_true", help="do not open the page in a browser")
    parser.add_argument("--token-lifetime", type=seconds, metavar="SECONDS", help="how long the emulator's tokens live")
    parser.add_argument("--no-state-echo", action="store_true", help="the emulator's token flow does not echo `state`")
    parser.add_argument(
        "--coop", action="store_true", help="the emulator's authorize page has its own browsing context"
    )
    parser.add_argument(
        "--control-host",
        type=host_name,
        action="append",
        metavar="NAME",
        help="another host name at which tests may control the emulator; may be repeated",
    )
    parser.add_argument("--client-id", metavar="ID", help="the client id of your Podio API key")
    parser.add_argument("--podio", type=podio_address, metavar="ADDRESS", help=f"{PODIO_URL}: the real Podio")
    parser.add_argument("--site", type=Path, metavar="DIR", help="serve this built site, as GitHub Pages would")
    parser.add_argument("--base", type=base_path, default="/", metavar="PATH", help="with --site: below this path")
    options = parser.parse_args(arguments)
    if options.port and options.port == options.podio_port:
        parser.error("--port and --podio-port must differ: the page and Podio are two sites")
    if options.podio and not options.client_id and not options.site:
        parser.error("--podio needs --client-id: the id of an API key, from https://podio.com/settings/api")
    if options.base != "/" and not options.site:
        parser.error("--base goes with --site")
    if options.site and options.client_id:
        parser.error("--client-id can't change a built site: put it into the site's config.json")
    if options.site and not (options.site / "index.html").is_file():
        parser.error(f"{options.site}: no built site is there (no index.html). `make site` builds one in dist/")
    if options.podio and (options.token_lifetime or options.no_state_echo or options.coop or options.control_host):
        parser.error(
            "--token-lifetime, --no-state-echo, --coop and --control-host are the emulator's: leave --podio out"
        )
    return options


def enter_environment(arguments: list[str]) -> None:
    """Start this program again inside its environment, set up first; return if it already runs there.

    Ends the program with a message if the set-up fails.
    """
    inside = Path(sys.prefix).resolve() == (ROOT / ".venv").resolve()
    if os.environ.pop(RESTARTED, None):
        if not inside:
            sys.exit("serve.py: the environment in .venv can't be used; remove it and try again.")
        return
    try:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
        command = ["make", "--silent", "-C", str(ROOT), f"PYTHON={sys.executable}", "setup"]
        done = subprocess.run(command, env=environment, check=False)
    except FileNotFoundError:
        sys.exit("serve.py: `make` is needed for the set-up.")
    except KeyboardInterrupt:
        sys.exit(130)
    if done.returncode:
        sys.exit("serve.py: the set-up failed; its messages are above.")
    if not inside:
        os.environ[RESTARTED] = "1"
        sys.stdout.flush()
        os.execv(PYTHON, [str(PYTHON), str(ROOT / "serve.py"), *arguments])


def run(options: argparse.Namespace) -> None:
    """Serve until interrupted."""
    sys.path[:0] = [str(ROOT), str(ROOT / "pyapp")]
    from tools import addresses, build_site, serving

    page_sockets = serving.listen(options.port, hosts=("127.0.0.1", "::1"), option="--port")
    page_origin = f"http://localhost:{page_sockets[0].getsockname()[1]}"
    podio_sockets = []
    emulator = None
    podio = options.podio
    if podio is None:
        podio_sockets = serving.listen(options.podio_port, hosts=("127.0.0.1",), option="--podio-port")
        podio = f"http://127.0.0.1:{podio_sockets[0].getsockname()[1]}"
        emulator = make_emulator(options, address=podio)

    with tempfile.TemporaryDirectory(prefix="workbench-site-") as scratch:
        page: serving.ASGIApp
        if options.site:
            if options.podio:
                page = serving.Files(options.site, base=options.base)
            else:
                page = serving.emulated_site(options.site, base=options.base, podio=podio, client_id=EMULATED_CLIENT_ID)
        else:
            client_id = options.client_id or EMULATED_CLIENT_ID
            built_for = addresses.addresses_of(podio)

            def compose() -> None:
                build_site.build(Path(scratch), config={"client_id": client_id}, **built_for)

            developed = serving.DevelopedSite(Path(scratch), compose=compose)
            developed.refresh()
            page = developed

        def ready() -> None:
            print(f"Workbench ready at {page_origin}{options.base}", flush=True)
            print(f"{'Podio' if emulator is None else 'Podio emulator'} at {podio}", flush=True)
            if not options.no_browser:
                webbrowser.open(f"{page_origin}{options.base}")

        serving.serve(page=page, page_sockets=page_sockets, podio=emulator, podio_sockets=podio_sockets, ready=ready)


def make_emulator(options: argparse.Namespace, *, address: str) -> Any:
    """Return the emulator's ASGI app, which will be reached at `address`."""
    import podio_emulator

    more = {} if options.token_lifetime is None else {"token_lifetime": options.token_lifetime}
    return podio_emulator.create_app(
        echo_state=not options.no_state_echo,
        cross_origin_opener_policy="same-origin" if options.coop else None,
        base_url=address,
        control_hosts=options.control_host or (),
        **more,
    )


def main() -> None:
    """Run from the command line."""
    arguments = sys.argv[1:]
    options = read_options(arguments)
    enter_environment(arguments)
    try:
        run(options)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.exit(130)
    except Exception as error:
        if type(error).__name__ not in {"BuildError", "PortBusyError"}:
            raise
        sys.exit(f"serve.py: {error}")


if __name__ == "__main__":
    main()
