"""What the additions remember: records by account, region, service and kind. One lock for all of it."""
from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

Record = dict[str, Any]
Place = tuple[str, str, str, str]  # account, region or "global", service, kind


class State:
    def __init__(self) -> None:
        self.tables: dict[Place, dict[str, Record]] = {}
        self.changes = 0  # counts what may have changed something: the state file is written when it moves

    def table(self, account: str, region: str, service: str, kind: str) -> dict[str, Record]:
        return self.tables.setdefault((account, region, service, kind), {})

    def places(self, account: str, region: str) -> Iterator[tuple[str, str, dict[str, Record]]]:
        """(service, kind, records) of one region, the global ones included."""
        for (where, there, service, kind), records in list(self.tables.items()):
            if where == account and there in (region, "global"):
                yield service, kind, records

    def clear(self) -> None:
        self.tables.clear()
        self.changes += 1


class Turnstile:
    """One request at a time: moto's models are plain dictionaries that answer 500 when two requests change them at once.

    A request that waits on another one of the same sandbox (a notification to its own endpoint) would wait for ever, so
    after a while it goes through all the same.
    """

    PATIENCE = 20.0  # seconds

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.mine = threading.local()

    def __enter__(self) -> None:
        stack = self.mine.__dict__.setdefault("held", [])
        stack.append(self.lock.acquire(timeout=self.PATIENCE))

    def __exit__(self, *_: Any) -> None:
        if self.mine.held.pop():
            self.lock.release()


STATE = State()
TURNSTILE = Turnstile()
