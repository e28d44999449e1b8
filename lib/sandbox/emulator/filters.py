"""EC2's Filters over records: names to fields, values with wildcards, tags by key and value."""
from __future__ import annotations

import fnmatch
from typing import Any

from .errors import fail
from .state import Record


def matching(rows: list[Record], filters: list[dict[str, Any]], fields: dict[str, str], tags: str = "Tags") -> list[Record]:
    """Every filter must hold; a filter holds when any of its values does. Raises for a filter that the kind does not have."""
    for chosen in filters:
        name, values = chosen.get("Name", ""), chosen.get("Values") or []
        rows = [r for r in rows if any(like(v, w) for w in said(r, name, fields, tags) for v in values)]
    return rows


def said(record: Record, name: str, fields: dict[str, str], tags: str) -> list[str]:
    """What the record says under a filter's name."""
    own = record.get(tags) or []
    if name.startswith("tag:"):
        return [t["Value"] for t in own if t["Key"] == name.removeprefix("tag:")]
    if name in ("tag-key", "tag-value"):
        return [t["Key" if name == "tag-key" else "Value"] for t in own]
    if name not in fields:
        raise fail("InvalidParameterValue", f"The filter '{name}' is invalid")
    value = record.get(fields[name])
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [str(v).lower() if isinstance(v, bool) else str(v) for v in values]


def like(pattern: str, text: str) -> bool:
    """AWS's wildcards are * and ?; brackets stand for themselves."""
    return fnmatch.fnmatchcase(text, pattern.replace("[", "[[]"))
