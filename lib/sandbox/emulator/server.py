"""An application -> a server on a loopback port that outlives what it is asked."""
from __future__ import annotations

import ipaddress
import logging
import os
import signal
import socket
from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import ThreadedWSGIServer

from .front import Wsgi


class Handler(MotoRequestHandler):
    """moto's request handler, with its log where the rest of the log is."""

    protocol_version = "HTTP/1.1"
    timeout = 120  # seconds: a client that goes quiet does not keep a thread for ever

    def log(self, type: str, message: str, *args: Any) -> None:
        if type == "error":
            logging.getLogger("emulator").warning("%s: %s", self.address_string(), message % args if args else message)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Not logged here: the layer behind the door knows the operation's name."""


class Server(ThreadedWSGIServer):
    request_queue_size = 1024  # several hundred clients may knock at once
    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # on Windows it would let two servers have one port


def listen(host: str, port: int, app: Wsgi) -> Server:
    """Binds; port 0 is a free one. Raises ValueError for an address that is not this machine's own, OSError if in use."""
    literal = {"localhost": "127.0.0.1"}.get(host, host)
    if not ipaddress.ip_address(literal).is_loopback:
        raise ValueError(f"the sandbox listens on the loopback address only, not on {host}")
    with socket.socket(socket.AF_INET6 if ":" in literal else socket.AF_INET) as probe:
        # werkzeug itself says "in use" by ending the process: asked first, so that the caller can tell it
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((literal, port))
        chosen = probe.getsockname()[1]
    return Server(literal, chosen, app, Handler)


def end_when_told() -> None:
    """From now on SIGTERM and SIGINT end the process with 0."""
    def stop(*_: Any) -> None:
        raise SystemExit(0)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
