"""A template's parameters and what was given for them -> their values, checked as CloudFormation checks them."""
from __future__ import annotations

import re
from typing import Any

from ..context import Context
from ..errors import Refused
from .templates import Template, invalid

SSM_VALUE = re.compile(r"AWS::SSM::Parameter::Value<(.+)>")
HIDDEN = "****"


def values(template: Template, given: dict[str, str], context: Context) -> dict[str, Any]:
    """Strings, or lists of them for list types. Raises Refused for what is missing, unknown or not allowed."""
    declared: dict[str, dict[str, Any]] = template.get("Parameters") or {}
    extra = [n for n in given if n not in declared]
    if extra:
        raise invalid(f"Parameters: [{', '.join(extra)}] do not exist in the template")
    missing = [n for n, p in declared.items() if n not in given and "Default" not in p]
    if missing:
        raise invalid(f"Parameters: [{', '.join(missing)}] must have values")
    return {name: value(name, about, text(given.get(name, about.get("Default"))), context) for name, about in declared.items()}


def text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(map(text, value)) if isinstance(value, list) else str(value)


def value(name: str, about: dict[str, Any], said: str, context: Context) -> Any:
    kind = about.get("Type", "String")
    checked(name, about, kind, said)
    stored = SSM_VALUE.fullmatch(kind)
    if stored:
        said, kind = looked_up(name, said, context), stored[1]
    elif kind == "AWS::SSM::Parameter::Name":
        looked_up(name, said, context)
    if kind == "CommaDelimitedList" or kind.startswith("List<"):
        return [v.strip() for v in said.split(",")] if said else []
    return said


def checked(name: str, about: dict[str, Any], kind: str, said: str) -> None:
    why = about.get("ConstraintDescription")
    parts = said.split(",") if kind == "CommaDelimitedList" or kind.startswith("List<") else [said]
    if kind in ("Number", "List<Number>"):
        for part in parts:
            number(name, about, part, why)
    allowed = [text(v) for v in about.get("AllowedValues") or []]
    if allowed and any(p.strip() not in allowed for p in parts):
        raise invalid(f"Parameter '{name}' must be one of AllowedValues" if not why else f"Parameter {name} failed to satisfy constraint: {why}")
    pattern = about.get("AllowedPattern")
    if pattern and not re.fullmatch(pattern, said):
        raise invalid(f"Parameter {name} failed to satisfy constraint: {why or f'must match pattern {pattern}'}")
    if kind == "String":
        if len(said) < int(about.get("MinLength", 0)):
            raise invalid(f"Parameter '{name}' must contain at least {about['MinLength']} characters")
        if len(said) > int(about.get("MaxLength", 1 << 30)):
            raise invalid(f"Parameter '{name}' must contain at most {about['MaxLength']} characters")


def number(name: str, about: dict[str, Any], said: str, why: str | None) -> None:
    try:
        size = float(said)
    except ValueError:
        raise invalid(f"Parameter '{name}' must be a number.") from None
    if "MinValue" in about and size < float(about["MinValue"]):
        raise invalid(why or f"Parameter '{name}' must be a number not less than {about['MinValue']}")
    if "MaxValue" in about and size > float(about["MaxValue"]):
        raise invalid(why or f"Parameter '{name}' must be a number not greater than {about['MaxValue']}")


def looked_up(name: str, stored: str, context: Context) -> str:
    """The value of an SSM parameter, read now as CloudFormation reads it at each deployment."""
    try:
        return str(context.call("ssm", "GetParameter", Name=stored)["Parameter"]["Value"])
    except Refused:
        raise invalid(f"Unable to fetch parameters [{stored}] from parameter store for this account.") from None


def shown(template: Template, given: dict[str, Any], resolved: dict[str, Any]) -> list[dict[str, Any]]:
    """Parameters as DescribeStacks shows them."""
    out = []
    for name, about in (template.get("Parameters") or {}).items():
        if name not in resolved:
            continue
        said = text(given.get(name, about.get("Default", "")))
        row = {"ParameterKey": name, "ParameterValue": HIDDEN if str(about.get("NoEcho", "")).lower() == "true" else said}
        if SSM_VALUE.fullmatch(about.get("Type", "")):
            row["ResolvedValue"] = text(resolved[name])
        out.append(row)
    return out
