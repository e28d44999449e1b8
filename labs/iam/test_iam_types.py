"""The types that the lab's templates use: nothing of a property is lost, and a deletion leaves nothing."""
from __future__ import annotations

import json
from typing import Any

from conftest import Sandbox, refused
from test_iam import METADATA, READ, VERSION, policy

TRAIL_POLICY = {"Version": VERSION, "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:GetBucketAcl", "Resource": "arn:aws:s3:::logs-of-mine"},
    {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:PutObject",
     "Resource": "arn:aws:s3:::logs-of-mine/AWSLogs/123456789012/*"}]}
TEMPLATE: dict[str, Any] = {"Resources": {
    "Limit": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"ManagedPolicyName": "limit", "PolicyDocument": policy(READ)}},
    "Devs": {"Type": "AWS::IAM::Group", "Properties": {"GroupName": "devs", "Path": "/team/", "ManagedPolicyArns": [{"Ref": "Limit"}],
                                                       "Policies": [{"PolicyName": "in", "PolicyDocument": json.loads(policy(READ))}]}},
    "Alice": {"Type": "AWS::IAM::User", "Properties": {
        "UserName": "alice", "PermissionsBoundary": {"Ref": "Limit"}, "Tags": [{"Key": "team", "Value": "blue"}], "LoginProfile": {"Password": "aA1!aaaaaaaaa"},
        "Policies": [{"PolicyName": "own", "PolicyDocument": json.loads(policy(READ))}]}},
    "Members": {"Type": "AWS::IAM::UserToGroupAddition", "Properties": {"GroupName": {"Ref": "Devs"}, "Users": [{"Ref": "Alice"}]}},
    "Extra": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyName": "extra", "PolicyDocument": json.loads(policy(READ)), "Groups": [{"Ref": "Devs"}]}},
    "Idp": {"Type": "AWS::IAM::SAMLProvider", "Properties": {"Name": "idp", "SamlMetadataDocument": METADATA}},
    "Issuer": {"Type": "AWS::IAM::OIDCProvider", "Properties": {"Url": "https://id.example.com", "ClientIdList": ["one"]}},
    "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "logs-of-mine"}},
    "MayWrite": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": TRAIL_POLICY}},
    "Trail": {"Type": "AWS::CloudTrail::Trail", "DependsOn": "MayWrite", "Properties": {
        "TrailName": "mine", "S3BucketName": {"Ref": "Bucket"}, "IsLogging": True, "EnableLogFileValidation": True}},
    "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "changes"}},
    "MayPublish": {"Type": "AWS::SNS::TopicPolicy", "Properties": {"Topics": [{"Ref": "Topic"}], "PolicyDocument": {"Version": VERSION, "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sns:Publish", "Resource": {"Ref": "Topic"}}]}}},
}}


def deploy(aws: Any, template: dict[str, Any], verb: str = "create") -> str:
    call = getattr(aws("cloudformation"), f"{verb}_stack")
    call(StackName="s", TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_NAMED_IAM"], Tags=[{"Key": "run", "Value": "x"}])
    aws("cloudformation").get_waiter(f"stack_{verb}_complete").wait(StackName="s", WaiterConfig={"Delay": 1})
    return "s"


def test_nothing_that_a_template_says_is_lost_and_nothing_is_left(aws: Any) -> None:
    iam = aws("iam")
    deploy(aws, TEMPLATE)
    alice = iam.get_user(UserName="alice")["User"]
    assert alice["PermissionsBoundary"]["PermissionsBoundaryArn"].endswith(":policy/limit")
    assert {(t["Key"], t["Value"]) for t in iam.list_user_tags(UserName="alice")["Tags"]} >= {("team", "blue"), ("run", "x")}
    assert [g["GroupName"] for g in iam.list_groups_for_user(UserName="alice")["Groups"]] == ["devs"]
    assert iam.list_user_policies(UserName="alice")["PolicyNames"] == ["own"]
    assert iam.get_login_profile(UserName="alice")["LoginProfile"]["UserName"] == "alice"
    assert sorted(iam.list_group_policies(GroupName="devs")["PolicyNames"]) == ["extra", "in"]
    assert iam.list_attached_group_policies(GroupName="devs")["AttachedPolicies"][0]["PolicyName"] == "limit"
    issuer = iam.list_open_id_connect_providers()["OpenIDConnectProviderList"][0]["Arn"]
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=issuer)["ClientIDList"] == ["one"]
    assert aws("cloudtrail").get_trail_status(Name="mine")["IsLogging"] is True
    assert "events.amazonaws.com" in aws("sns").get_topic_attributes(TopicArn="arn:aws:sns:us-east-1:123456789012:changes")["Attributes"]["Policy"]

    changed = json.loads(json.dumps(TEMPLATE))
    changed["Resources"]["Alice"]["Properties"]["Policies"] = []
    changed["Resources"]["Issuer"]["Properties"]["ClientIdList"] = ["two"]
    changed["Resources"]["Trail"]["Properties"]["IsLogging"] = False
    del changed["Resources"]["Members"]
    deploy(aws, changed, "update")
    assert iam.list_user_policies(UserName="alice")["PolicyNames"] == []
    assert iam.list_groups_for_user(UserName="alice")["Groups"] == []
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=issuer)["ClientIDList"] == ["two"]
    assert aws("cloudtrail").get_trail_status(Name="mine")["IsLogging"] is False

    aws("cloudformation").delete_stack(StackName="s")
    aws("cloudformation").get_waiter("stack_delete_complete").wait(StackName="s", WaiterConfig={"Delay": 1})
    assert [iam.list_users()["Users"], iam.list_groups()["Groups"], iam.list_policies(Scope="Local")["Policies"], iam.list_saml_providers()["SAMLProviderList"],
            iam.list_open_id_connect_providers()["OpenIDConnectProviderList"], aws("cloudtrail").describe_trails()["trailList"]] == [[]] * 6


def test_a_key_made_by_hand_blocks_the_deletion_of_a_stack(aws: Any) -> None:
    deploy(aws, {"Resources": {"Alice": {"Type": "AWS::IAM::User", "Properties": {"UserName": "alice"}}}})
    aws("iam").create_access_key(UserName="alice")
    aws("cloudformation").delete_stack(StackName="s")
    stack = aws("cloudformation").describe_stacks(StackName="s")["Stacks"][0]
    assert stack["StackStatus"] == "DELETE_FAILED"


def test_a_trail_wants_a_bucket_that_lets_it_write(aws: Any) -> None:
    aws("s3").create_bucket(Bucket="logs-of-mine")
    assert refused(aws("cloudtrail").create_trail, Name="mine", S3BucketName="logs-of-mine") == "InsufficientS3BucketPolicyException"
    aws("s3").put_bucket_policy(Bucket="logs-of-mine", Policy=json.dumps(TRAIL_POLICY))
    assert aws("cloudtrail").create_trail(Name="mine", S3BucketName="logs-of-mine")["Name"] == "mine"


def test_events_of_iam_are_told_in_us_east_1_whatever_the_region_of_the_client(sandbox: Sandbox, aws: Any) -> None:
    aws("iam")
    sandbox.client("iam", region="eu-west-1").create_user(UserName="alice")
    told = {region: sandbox.client("cloudtrail", region=region).lookup_events(LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "CreateUser"}])
            for region in ("us-east-1", "eu-west-1")}
    assert [len(told[region]["Events"]) for region in told] == [1, 0]
    assert json.loads(told["us-east-1"]["Events"][0]["CloudTrailEvent"])["awsRegion"] == "us-east-1"
