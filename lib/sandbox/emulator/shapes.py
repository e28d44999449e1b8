"""A record -> the part of it that an output shape has."""
from __future__ import annotations

from typing import Any

Shape = Any


def project(shape: Shape | None, record: dict[str, Any], depth: int = 0) -> dict[str, Any]:
    """The members that the shape has; a structure that the record lacks is filled from the record itself."""
    if shape is None:
        return {}
    out: dict[str, Any] = {}
    for name, member in shape.members.items():
        if record.get(name) is not None:
            out[name] = fit(member, record[name])
        elif member.type_name == "structure" and depth == 0:
            inner = project(member, record, 1)
            if len(inner) > 1:
                out[name] = inner
    return out


def fit(shape: Shape, value: Any) -> Any:
    """The value without the members that the shape lacks."""
    if shape.type_name == "structure" and isinstance(value, dict):
        return {k: fit(shape.members[k], v) for k, v in value.items() if k in shape.members and v is not None}
    if shape.type_name == "list" and isinstance(value, list):
        return [fit(shape.member, v) for v in value]
    if shape.type_name == "map" and isinstance(value, dict):
        return {k: fit(shape.value, v) for k, v in value.items()}
    return value
