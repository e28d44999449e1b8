"""AssumeRole looks at the role and at whom it trusts."""
from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from ..context import Context, now
from ..errors import Refused, fail
from ..services import service
from .conditions import Malformed
from .policy import Caller, Policy, Request, applying, names, read, values

sts = service("sts", regional=False)


def denied(caller: str, role: str) -> Refused:
    return fail("AccessDenied", f"User: {caller} is not authorized to perform: sts:AssumeRole on resource: {role}", 403)


@sts.before_moto("AssumeRole")
def trusted(c: Context) -> None:
    """A role that is not there, or that does not trust the caller, cannot be assumed: one and the same answer, as on AWS.

    Who is trusted through the account is taken to be allowed by policies of its own: the sandbox asks nobody for permissions.
    """
    arn = c.params["RoleArn"]
    caller = caller_of(c)
    role = role_of(c, arn)
    if role is None or role["Arn"] != arn:
        raise denied(caller.arn, arn)
    try:
        trust: tuple[Policy, ...] = (read(unquoted(role["AssumeRolePolicyDocument"])),)
    except Malformed:  # moto takes any text for a trust policy
        raise denied(caller.arn, arn) from None
    hits = [s for s in applying(trust, Request("sts:AssumeRole", arn, context_of(c, caller))) if names(s, caller)]
    if not hits or any(s.denies for s in hits):
        raise denied(caller.arn, arn)


def role_of(c: Context, arn: str) -> dict[str, Any] | None:
    account, name = arn.split(":")[4], arn.rsplit("/", 1)[-1]
    try:
        return dict(Context("iam", None, {}, account, c.region).call("iam", "GetRole", RoleName=name)["Role"])
    except Refused:
        return None


def unquoted(document: Any) -> str:
    """A document as IAM's answers hold it: read already, or its text quoted for URLs."""
    return unquote(document) if isinstance(document, str) else json.dumps(document)


def caller_of(c: Context) -> Caller:
    """Who asks, as moto knows its access keys; the root user where it knows none."""
    arn = str(c.call("sts", "GetCallerIdentity")["Arn"])
    if ":assumed-role/" not in arn:
        return Caller(arn)
    role = role_of(c, "/".join(arn.split("/")[:2]))
    return Caller(arn, role=str(role["Arn"]) if role else "")


def context_of(c: Context, caller: Caller) -> dict[str, tuple[str, ...]]:
    """The condition keys that AWS fills in for AssumeRole, as far as the sandbox knows their values."""
    known = {
        "sts:ExternalId": c.params.get("ExternalId"), "sts:RoleSessionName": c.params.get("RoleSessionName"),
        "aws:PrincipalArn": caller.role or caller.arn, "aws:PrincipalAccount": caller.account, "aws:SourceIp": "127.0.0.1",
        "aws:username": caller.arn.rsplit("/", 1)[-1] if ":user/" in caller.arn else None,
        "aws:CurrentTime": now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "aws:MultiFactorAuthPresent": "true" if c.params.get("TokenCode") else None,
    }
    return values({k: v for k, v in known.items() if v is not None})
