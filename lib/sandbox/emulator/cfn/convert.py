"""Properties of a template -> parameters of an operation, by the operation's input shape."""
from __future__ import annotations

import json
from typing import Any

from .. import moto_internals as moto
from ..errors import Refused
from .templates import invalid

Shape = Any


def input_of(service: str, operation: str) -> Shape:
    return moto.service_model(service).operation_model(operation).input_shape


def parameters(service: str, operation: str, properties: dict[str, Any], rename: dict[str, str]) -> dict[str, Any]:
    """Raises Refused for a property that the operation does not have, or a value that is not of its type."""
    out: dict[str, Any] = convert(input_of(service, operation), properties, rename, "")
    return out


def unsupported(path: str) -> Refused:
    return invalid(f"Properties validation failed: extraneous key [{path.strip('/').split('/')[-1]}] is not permitted (#/{path.strip('/')})")


def wrong(path: str, value: Any, kind: str) -> Refused:
    return invalid(f"Properties validation failed: {path or '/'}: expected type: {kind}, found: {json.dumps(value, default=str)[:80]}")


def convert(shape: Shape, value: Any, rename: dict[str, str], path: str) -> Any:
    """Names by spelling whatever the case, values to the shape's type, tags as a list or a map."""
    return CONVERTERS.get(shape.type_name, lambda s, v, r, p: v)(shape, value, rename, path)


def structure(shape: Shape, value: Any, rename: dict[str, str], path: str) -> Any:
    if not isinstance(value, dict):
        raise wrong(path, value, "JSONObject")
    by_name = {n.lower(): n for n in shape.members}
    out = {}
    for key, member in value.items():
        name = by_name.get(rename.get(key, key).lower())
        if name is None:
            raise unsupported(f"{path}/{key}")
        out[name] = convert(shape.members[name], member, rename, f"{path}/{key}")
    return out


def listed(shape: Shape, value: Any, rename: dict[str, str], path: str) -> Any:
    members = set(getattr(shape.member, "members", {}))
    if isinstance(value, dict) and {"Key", "Value"} <= members:
        return [{"Key": k, "Value": v} for k, v in value.items()]
    rows = value if isinstance(value, list) else [value]
    return [convert(shape.member, v, rename, f"{path}/{i}") for i, v in enumerate(rows)]


def mapped(shape: Shape, value: Any, rename: dict[str, str], path: str) -> Any:
    if isinstance(value, list):
        return {t["Key"]: t["Value"] for t in value}
    if not isinstance(value, dict):
        raise wrong(path, value, "JSONObject")
    return {k: convert(shape.value, v, rename, f"{path}/{k}") for k, v in value.items()}


def whole(shape: Shape, value: Any, rename: dict[str, str], path: str) -> Any:
    try:
        return int(value) if not isinstance(value, bool) else wrong_bool(path, value)
    except (TypeError, ValueError):
        raise wrong(path, value, "Integer") from None


def wrong_bool(path: str, value: bool) -> int:
    raise wrong(path, value, "Integer")


def broken(shape: Shape, value: Any, rename: dict[str, str], path: str) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise wrong(path, value, "Number") from None


def boolean(shape: Shape, value: Any, rename: dict[str, str], path: str) -> Any:
    if isinstance(value, bool):
        return value
    if str(value).lower() not in ("true", "false"):
        raise wrong(path, value, "Boolean")
    return str(value).lower() == "true"


def string(shape: Shape, value: Any, rename: dict[str, str], path: str) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value) if isinstance(value, (dict, list)) else str(value)


def blob(shape: Shape, value: Any, rename: dict[str, str], path: str) -> Any:
    return value.encode() if isinstance(value, str) else value


CONVERTERS = {"structure": structure, "list": listed, "map": mapped, "integer": whole, "long": whole, "float": broken, "double": broken,
              "boolean": boolean, "string": string, "blob": blob}
