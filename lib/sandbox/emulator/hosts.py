"""What the sandbox plays of an instance's own web server: an appliance that is asked for its activation key, for one.

GET /_worklab/hosts/<address>/<path>?<query> of the sandbox stands for GET http://<address>/<path>?<query>.
"""
from __future__ import annotations

from collections.abc import Callable

from .state import STATE, TURNSTILE

Host = Callable[[str, str, dict[str, str]], str | None]  # (address, path, query) -> what it says, None: not its address
HOSTS: list[Host] = []


def host(function: Host) -> Host:
    """Declares who may answer at an address."""
    HOSTS.append(function)
    return function


def say(address: str, path: str, query: dict[str, str]) -> str | None:
    """What is answered at an address, None where nobody does."""
    with TURNSTILE:
        STATE.changes += 1  # a key that was given out is remembered
        return next((said for ask in HOSTS if (said := ask(address, path, query)) is not None), None)
