"""AssumeRole looks at the role and at whom it trusts."""
from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from ..context import Context
from ..errors import Refused, fail
from ..services import service

sts = service("sts", regional=False)


def many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def denied(caller: str, role: str) -> Refused:
    return fail("AccessDenied", f"User: {caller} is not authorized to perform: sts:AssumeRole on resource: {role}", 403)


@sts.before_moto("AssumeRole")
def trusted(c: Context) -> None:
    """A role that is not there, or that does not trust the caller, cannot be assumed: one and the same answer, as on AWS."""
    arn = c.params["RoleArn"]
    caller = caller_of(c)
    account, name = arn.split(":")[4], arn.rsplit("/", 1)[-1]
    try:
        role = Context("iam", None, {}, account, c.region).call("iam", "GetRole", RoleName=name)["Role"]
    except Refused:
        raise denied(caller, arn) from None
    if role["Arn"] != arn:
        raise denied(caller, arn)
    document = role["AssumeRolePolicyDocument"]
    try:
        policy = json.loads(unquote(document)) if isinstance(document, str) else document
    except ValueError:  # moto takes any text for a trust policy
        raise denied(caller, arn) from None
    statements = many(policy.get("Statement"))
    hits = [s["Effect"] for s in statements if about_assuming(s) and names(s, caller, c.account) and conditions_met(s, c)]
    if "Allow" not in hits or "Deny" in hits:
        raise denied(caller, arn)


def caller_of(c: Context) -> str:
    """The ARN of who asks, as moto knows its access keys; the root user where it knows none."""
    identity = c.call("sts", "GetCallerIdentity")
    return str(identity["Arn"])


def about_assuming(statement: dict[str, Any]) -> bool:
    return any(a in ("sts:AssumeRole", "sts:*", "*") for a in many(statement.get("Action")))


def names(statement: dict[str, Any], caller: str, account: str) -> bool:
    principal = statement.get("Principal")
    if principal == "*":
        return True
    named = many((principal or {}).get("AWS")) if isinstance(principal, dict) else []
    return any(p in ("*", account, f"arn:aws:iam::{account}:root", caller) for p in named)


def conditions_met(statement: dict[str, Any], c: Context) -> bool:
    """External ids are looked at; a condition on anything else cannot be judged here and does not hold."""
    for operator, wanted in (statement.get("Condition") or {}).items():
        for key, values in wanted.items():
            if key.lower() != "sts:externalid" or operator not in ("StringEquals", "StringLike"):
                return False
            if c.params.get("ExternalId") not in many(values):
                return False
    return True
