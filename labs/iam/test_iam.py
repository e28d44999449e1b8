"""What the additions to IAM promise, asked with boto3: boundaries, deletions, codes, providers, the simulator, and the types of templates."""
from __future__ import annotations

import base64
import hmac
import json
import struct
import time
from typing import Any

import pytest
from conftest import Sandbox, refused

VERSION = "2012-10-17"
ROOT = "arn:aws:iam::123456789012"
READ = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::notes/${aws:username}/*"}
CERTIFICATE = "<X509Certificate>MIIC</X509Certificate>"
METADATA = (
    '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com">'
    '<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing">'
    f'<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>{CERTIFICATE}</X509Data></KeyInfo></KeyDescriptor>'
    '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso"/>'
    "</IDPSSODescriptor></EntityDescriptor>"
).ljust(1000)


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": VERSION, "Statement": list(statements)})


def make_policy(iam: Any, name: str, *statements: dict[str, Any]) -> str:
    return str(iam.create_policy(PolicyName=name, PolicyDocument=policy(*statements))["Policy"]["Arn"])


# ---------------------------------------------------------------- boundaries and deletions


def test_a_user_keeps_its_boundary_until_it_is_taken_away(aws: Any) -> None:
    iam = aws("iam")
    arn = make_policy(iam, "limit", READ)
    made = iam.create_user(UserName="alice", PermissionsBoundary=arn)["User"]
    assert made["PermissionsBoundary"] == {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}
    assert iam.get_user(UserName="alice")["User"]["PermissionsBoundary"]["PermissionsBoundaryArn"] == arn
    assert refused(iam.delete_policy, PolicyArn=arn) == "DeleteConflict"
    iam.delete_user_permissions_boundary(UserName="alice")
    assert "PermissionsBoundary" not in iam.get_user(UserName="alice")["User"]
    iam.put_user_permissions_boundary(UserName="alice", PermissionsBoundary=arn)
    iam.delete_user(UserName="alice")
    iam.delete_policy(PolicyArn=arn)
    assert refused(iam.create_user, UserName="bob", PermissionsBoundary=f"{ROOT}:policy/nope") == "NoSuchEntity"


def test_a_role_that_a_policy_bounds_keeps_it(aws: Any) -> None:
    iam = aws("iam")
    arn = make_policy(iam, "limit", READ)
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=policy(), PermissionsBoundary=arn)
    assert refused(iam.delete_policy, PolicyArn=arn) == "DeleteConflict"
    iam.delete_role(RoleName="r")
    iam.delete_policy(PolicyArn=arn)


def test_names_differ_by_more_than_case(aws: Any) -> None:
    aws("iam").create_user(UserName="alice")
    assert refused(aws("iam").create_user, UserName="Alice") == "EntityAlreadyExists"


@pytest.mark.parametrize("what", ["key", "login", "group", "device"])
def test_a_user_with_something_left_is_not_deleted(aws: Any, what: str) -> None:
    iam = aws("iam")
    iam.create_user(UserName="alice")
    if what == "key":
        iam.create_access_key(UserName="alice")
    elif what == "login":
        iam.create_login_profile(UserName="alice", Password="aA1!aaaaaaaaaaaa")
    elif what == "group":
        iam.create_group(GroupName="devs")
        iam.add_user_to_group(GroupName="devs", UserName="alice")
        assert refused(iam.delete_group, GroupName="devs") == "DeleteConflict"
    else:
        enrol(iam, "alice")
    assert refused(iam.delete_user, UserName="alice") == "DeleteConflict"


def test_a_group_with_a_policy_is_not_deleted(aws: Any) -> None:
    iam = aws("iam")
    iam.create_group(GroupName="devs")
    iam.put_group_policy(GroupName="devs", PolicyName="p", PolicyDocument=policy(READ))
    assert refused(iam.delete_group, GroupName="devs") == "DeleteConflict"
    iam.delete_group_policy(GroupName="devs", PolicyName="p")
    iam.delete_group(GroupName="devs")


def test_there_are_two_access_keys_and_no_more(aws: Any) -> None:
    iam = aws("iam")
    iam.create_user(UserName="alice")
    iam.create_access_key(UserName="alice")
    iam.create_access_key(UserName="alice")
    assert refused(iam.create_access_key, UserName="alice") == "LimitExceeded"


# ---------------------------------------------------------------- MFA


def code(seed: bytes, at: float) -> str:
    digest = hmac.digest(base64.b32decode(seed), struct.pack(">Q", int(at) // 30), "sha1")
    start = digest[-1] & 15
    return str((struct.unpack(">I", digest[start:start + 4])[0] & 0x7FFFFFFF) % 1000000).zfill(6)


def enrol(iam: Any, user: str) -> str:
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName=f"{user}-phone")["VirtualMFADevice"]
    codes = [code(device["Base32StringSeed"], time.time() + s) for s in (-30, 0)]
    iam.enable_mfa_device(UserName=user, SerialNumber=device["SerialNumber"], AuthenticationCode1=codes[0], AuthenticationCode2=codes[1])
    return str(device["SerialNumber"])


def test_only_the_codes_of_the_seed_enable_a_device(aws: Any) -> None:
    iam = aws("iam")
    iam.create_user(UserName="alice")
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")["VirtualMFADevice"]
    who = {"UserName": "alice", "SerialNumber": device["SerialNumber"]}
    first, second = (code(device["Base32StringSeed"], time.time() + s) for s in (-30, 0))
    for one, two in [("000000", "000001"), (second, second), (second, first)]:
        assert refused(iam.enable_mfa_device, **who, AuthenticationCode1=one, AuthenticationCode2=two) == "InvalidAuthenticationCode"
    assert iam.list_mfa_devices(UserName="alice")["MFADevices"] == []
    iam.enable_mfa_device(**who, AuthenticationCode1=first, AuthenticationCode2=second)
    assert [d["SerialNumber"] for d in iam.list_mfa_devices(UserName="alice")["MFADevices"]] == [device["SerialNumber"]]
    assert refused(iam.delete_virtual_mfa_device, SerialNumber=device["SerialNumber"]) == "DeleteConflict"
    iam.deactivate_mfa_device(**who)
    iam.delete_virtual_mfa_device(SerialNumber=device["SerialNumber"])


# ---------------------------------------------------------------- providers


def test_the_tags_of_providers_are_seen_where_the_global_services_are(aws: Any) -> None:
    iam, tags = aws("iam"), [{"Key": "a", "Value": "b"}]
    arns = {
        iam.create_saml_provider(Name="idp", SAMLMetadataDocument=METADATA, Tags=tags)["SAMLProviderArn"],
        iam.create_open_id_connect_provider(Url="https://id.example.com/a", ClientIDList=["one"], Tags=tags)["OpenIDConnectProviderArn"],
    }
    iam.create_saml_provider(Name="other", SAMLMetadataDocument=METADATA)
    asked = {"TagFilters": [{"Key": "a", "Values": ["b"]}], "ResourceTypeFilters": ["iam:saml-provider", "iam:oidc-provider"]}
    found = aws("resourcegroupstaggingapi").get_resources(**asked)["ResourceTagMappingList"]
    assert {one["ResourceARN"] for one in found} == arns
    assert aws("resourcegroupstaggingapi", region="eu-west-1").get_resources(**asked)["ResourceTagMappingList"] == []


def test_a_saml_provider_needs_metadata_of_one(aws: Any) -> None:
    iam = aws("iam")
    assert refused(iam.create_saml_provider, Name="idp", SAMLMetadataDocument="x" * 1000) == "InvalidInput"
    assert refused(iam.create_saml_provider, Name="idp", SAMLMetadataDocument=METADATA.replace(CERTIFICATE, " " * len(CERTIFICATE))) == "InvalidInput"
    arn = iam.create_saml_provider(Name="idp", SAMLMetadataDocument=METADATA, Tags=[{"Key": "a", "Value": "b"}])["SAMLProviderArn"]
    assert refused(iam.create_saml_provider, Name="idp", SAMLMetadataDocument=METADATA) == "EntityAlreadyExists"
    iam.tag_saml_provider(SAMLProviderArn=arn, Tags=[{"Key": "c", "Value": "d"}])
    iam.untag_saml_provider(SAMLProviderArn=arn, TagKeys=["a"])
    assert iam.list_saml_provider_tags(SAMLProviderArn=arn)["Tags"] == [{"Key": "c", "Value": "d"}] == iam.get_saml_provider(SAMLProviderArn=arn)["Tags"]
    iam.delete_saml_provider(SAMLProviderArn=arn)
    assert refused(iam.delete_saml_provider, SAMLProviderArn=arn) == "NoSuchEntity"


def test_there_is_one_provider_for_an_issuer(aws: Any) -> None:
    iam = aws("iam")
    assert refused(iam.create_open_id_connect_provider, Url="http://id.example.com") == "ValidationError"
    assert refused(iam.create_open_id_connect_provider, Url="https://id.example.com", ThumbprintList=["zz" * 20]) == "ValidationError"
    arn = iam.create_open_id_connect_provider(Url="https://id.example.com/a", ClientIDList=["one"])["OpenIDConnectProviderArn"]
    assert arn == f"{ROOT}:oidc-provider/id.example.com/a"
    assert refused(iam.create_open_id_connect_provider, Url="https://id.example.com/a") == "EntityAlreadyExists"
    iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="two")
    iam.remove_client_id_from_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="one")
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["ClientIDList"] == ["two"]


# ---------------------------------------------------------------- the simulator


def decisions(answer: dict[str, Any]) -> list[str]:
    return [r["EvalDecision"] for r in answer["EvaluationResults"]]


def test_a_users_policies_are_its_own_its_groups_and_its_boundary(aws: Any) -> None:
    iam = aws("iam")
    limit = make_policy(iam, "limit", {"Effect": "Allow", "Action": ["s3:*", "iam:GetUser"], "Resource": "*"})
    arn = iam.create_user(UserName="alice", Path="/team/", PermissionsBoundary=limit)["User"]["Arn"]
    ask = {"PolicySourceArn": arn, "ActionNames": ["s3:GetObject"], "ResourceArns": ["arn:aws:s3:::notes/alice/1"]}
    who = [{"ContextKeyName": "aws:username", "ContextKeyType": "string", "ContextKeyValues": ["alice"]}]
    assert decisions(iam.simulate_principal_policy(**ask, ContextEntries=who)) == ["implicitDeny"]
    iam.create_group(GroupName="devs")
    iam.add_user_to_group(GroupName="devs", UserName="alice")
    iam.attach_group_policy(GroupName="devs", PolicyArn=make_policy(iam, "read", READ))
    found = iam.simulate_principal_policy(**ask, ContextEntries=who)["EvaluationResults"][0]
    assert (found["EvalDecision"], found["MissingContextValues"]) == ("allowed", [])
    assert (found["MatchedStatements"][0]["SourcePolicyId"], found["PermissionsBoundaryDecisionDetail"]) == ("read", {"AllowedByPermissionsBoundary": True})
    without = iam.simulate_principal_policy(**ask)["EvaluationResults"][0]
    assert (without["EvalDecision"], without["MissingContextValues"]) == ("implicitDeny", [])  # nothing is about the resource
    iam.put_user_policy(UserName="alice", PolicyName="all", PolicyDocument=policy({"Effect": "Allow", "Action": "*", "Resource": "*"}))
    beyond = iam.simulate_principal_policy(PolicySourceArn=arn, ActionNames=["iam:CreateUser", "iam:GetUser"])
    assert decisions(beyond) == ["implicitDeny", "allowed"]
    assert beyond["EvaluationResults"][0]["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": False}
    iam.put_group_policy(GroupName="devs", PolicyName="no", PolicyDocument=policy({**READ, "Effect": "Deny", "Resource": "*"}))
    assert decisions(iam.simulate_principal_policy(**ask, ContextEntries=who)) == ["explicitDeny"]
    assert refused(iam.simulate_principal_policy, **{**ask, "PolicySourceArn": f"{ROOT}:user/alice"}) == "NoSuchEntity"  # its path is missing


def test_a_resources_policy_and_pages(aws: Any) -> None:
    iam = aws("iam")
    arn = iam.create_user(UserName="alice")["User"]["Arn"]
    theirs = policy({**READ, "Resource": "*", "Principal": {"AWS": arn}})
    ask = {"PolicyInputList": [], "ActionNames": ["s3:GetObject"], "ResourcePolicy": theirs}
    assert decisions(iam.simulate_custom_policy(**ask, CallerArn=arn)) == ["allowed"]
    assert decisions(iam.simulate_custom_policy(**ask, CallerArn=f"{ROOT}:user/bob")) == ["implicitDeny"]
    assert decisions(iam.simulate_custom_policy(**ask, CallerArn=arn, ResourceOwner="arn:aws:iam::999999999999:root")) == ["implicitDeny"]
    assert refused(iam.simulate_custom_policy, **ask) == "InvalidInput"
    pages = iam.get_paginator("simulate_custom_policy").paginate(PolicyInputList=[policy(READ)], ActionNames=[f"s3:Get{i}" for i in range(5)], MaxItems=2)
    assert [len(p["EvaluationResults"]) for p in pages] == [2, 2, 1]


def test_where_a_statement_stands(aws: Any) -> None:
    two = json.dumps({"Statement": [{**READ, "Resource": "*"}, {**READ, "Effect": "Deny", "Resource": "*"}], "Version": VERSION}, indent=2)
    found = aws("iam").simulate_custom_policy(PolicyInputList=[two], ActionNames=["s3:GetObject"])["EvaluationResults"][0]["MatchedStatements"]
    assert [(m["SourcePolicyId"], m["StartPosition"], m["EndPosition"]) for m in found] == [
        ("PolicyInputList.1", {"Line": 7, "Column": 6}, {"Line": 12, "Column": 6})]


def test_positions_are_those_of_the_documented_examples(aws: Any) -> None:
    """The CLI's examples of simulate-custom-policy and simulate-principal-policy."""
    condition = {"DateGreaterThan": {"aws:CurrentTime": "2018-08-16T12:00:00Z"}}
    one = {"Version": VERSION, "Statement": {"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*", "Condition": condition}}
    listed = {"Version": VERSION, "Statement": [{"Sid": "VisualEditor0", "Effect": "Allow", "Action": "dynamodb:ListTables", "Resource": "*"}]}
    at = [{"ContextKeyName": "aws:CurrentTime", "ContextKeyType": "date", "ContextKeyValues": ["2019-04-25T11:00:00Z"]}]

    def positions(text: str, action: str) -> tuple[dict[str, int], dict[str, int]]:
        found = aws("iam").simulate_custom_policy(PolicyInputList=[text], ActionNames=[action], ContextEntries=at)["EvaluationResults"][0]
        return found["MatchedStatements"][0]["StartPosition"], found["MatchedStatements"][0]["EndPosition"]
    assert positions(json.dumps(one, separators=(",", ":")), "dynamodb:CreateBackup") == ({"Line": 1, "Column": 38}, {"Line": 1, "Column": 167})
    assert positions(json.dumps(listed, indent=4), "dynamodb:ListTables")[0] == {"Line": 3, "Column": 19}


# ---------------------------------------------------------------- reports


def test_a_report_takes_a_moment_and_has_a_row_for_each_service(aws: Any, sandbox: Sandbox) -> None:
    iam = aws("iam")
    arn = make_policy(iam, "p", READ, {"Effect": "Allow", "Action": ["logs:PutLogEvents"], "Resource": "*"})
    job = iam.generate_service_last_accessed_details(Arn=arn)["JobId"]
    assert iam.get_service_last_accessed_details(JobId=job)["JobStatus"] == "IN_PROGRESS"
    sandbox.turn(2)
    done = iam.get_service_last_accessed_details(JobId=job)
    assert (done["JobStatus"], [s["ServiceNamespace"] for s in done["ServicesLastAccessed"]]) == ("COMPLETED", ["logs", "s3"])


# ---------------------------------------------------------------- what counts as a use, and what may be done twice


def test_a_key_was_last_used_for_what_its_owner_asked_not_for_what_the_sandbox_asked_itself(aws: Any, sandbox: Sandbox) -> None:
    iam = aws("iam")
    iam.create_user(UserName="u")
    key = iam.create_access_key(UserName="u")["AccessKey"]["AccessKeyId"]
    assert iam.get_access_key_last_used(AccessKeyId=key)["AccessKeyLastUsed"]["ServiceName"] == "N/A"
    sandbox.client("iam", key=key).list_users()
    assert iam.get_access_key_last_used(AccessKeyId=key)["AccessKeyLastUsed"]["ServiceName"] == "iam"
    sandbox.client("ec2", key=key).describe_vpcs()
    assert iam.get_access_key_last_used(AccessKeyId=key)["AccessKeyLastUsed"]["ServiceName"] == "ec2"
    sandbox.client("cloudtrail", key=key).lookup_events()  # which moto never sees
    assert iam.get_access_key_last_used(AccessKeyId=key)["AccessKeyLastUsed"]["ServiceName"] == "cloudtrail"


@pytest.mark.parametrize("region", ["us-east-1", "cn-north-1"])
def test_a_role_is_bounded_in_every_partition(sandbox: Sandbox, region: str) -> None:
    sandbox.reset()
    iam = sandbox.client("iam", region)
    bound = make_policy(iam, "bound", {**READ, "Resource": "*"})
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=policy({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}),
                    PermissionsBoundary=bound)
    assert refused(iam.delete_policy, PolicyArn=bound) == "DeleteConflict"


def test_a_provider_that_is_gone_may_be_deleted_again(aws: Any) -> None:
    iam = aws("iam")
    arn = iam.create_open_id_connect_provider(Url="https://example.com", ThumbprintList=[])["OpenIDConnectProviderArn"]
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    assert refused(iam.get_open_id_connect_provider, OpenIDConnectProviderArn=arn) == "NoSuchEntity"
