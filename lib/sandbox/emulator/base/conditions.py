"""The Condition element of a policy: operators, their variants, and policy variables -> does it hold for a request? Pure.

As https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and
.../reference_policies_condition-single-vs-multi-valued-context-keys.html say (2026-11-22).
"""
from __future__ import annotations

import functools
import ipaddress
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timezone
from typing import Any

Values = Mapping[str, tuple[str, ...]]  # context key in lower case -> its values
STAR, ANY_ONE = "\ue000", "\ue001"  # an asterisk and a question mark that stand for themselves
VARIABLE = re.compile(r"\$\{\s*([^},]*?)\s*(?:,\s*'([^']*)'\s*)?\}")
LITERAL = {"*": STAR, "?": ANY_ONE, "$": "$"}
WITH_VARIABLES = "2012-10-17"  # an older version takes ${...} for text


class Malformed(ValueError):
    """A document that is no policy: the sentence says why."""


def many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


# ---------------------------------------------------------------- text: wildcards and variables


def expanded(text: str, context: Values, version: str) -> str | None:
    """The text with its variables filled in; None where one has no (single) value: then nothing matches it."""
    if version != WITH_VARIABLES or "${" not in text:
        return text
    unknown = False

    def fill(found: re.Match[str]) -> str:
        nonlocal unknown
        name, default = found[1], found[2]
        if name in LITERAL:
            return LITERAL[name]
        values = context.get(name.lower(), ())
        if len(values) != 1 and default is None:
            unknown = True
        value = values[0] if len(values) == 1 else default or ""
        return value.replace("*", STAR).replace("?", ANY_ONE)
    out = VARIABLE.sub(fill, text)
    return None if unknown else out


def plain(text: str) -> str:
    return text.replace(STAR, "*").replace(ANY_ONE, "?")


@functools.lru_cache(maxsize=4096)
def globbed(pattern: str) -> re.Pattern[str]:
    wild = {"*": ".*", "?": ".", STAR: r"\*", ANY_ONE: r"\?"}
    return re.compile("".join(wild.get(c) or re.escape(c) for c in pattern), re.DOTALL)


def like(value: str, pattern: str) -> bool:
    return globbed(pattern).fullmatch(value) is not None


def arn_like(value: str, pattern: str) -> bool:
    """The six parts of an ARN are compared one by one: a wildcard does not reach over a colon, the last part has the rest."""
    has, wants = value.split(":", 5), pattern.split(":", 5)
    return len(has) == 6 and len(wants) == 6 and all(like(h, w) for h, w in zip(has, wants))


def variables(text: str) -> Iterator[str]:
    """The context keys that a text refers to."""
    yield from (found[1] for found in VARIABLE.finditer(text) if found[1] not in LITERAL)


# ---------------------------------------------------------------- operators: (value of the request, value of the policy)


def number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def moment(text: str) -> float | None:
    """ISO 8601, or seconds since 1970."""
    try:
        at = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return number(text)
    return (at if at.tzinfo else at.replace(tzinfo=timezone.utc)).timestamp()


def compared(read: Callable[[str], float | None], holds: Callable[[float, float], bool]) -> Callable[[str, str], bool]:
    def compare(given: str, wanted: str) -> bool:
        left, right = read(given), read(wanted)
        return left is not None and right is not None and holds(left, right)
    return compare


def in_network(given: str, wanted: str) -> bool:
    try:
        return ipaddress.ip_address(given) in ipaddress.ip_network(wanted, strict=False)
    except ValueError:
        return False


ORDERS: dict[str, Callable[[float, float], bool]] = {
    "Equals": lambda a, b: a == b, "LessThan": lambda a, b: a < b, "LessThanEquals": lambda a, b: a <= b,
    "GreaterThan": lambda a, b: a > b, "GreaterThanEquals": lambda a, b: a >= b,
}
OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "StringEquals": lambda given, wanted: given == plain(wanted),
    "StringEqualsIgnoreCase": lambda given, wanted: given.casefold() == plain(wanted).casefold(),
    "StringLike": like, "ArnEquals": arn_like, "ArnLike": arn_like,
    "Bool": lambda given, wanted: given.lower() == wanted.lower(),
    "BinaryEquals": lambda given, wanted: given.strip() == wanted.strip(),
    "IpAddress": in_network,
    **{f"Numeric{name}": compared(number, order) for name, order in ORDERS.items()},
    **{f"Date{name}": compared(moment, order) for name, order in ORDERS.items()},
}
NEGATIVE = {
    "StringNotEquals": "StringEquals", "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase", "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnEquals", "ArnNotLike": "ArnLike", "NotIpAddress": "IpAddress", "NumericNotEquals": "NumericEquals",
    "DateNotEquals": "DateEquals",
}
EXPANDED = ("String", "Arn")  # only these operators know variables
QUALIFIERS = ("ForAllValues", "ForAnyValue")


def parsed(operator: str) -> tuple[str, str, bool]:
    """(qualifier or "", name, IfExists); raises Malformed for one that IAM does not have."""
    qualifier, _, name = operator.rpartition(":")
    if_exists = name.endswith("IfExists")
    name = name.removesuffix("IfExists")
    known = name in OPERATORS or name in NEGATIVE or (name == "Null" and not qualifier and not if_exists)
    if not known or qualifier not in ("", *QUALIFIERS):
        raise Malformed(f"Invalid Condition type : {operator}")
    return qualifier, name, if_exists


def met(conditions: Mapping[str, Any], context: Values, version: str = WITH_VARIABLES) -> bool:
    """Every operator and every key has to hold."""
    return all(one(operator, key, [str_of(v) for v in many(wanted)], context, version)
               for operator, keys in conditions.items() for key, wanted in keys.items())


def str_of(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def one(operator: str, key: str, wanted: list[str], context: Values, version: str) -> bool:
    qualifier, name, if_exists = parsed(operator)
    values = context.get(key.lower(), ())
    if name == "Null":
        return any((w.lower() == "true") == (not values) for w in wanted)
    negative = name in NEGATIVE
    test = OPERATORS[NEGATIVE.get(name, name)]
    if name.startswith(EXPANDED):
        wanted = [e for w in wanted if (e := expanded(w, context, version)) is not None]

    def hit(given: str) -> bool:
        return any(test(given, w) for w in wanted)
    if qualifier == "ForAllValues":
        return all(hit(v) != negative for v in values)  # of no value at all it is true as well
    if not values:
        return if_exists or (negative and not qualifier)
    if qualifier == "ForAnyValue":
        return any(hit(v) != negative for v in values)
    return any(map(hit, values)) != negative
