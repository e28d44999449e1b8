"""The end of an operation that is watched: finished when its time is over, taken back by an alarm or by whoever cancels it."""
from __future__ import annotations

from ..clock import CLOCK
from ..context import Context
from ..services import SERVICES
from ..state import STATE
from . import engine, triggers, update
from .stacks import Stack


def settle(stack: Stack, cancelled: str = "") -> None:
    """Takes the operation back, or finishes it, when it is time."""
    watch, reason = stack.watch, cancelled or triggers.trouble(stack)
    if watch is None or (not reason and CLOCK.time() < watch.until):
        return
    stack.watch = None
    if watch.undo is not None:
        (update.take_back if reason else update.finish)(stack, watch.undo, reason)
    elif reason:
        engine.undo_create(stack, engine.Failed(None, reason), watch.on_failure)
    else:
        stack.turn("CREATE_COMPLETE")


@SERVICES.gate
def look(c: Context) -> None:
    """Before whatever is asked next: an alarm that is set back at once has been seen all the same."""
    for (_, _, service, kind), kept in list(STATE.tables.items()):
        if (service, kind) == ("cloudformation", "Stack"):
            for stack in list(kept.values()):
                if getattr(stack, "watch", None):
                    settle(stack)  # type: ignore[arg-type]
