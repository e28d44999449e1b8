"""Resources -> the order in which they are made: what is referred to comes first."""
from __future__ import annotations

from typing import Any

from .templates import depends_on, invalid, references


def needs(resource: dict[str, Any], names: set[str]) -> set[str]:
    """The logical names that must be there before."""
    return {n for n, _ in references(resource.get("Properties") or {}) if n in names} | (set(depends_on(resource)) & names)


def in_order(resources: dict[str, dict[str, Any]]) -> list[str]:
    """Raises Refused for a circle. Those that need nothing of each other keep the template's order."""
    names = set(resources)
    waiting = {name: needs(resource, names) for name, resource in resources.items()}
    out: list[str] = []
    while waiting:
        ready = [name for name, needed in waiting.items() if not needed]
        if not ready:
            raise invalid(f"Circular dependency between resources: [{', '.join(sorted(waiting))}]")
        out += ready
        for name in ready:
            del waiting[name]
        for needed in waiting.values():
            needed.difference_update(ready)
    return out
