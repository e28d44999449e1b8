"""Schedule expressions as AWS's services write them: cron(...), rate(...), at(...)."""
from __future__ import annotations

import re

EXPRESSION = re.compile(r"^(cron\(\S+( \S+){5,6}\)|rate\([1-9]\d* (minute|hour|day)s?\)|at\(\S+\))$")
UNITS = {"minute": 60, "hour": 3600, "day": 86400}


def well_formed(expression: str) -> bool:
    return EXPRESSION.match(expression) is not None


def interval(expression: str | None) -> float | None:
    """Seconds of rate(...), None for what is not played: a cron expression's time."""
    found = re.match(r"rate\((\d+) (minute|hour|day)", expression or "")
    return int(found[1]) * UNITS[found[2]] if found else None
