"""Roles, documents and what happens at once: traps of moto's that any lab meets."""
from __future__ import annotations

import json
from typing import Any

from conftest import Sandbox, refused


def test_list_documents_ends(aws: Any) -> None:
    assert "NextToken" not in aws("ssm").list_documents()
    assert len(list(aws("ssm").get_paginator("list_documents").paginate())) == 1


def test_a_role_is_assumed_by_whom_it_trusts(aws: Any, sandbox: Sandbox) -> None:
    iam, sts = aws("iam"), aws("sts")

    def role(name: str, principal: Any, **more: Any) -> str:
        document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **more}]}
        return str(iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(document))["Role"]["Arn"])
    ask = {"RoleSessionName": "session"}
    account = "arn:aws:iam::123456789012:root"
    assert sts.assume_role(RoleArn=role("open", {"AWS": account}), **ask)["Credentials"]
    assert refused(sts.assume_role, RoleArn=role("service", {"Service": "ec2.amazonaws.com"}), **ask) == "AccessDenied"
    assert refused(sts.assume_role, RoleArn="arn:aws:iam::123456789012:role/nope", **ask) == "AccessDenied"
    assert refused(sts.assume_role, RoleArn=role("other", {"AWS": "arn:aws:iam::999999999999:root"}), **ask) == "AccessDenied"
    external = role("external", {"AWS": account}, Condition={"StringEquals": {"sts:ExternalId": "secret"}})
    assert refused(sts.assume_role, RoleArn=external, **ask) == "AccessDenied"
    assert sts.assume_role(RoleArn=external, ExternalId="secret", **ask)["Credentials"]
    named = role("named", {"AWS": account}, Condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/bob"}})
    assert refused(sts.assume_role, RoleArn=named, **ask) == "AccessDenied"
    second_factor = role("second-factor", {"AWS": account}, Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})
    assert refused(sts.assume_role, RoleArn=second_factor, **ask) == "AccessDenied"
    assert sts.assume_role(RoleArn=second_factor, SerialNumber="arn:aws:iam::123456789012:mfa/m", TokenCode="123456", **ask)["Credentials"]
    iam.create_user(UserName="alice")
    key = iam.create_access_key(UserName="alice")["AccessKey"]["AccessKeyId"]
    mine = role("alices", {"AWS": "arn:aws:iam::123456789012:user/alice"})
    assert refused(sts.assume_role, RoleArn=mine, **ask) == "AccessDenied"
    assert sandbox.client("sts", key=key).assume_role(RoleArn=mine, **ask)["Credentials"]
    session = sts.assume_role(RoleArn=external, ExternalId="secret", **ask)["Credentials"]["AccessKeyId"]
    assert refused(sandbox.client("sts", key=session).assume_role, RoleArn=mine, **ask) == "AccessDenied"
    chained = role("chained", {"AWS": external})
    assert sandbox.client("sts", key=session).assume_role(RoleArn=chained, **ask)["Credentials"]


def test_two_roles_at_once(aws: Any) -> None:
    from concurrent.futures import ThreadPoolExecutor
    iam = aws("iam")
    document = json.dumps({"Version": "2012-10-17", "Statement": []})
    with ThreadPoolExecutor(16) as pool:
        made = list(pool.map(lambda i: iam.create_role(RoleName=f"r{i}", AssumeRolePolicyDocument=document)["Role"]["RoleName"], range(40)))
    assert sorted(made) == sorted(r["RoleName"] for r in iam.list_roles()["Roles"])


def test_the_trail_names_who_made_what(aws: Any) -> None:
    ec2 = aws("ec2")
    volume = ec2.create_volume(AvailabilityZone="us-east-1a", Size=1)["VolumeId"]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    ec2.describe_volumes()

    events = aws("cloudtrail").lookup_events(LookupAttributes=[{"AttributeKey": "ReadOnly", "AttributeValue": "false"}])["Events"]

    assert [e["EventName"] for e in events] == ["AllocateAddress", "CreateVolume"]
    assert {"ResourceType": "AWS::EC2::EIP", "ResourceName": address} in events[0]["Resources"]
    assert {"ResourceType": "AWS::EC2::Volume", "ResourceName": volume} in events[1]["Resources"]
    caller = aws("sts").get_caller_identity()["Arn"]
    assert [json.loads(e["CloudTrailEvent"])["userIdentity"]["arn"] for e in events] == [caller, caller]


def test_a_refusal_of_motos_own_stays_one_and_is_in_the_trail(aws: Any) -> None:
    iam = aws("iam")
    trust = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]})
    iam.create_role(RoleName="twice", AssumeRolePolicyDocument=trust)

    assert refused(iam.create_role, RoleName="twice", AssumeRolePolicyDocument=trust) == "EntityAlreadyExists"

    events = aws("cloudtrail").lookup_events(LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "CreateRole"}])["Events"]
    assert [json.loads(e["CloudTrailEvent"]).get("errorCode") for e in events] == ["EntityAlreadyExists", None]
