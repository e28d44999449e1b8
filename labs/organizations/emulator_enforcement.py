"""Service control policies, in force: what a member account's caller may not do is refused, as AWS refuses it.

What the sandbox knows of a request: its action (an operation's name; S3's own where they differ), the region, the caller, the type of
an instance, the tags of what is made. Of resources it knows S3's, those of RunInstances, and what is named by an ARN; for the rest
a policy sees "*". What CloudFormation does for a member is not looked at.
"""
from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from emulator.base.policy import Policies, Policy, Request, decide, read, values
from emulator.base.sts import caller_of
from emulator.context import Context
from emulator.errors import Refused, fail
from emulator.inside import signing_name
from emulator.services import SERVICES

SCP = "SERVICE_CONTROL_POLICY"
ANYTHING = read(json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}))
# Actions are spelled after the name that a service signs with, with these exceptions
PREFIXES = {"monitoring": "cloudwatch", "tagging": "tag", "email": "ses"}
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html, read 2026-11-22
S3 = {"HeadBucket": "ListBucket", "ListObjects": "ListBucket", "ListObjectsV2": "ListBucket", "ListBuckets": "ListAllMyBuckets", "HeadObject": "GetObject",
      "CopyObject": "PutObject", "DeleteObjects": "DeleteObject", "CreateMultipartUpload": "PutObject", "UploadPart": "PutObject",
      "CompleteMultipartUpload": "PutObject", "ListObjectVersions": "ListBucketVersions"}
GLOBAL = {"iam", "organizations", "route53", "budgets", "ce", "cloudfront", "support", "shield", "waf", "health"}  # one region for all: us-east-1
UNASKED = {"sts:GetCallerIdentity"}  # nothing can deny it


@SERVICES.gate
def within_the_fence(c: Context) -> None:
    from moto.organizations.models import organizations_backends
    above = organizations_backends.master_accounts.get(c.account)
    if above is None:  # no organization, or its management account: no SCP binds it
        return
    action = action_of(c)
    levels = levels_of(organizations_backends[above[0]][above[1]], c.account)
    if action in UNASKED or not levels:
        return
    for resource, about in resources_of(c):
        refuse_unless_allowed(c, Request(action, resource, {**context_of(c), **about}), levels)


def refuse_unless_allowed(c: Context, request: Request, levels: tuple[tuple[Policy, ...], ...]) -> None:
    found = decide(request, Policies(identity=(ANYTHING,), control=levels))
    if not found.allowed:
        why = "with an explicit deny in a service control policy" if found.matched else f"because no service control policy allows the {request.action} action"
        raise denied(c, f"User: {caller_of(c).arn} is not authorized to perform: {request.action} on resource: {request.resource} {why}")


def denied(c: Context, sentence: str) -> Refused:
    protocol = str(c.operation.service_model.protocol)
    if protocol == "ec2":
        return fail("UnauthorizedOperation", f"You are not authorized to perform this operation. {sentence}", 403)
    if protocol in ("query", "rest-xml"):
        return fail("AccessDenied", sentence, 403)
    return fail("AccessDeniedException", sentence, 400 if protocol == "json" else 403)


def levels_of(organization: Any, account: str) -> tuple[tuple[Policy, ...], ...]:
    """The policies of the root, of each unit on the way, and of the account; none where SCPs are not enabled."""
    by_id = {x.id: x for x in [*organization.ou, *organization.accounts]}
    if account not in by_id or not any(t["Type"] == SCP for t in organization.ou[0].policy_types):
        return ()
    way, at = [], by_id[account]
    while at is not None:
        way.append(tuple(read(p.content, p.id, "Service Control Policy") for p in at.attached_policies if p.type == SCP))
        at = by_id.get(at.parent_id)
    return tuple(reversed(way))


def action_of(c: Context) -> str:
    signing = signing_name(c.service)
    name = str(c.operation.name)
    return f"{PREFIXES.get(signing, signing)}:{S3.get(name, name) if c.service == 's3' else name}"


def context_of(c: Context) -> dict[str, tuple[str, ...]]:
    caller = caller_of(c)
    tags = {str(t["Key"]): str(t.get("Value", "")) for t in tags_of(c.params)}
    principal = caller.role or caller.arn
    known: dict[str, Any] = {
        "aws:RequestedRegion": "us-east-1" if c.service in GLOBAL else c.region, "aws:PrincipalArn": principal, "aws:PrincipalAccount": c.account,
        "aws:PrincipalType": "Account" if principal.endswith(":root") else "AssumedRole" if caller.role else "User",
        "aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false", "aws:SourceIp": "127.0.0.1",
        **{f"aws:RequestTag/{k}": v for k, v in tags.items()},
    }
    if tags:
        known["aws:TagKeys"] = list(tags)
    return values(known)


def tags_of(params: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in [*(params.get("Tags") or []), *(t for s in params.get("TagSpecifications") or [] for t in s.get("Tags") or [])]:
        if isinstance(one, dict) and "Key" in one:
            yield one


def resources_of(c: Context) -> Iterator[tuple[str, dict[str, tuple[str, ...]]]]:
    """What a policy is asked about: EC2 asks about each thing that a launch touches, and tells the type of the instance alone."""
    if c.service == "ec2" and c.operation.name == "RunInstances":
        yield c.arn("instance/*", "ec2"), values({"ec2:InstanceType": c.params.get("InstanceType", "m1.small"), "ec2:Region": c.region})
        yield f"arn:{c.partition}:ec2:{c.region}::image/{c.params.get('ImageId', '*')}", values({"ec2:Region": c.region})
    elif c.service == "s3" and c.params.get("Bucket"):
        key = c.params.get("Key")
        yield f"arn:{c.partition}:s3:::{c.params['Bucket']}{'/' + key if key else ''}", {}
    else:
        named = [v for v in c.params.values() if isinstance(v, str) and v.startswith("arn:")]
        yield named[0] if named else "*", {}
