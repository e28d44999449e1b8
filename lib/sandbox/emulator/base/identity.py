"""The policies that speak for a user, group or role, as IAM's operations tell them: its own, its groups', and its boundary."""
from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from ..context import Context
from .policy import Policy, read


def text_of(document: Any) -> str:
    """A document of IAM's answers: its text quoted for URLs, or read already."""
    return unquote(document) if isinstance(document, str) else json.dumps(document)


def kind_of(arn: str) -> str:
    """"user", "group", "role", "policy" of an ARN of IAM's; "" of anything else."""
    return arn.split(":")[5].split("/")[0] if arn.startswith("arn:") and arn.count(":") == 5 and ":iam:" in arn else ""


def name_of(arn: str) -> str:
    return arn.rsplit("/", 1)[-1]


def managed(c: Context, arn: str) -> Policy:
    """The default version of a managed policy."""
    version = c.call("iam", "GetPolicy", PolicyArn=arn)["Policy"]["DefaultVersionId"]
    document = c.call("iam", "GetPolicyVersion", PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]
    return read(text_of(document), name_of(arn), "aws-managed" if ":aws:policy/" in arn else "user-managed")


def attached(c: Context, kind: str, name: str) -> Iterator[Policy]:
    """Inline and attached policies of a "User", "Group" or "Role"; a user's groups' as well."""
    who = {f"{kind}Name": name}
    for policy in c.call("iam", f"List{kind}Policies", **who)["PolicyNames"]:
        yield read(text_of(c.call("iam", f"Get{kind}Policy", PolicyName=policy, **who)["PolicyDocument"]), policy, kind.lower())
    for policy in c.call("iam", f"ListAttached{kind}Policies", **who)["AttachedPolicies"]:
        yield managed(c, policy["PolicyArn"])
    if kind == "User":
        for group in c.call("iam", "ListGroupsForUser", **who)["Groups"]:
            yield from attached(c, "Group", group["GroupName"])


def boundary(c: Context, entity: dict[str, Any]) -> tuple[Policy, ...] | None:
    """Of a user or role as GetUser and GetRole tell it; None where it has none."""
    arn = (entity.get("PermissionsBoundary") or {}).get("PermissionsBoundaryArn")
    return (managed(c, arn),) if arn else None
