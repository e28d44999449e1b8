"""What the sandbox can be told to do with itself: forget everything, turn its clock."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .clock import CLOCK
from .state import STATE


def controls() -> dict[str, Callable[[dict[str, str]], Any]]:
    """POST /_worklab/<name>"""
    return {"reset": reset, "clock": clock}


def reset(_: dict[str, str]) -> dict[str, Any]:
    """Ours; moto forgets its own, being asked with the same request."""
    STATE.clear()
    CLOCK.turned = 0.0
    CLOCK.start()
    return {}


def clock(given: dict[str, str]) -> dict[str, Any]:
    """`advance`: seconds; `stopped`: yes or no. Raises ValueError for what is no number or goes back."""
    if "stopped" in given:
        (CLOCK.stop if given["stopped"] == "yes" else CLOCK.start)()
    CLOCK.turn(float(given.get("advance", "0")))
    return {"now": CLOCK.now().isoformat()}
