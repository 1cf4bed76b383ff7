"""An ASGI app behind a socket, served by uvicorn in a thread of its own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn


@contextmanager
def served(app: Any, *, port: int = 0) -> Iterator[str]:
    """Serve an app at 127.0.0.1 until the block is left, and yield its address.

    Args:
        app: The ASGI app.
        port: The port; 0 takes a free one.

    Raises:
        OSError: The port is in use.
    """
    # Named as TCP, or asyncio leaves Nagle's algorithm on and every response takes 40 ms.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", port))
        # From here on connections queue, so that nobody needs to wait until the server has started.
        listener.listen()
        config = uvicorn.Config(
            app,
            loop="asyncio",
            ws="none",
            log_config=None,
            access_log=False,
            # Longer than a client keeps an idle connection: it must never send into one that is just being closed.
            timeout_keep_alive=75,
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="podio-emulator")
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
