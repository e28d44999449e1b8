"""What moto does anew for each request, or for each member of each thing in an answer, though once is enough."""
from __future__ import annotations

import functools
from typing import Any

import xmltodict
from moto.core import responses, serialize, utils

from . import moto_internals


def hasten() -> None:
    """moto lists a class's methods for each request and botocore's folders for each model, and guesses the names of each member again."""
    responses.method_names_from_class = functools.cache(responses.method_names_from_class)
    utils.create_loader = moto_internals.loader
    serialize.AttributePicker.__call__ = pick
    xmltodict._validate_name = functools.cache(xmltodict._validate_name)


# (class of the thing, its Meta, shape of the member) -> the names that the member may have there. Shapes are botocore's, kept with its models.
NAMES: dict[tuple[type, Any, Any, str], tuple[str, ...]] = {}


def pick(picker: Any, context: Any) -> Any:
    """A member's value, as AttributePicker finds it."""
    value = found(context.obj, names(picker, context))
    for end, transform in transformers(picker, context.key):
        if f"{context.key_path}.{context.key}".endswith(end):
            return transform(value)
    return value


def names(picker: Any, context: Any) -> tuple[str, ...]:
    asked = (type(context.obj), getattr(context.obj, "Meta", None), context.shape, context.key)
    known = NAMES.get(asked)
    if known is None:
        known = NAMES[asked] = tuple(dict.fromkeys(picker.get_possible_keys(context)))
    return known


def found(thing: Any, known: tuple[str, ...]) -> Any:
    """The first of these that is there."""
    for name in known:
        value = utils.get_value(thing, name, serialize.MISSING)
        if value is not serialize.MISSING:
            return value
    return None


def transformers(picker: Any, key: str) -> list[tuple[str, Any]]:
    """Those whose path may end with this member; a picker lives as long as one answer."""
    near: dict[str, list[tuple[str, Any]]] = picker.__dict__.setdefault("_near", {})
    if key not in near:
        near[key] = [(end, transform) for end, transform in picker.response_transformers.items() if end.endswith(key) or key.endswith(end)]
    return near[key]
