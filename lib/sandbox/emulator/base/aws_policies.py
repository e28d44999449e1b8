"""AWS's own managed policies, each when it is first named: moto has all 1,400 of them, or (its default) none."""
from __future__ import annotations

import json
from typing import Any

from ..context import Context
from ..services import service

iam = service("iam", regional=False)
PREFIX = "arn:aws:iam::aws:policy/"
NAMED_BY = ("PolicyArn", "PermissionsBoundary", "PolicySourceArn")


@iam.before_moto(
    "AttachRolePolicy", "AttachUserPolicy", "AttachGroupPolicy", "GetPolicy", "GetPolicyVersion", "ListPolicyVersions", "ListEntitiesForPolicy",
    "CreateRole", "CreateUser", "PutRolePermissionsBoundary", "PutUserPermissionsBoundary", "SimulatePrincipalPolicy")
def named(c: Context) -> None:
    for parameter in NAMED_BY:
        arn = c.params.get(parameter) or ""
        if arn.startswith(PREFIX):
            known(c, arn)


@iam.before_moto("ListPolicies")
def every(c: Context) -> None:
    if c.params.get("Scope") == "AWS":
        add(c, json.loads(document()))


def document() -> str:
    from moto.iam.aws_managed_policies import aws_managed_policies_data
    return aws_managed_policies_data


def known(c: Context, arn: str) -> None:
    """One policy, cut out of the text: parsing all of it takes 100 MB for a moment."""
    if arn in backend(c).managed_policies:
        return
    name, text = arn.rsplit("/", 1)[-1], document()
    start = text.find(f'\n "{name}":{{')
    if start < 0:
        return  # no such policy: moto says so
    end = text.find("\n }", start)
    add(c, {k: v for k, v in json.loads("{" + text[start:end + 3] + "}").items() if f"{PREFIX.rstrip('/')}{v['Path']}{k}" == arn})


def add(c: Context, found: dict[str, Any]) -> None:
    from moto.iam.models import AWSManagedPolicy
    held = backend(c)
    for name, data in found.items():
        policy = AWSManagedPolicy.from_data(name, held.account_id, held.region_name, data)
        held.managed_policies.setdefault(policy.arn, policy)


def backend(c: Context) -> Any:
    from moto.iam.models import iam_backends
    return iam_backends[c.account][c.partition]
