"""Everything the sandbox remembers, moto's part and ours -> one file, and back: stopped and started again, the lab is still there."""
from __future__ import annotations

import hashlib
import json
import logging
import os
import pathlib
import platform
import tempfile
import threading
from collections.abc import Callable
from typing import Any

from . import moto_internals as moto, pickling
from .clock import CLOCK
from .state import STATE, TURNSTILE

log = logging.getLogger("emulator")
MAGIC = b"worklab-sandbox-state 1\n"
QUIET = 0.5  # seconds without a change before the file is written


def made_by() -> dict[str, str]:
    """Who can read what is written: the same moto, the same Python, the same engine."""
    engine = hashlib.sha256()
    here = pathlib.Path(__file__).parent
    for file in sorted(here.rglob("*.py")):
        engine.update(file.relative_to(here).as_posix().encode() + file.read_bytes())
    return {"moto": moto.version(), "python": ".".join(platform.python_version_tuple()[:2]), "engine": engine.hexdigest()[:16]}


class StateFile:
    """`path` belongs to the user alone (mode 0600): what is read from it is trusted as the user's own code is."""

    def __init__(self, path: str):
        self.path = pathlib.Path(path)
        self.saved = STATE.changes

    def load(self) -> str:
        """What was read: "new", "restored", or why it was not (then the file is put aside as *.old)."""
        if not self.path.exists() or self.path.stat().st_size == 0:
            return "new"
        try:
            head, _, data = self.path.read_bytes().removeprefix(MAGIC).partition(b"\n")
            told = json.loads(head)
        except ValueError:
            return self.aside("it is not a state of the sandbox")
        if told != made_by():
            return self.aside(f"it was made by {told}")
        try:
            self.restore(pickling.loads(data))
        except Exception as error:  # a damaged file must not keep the sandbox from starting
            log.exception("the state cannot be read")
            return self.aside(f"it is damaged: {error}")
        return "restored"

    def aside(self, why: str) -> str:
        self.path.replace(self.path.with_suffix(self.path.suffix + ".old"))
        log.warning("%s is not used, since %s", self.path, why)
        return f"not used: {why}"

    def restore(self, kept: dict[str, Any]) -> None:
        moto.restore(kept["moto"])
        STATE.tables, CLOCK.turned = kept["ours"], kept["turned"]
        self.saved = STATE.changes

    def save(self) -> None:
        """Whole or not at all: a new file takes the old one's place."""
        with TURNSTILE:
            self.saved = STATE.changes
            data = pickling.dumps({"moto": moto.kept(pickling.dumps), "ours": STATE.tables, "turned": CLOCK.turned})
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=self.path.name)  # mode 0600
        with os.fdopen(handle, "wb") as file:
            file.write(MAGIC + json.dumps(made_by()).encode() + b"\n" + data)
        os.replace(name, self.path)

    def keep(self) -> Callable[[], None]:
        """From now on: a moment after each change; and at the end, when what is returned is called."""
        def watch() -> None:
            seen = self.saved
            while not stop.wait(QUIET):
                if STATE.changes != self.saved and STATE.changes == seen:
                    self.try_to_save()
                seen = STATE.changes
        stop = threading.Event()
        threading.Thread(target=watch, daemon=True, name="state").start()

        def last() -> None:
            stop.set()
            if STATE.changes != self.saved:
                self.try_to_save()
        return last

    def try_to_save(self) -> None:
        try:
            self.save()
        except Exception:  # told, and tried again after the next change
            log.exception("the state cannot be written to %s", self.path)
