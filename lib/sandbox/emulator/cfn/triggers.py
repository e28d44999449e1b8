"""Rollback triggers: the alarms that a stack's operation must not set off, at its end and for some minutes more."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..clock import CLOCK
from .stacks import Stack

MINUTE = 2.0  # seconds for which a minute of monitoring lasts here


@dataclass
class Watch:
    """`undo` is what an update needs to be taken back or to be finished; None for a creation."""

    until: float
    undo: Any = None
    on_failure: str = "ROLLBACK"


def configured(stack: Stack) -> tuple[list[str], int]:
    said = stack.options.get("RollbackConfiguration") or {}
    return [t["Arn"] for t in said.get("RollbackTriggers") or []], int(said.get("MonitoringTimeInMinutes") or 0)


def trouble(stack: Stack) -> str:
    """Why the operation may not stay: a trigger that is missing, or in ALARM."""
    for arn in configured(stack)[0]:
        found = stack.context().call("cloudwatch", "DescribeAlarms", AlarmNames=[arn.rsplit(":", 1)[-1]], AlarmTypes=["MetricAlarm", "CompositeAlarm"])
        alarms = [*found.get("MetricAlarms", []), *found.get("CompositeAlarms", [])]
        if not alarms:
            return f"The rollback trigger {arn} does not exist. "
        if alarms[0]["StateValue"] == "ALARM":
            return f"The rollback trigger {arn} is in ALARM state. "
    return ""


def watched(stack: Stack, undo: Any = None, on_failure: str = "ROLLBACK") -> bool:
    """Begins to watch, where the stack asks for it: its status stays what it is until the time is over."""
    minutes = configured(stack)[1]
    if minutes:
        stack.watch = Watch(CLOCK.time() + minutes * MINUTE, undo, on_failure)
    return bool(minutes)
