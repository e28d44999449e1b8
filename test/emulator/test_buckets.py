"""A bucket of a template has what the template says, loses what the next one leaves out, and cannot go while it holds objects."""
from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import refused

RULE = {"Id": "archive", "Status": "Enabled", "Prefix": "in/", "TagFilters": [{"Key": "k", "Value": "v"}],
        "Transitions": [{"StorageClass": "GLACIER_IR", "TransitionInDays": 30}], "NoncurrentVersionExpiration": {"NoncurrentDays": 7},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 3}, "ExpirationInDays": 400}
FULL = {
    "BucketName": "full", "VersioningConfiguration": {"Status": "Enabled"}, "LifecycleConfiguration": {"Rules": [RULE]},
    "PublicAccessBlockConfiguration": {"BlockPublicAcls": True, "BlockPublicPolicy": True, "IgnorePublicAcls": True, "RestrictPublicBuckets": True},
    "BucketEncryption": {"ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]},
    "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
}
POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::full/*",
                                                  "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}


def body(bucket: dict[str, Any], policy: Any = None) -> str:
    resources: dict[str, Any] = {"B": {"Type": "AWS::S3::Bucket", "Properties": bucket}}
    if policy:
        resources["P"] = {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Ref": "B"}, "PolicyDocument": policy}}
    return json.dumps({"Resources": resources, "Outputs": {"Arn": {"Value": {"Fn::GetAtt": ["B", "Arn"]}}}})


def test_nothing_of_it_is_lost_and_what_is_left_out_goes(aws: Any) -> None:
    s3, cloudformation = aws("s3"), aws("cloudformation")
    cloudformation.create_stack(StackName="s", TemplateBody=body(FULL, POLICY), Tags=[{"Key": "run", "Value": "r"}])
    assert cloudformation.describe_stacks(StackName="s")["Stacks"][0]["Outputs"][0]["OutputValue"] == "arn:aws:s3:::full"
    assert s3.get_bucket_versioning(Bucket="full")["Status"] == "Enabled"
    rule = s3.get_bucket_lifecycle_configuration(Bucket="full")["Rules"][0]
    assert rule["Transitions"] == [{"Days": 30, "StorageClass": "GLACIER_IR"}] and rule["Expiration"]["Days"] == 400
    assert rule["Filter"] == {"And": {"Prefix": "in/", "Tags": [{"Key": "k", "Value": "v"}]}}
    assert all(s3.get_public_access_block(Bucket="full")["PublicAccessBlockConfiguration"].values())
    assert s3.get_bucket_ownership_controls(Bucket="full")["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]
    assert s3.get_bucket_encryption(Bucket="full")["ServerSideEncryptionConfiguration"]["Rules"]
    assert {"Key": "run", "Value": "r"} in s3.get_bucket_tagging(Bucket="full")["TagSet"]
    assert json.loads(s3.get_bucket_policy(Bucket="full")["Policy"]) == POLICY
    cloudformation.update_stack(StackName="s", TemplateBody=body({"BucketName": "full"}))
    assert s3.get_bucket_versioning(Bucket="full")["Status"] == "Suspended"
    assert refused(s3.get_bucket_lifecycle_configuration, Bucket="full") == "NoSuchLifecycleConfiguration"
    assert refused(s3.get_bucket_policy, Bucket="full") == "NoSuchBucketPolicy"


def test_one_that_holds_an_object_stays(aws: Any) -> None:
    s3, cloudformation = aws("s3"), aws("cloudformation")
    cloudformation.create_stack(StackName="s", TemplateBody=body({}))
    bucket = cloudformation.describe_stack_resource(StackName="s", LogicalResourceId="B")["StackResourceDetail"]["PhysicalResourceId"]
    assert bucket == bucket.lower() and len(bucket) <= 63
    s3.put_object(Bucket=bucket, Key="k", Body=b"")
    cloudformation.delete_stack(StackName="s")
    assert cloudformation.describe_stacks(StackName="s")["Stacks"][0]["StackStatus"] == "DELETE_FAILED"
    s3.delete_object(Bucket=bucket, Key="k")
    cloudformation.delete_stack(StackName="s")
    assert s3.list_buckets()["Buckets"] == []


@pytest.mark.parametrize("properties,said", [({"BucketName": "taken"}, "already exists"), ({"MetricsConfigurations": [{"Id": "m"}]}, "cannot set")])
def test_what_cannot_be_made_fails(aws: Any, properties: dict[str, Any], said: str) -> None:
    aws("s3").create_bucket(Bucket="taken")
    cloudformation = aws("cloudformation")
    cloudformation.create_stack(StackName="s", TemplateBody=body(properties), OnFailure="DELETE")
    stack = cloudformation.list_stacks()["StackSummaries"][0]["StackId"]
    reasons = [e.get("ResourceStatusReason", "") for e in cloudformation.describe_stack_events(StackName=stack)["StackEvents"]]
    assert any(said in r for r in reasons), reasons
    assert [b["Name"] for b in aws("s3").list_buckets()["Buckets"]] == ["taken"]


@pytest.mark.parametrize("change,code", [
    ({}, "403"), ({"Condition": {"Bool": {"aws:SecureTransport": "false"}}}, ""), ({"Condition": {"Bool": {"aws:SecureTransport": "true"}}}, "403"),
    ({"Principal": {"AWS": "arn:aws:iam::123456789012:role/another"}}, ""), ({"Action": "s3:GetObject"}, ""),
])
def test_a_policy_is_judged_with_its_conditions_and_principals(aws: Any, change: dict[str, Any], code: str) -> None:
    s3 = aws("s3")
    s3.create_bucket(Bucket="policed")
    statement = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::policed/*", **change}
    s3.put_bucket_policy(Bucket="policed", Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    if code:
        assert refused(s3.put_object, Bucket="policed", Key="k", Body=b"v") == code
    else:
        s3.put_object(Bucket="policed", Key="k", Body=b"v")


@pytest.mark.parametrize("text", ["{", '{"Version": "2012-10-17"}', '{"Statement": [{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}'])
def test_a_policy_that_is_none_is_refused(aws: Any, text: str) -> None:
    aws("s3").create_bucket(Bucket="policed")
    assert refused(aws("s3").put_bucket_policy, Bucket="policed", Policy=text) == "MalformedPolicy"
