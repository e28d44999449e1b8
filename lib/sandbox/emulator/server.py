"""An application -> a server on a loopback port that outlives what it is asked."""
from __future__ import annotations

import contextlib
import ipaddress
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any, NoReturn

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


class Ending:
    """The end of the process, when it is told to end: sure, and soon.

    An exception raised in a signal handler is lost where the main thread happens to be in a finalizer, and Python's own end waits for
    every thread and takes apart every object: neither is left to chance. The handlers do nothing; the interpreter writes the signal's
    number to a socket, on which the main thread waits.
    """

    PATIENCE = 4.0  # seconds for the last words; the TypeScript side kills after 5

    def __init__(self) -> None:
        self.told, self.teller = socket.socketpair()
        self.teller.setblocking(False)
        signal.set_wakeup_fd(self.teller.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)

    def serve(self, server: Server, last_words: Callable[[], None] | None = None) -> NoReturn:
        """Serves until SIGTERM or SIGINT, says the last words and ends the process with 0; with 1 if the server itself gave up."""
        failed = threading.Event()

        def run() -> None:
            try:
                server.serve_forever()
            finally:
                failed.set()
                self.teller.send(b"!")
        threading.Thread(target=run, daemon=True, name="server").start()
        self.told.recv(1)
        if last_words and not failed.is_set():
            words = threading.Thread(target=last_words, daemon=True, name="last words")
            words.start()
            words.join(self.PATIENCE)
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(1 if failed.is_set() else 0)
