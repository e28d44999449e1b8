"""CloudFormation that tells the truth: what it refuses, what it rolls back, what it says."""
from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import WaiterError
from conftest import message, refused

VPC = {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}}
PARAMETER = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": "v"}}
ROLE = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}}}


def subnet(cidr: str, vpc: str = "Vpc") -> dict[str, Any]:
    return {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": vpc}, "CidrBlock": cidr}}


def body(**resources: Any) -> str:
    return json.dumps({"Resources": resources})


def create(aws: Any, name: str = "s", template: str = "", **more: Any) -> dict[str, Any]:
    cloudformation = aws("cloudformation")
    id_ = cloudformation.create_stack(StackName=name, TemplateBody=template, **more)["StackId"]
    return dict(cloudformation.describe_stacks(StackName=id_)["Stacks"][0])


def events(aws: Any, stack: str) -> list[tuple[str, str]]:
    rows = aws("cloudformation").describe_stack_events(StackName=stack)["StackEvents"]
    return [(e["LogicalResourceId"], e["ResourceStatus"]) for e in reversed(rows)]


# ---------------------------------------------------------------- refused before anything is made


@pytest.mark.parametrize("template,said", [
    ("", "Either Template URL or Template Body must be specified"),
    ("{", "not well-formed"),
    ("[]", "unsupported structure"),
    ("{}", "At least one Resources member must be defined"),
    (json.dumps({"Resources": {"V": VPC}, "Nope": 1}), "Invalid template property or properties [Nope]"),
    (json.dumps({"Resources": {"V": {"Type": "AWS::Nope::Nope"}}}), "Unrecognized resource types: [AWS::Nope::Nope]"),
    (json.dumps({"Resources": {"V": {"Properties": {}}}}), "must contain a Type member"),
    (json.dumps({"Resources": {"V": {**VPC, "Depends": "x"}}}), "Invalid template resource property 'Depends'"),
    (json.dumps({"Resources": {"S": subnet("10.0.1.0/24")}}), "Unresolved resource dependencies [Vpc]"),
    (json.dumps({"Resources": {"V": {**VPC, "DependsOn": "W"}}}), "Unresolved resource dependencies [W]"),
    (json.dumps({"Resources": {"V": {**VPC, "DependsOn": "W"}, "W": {**VPC, "DependsOn": "V"}}}), "Circular dependency"),
    (json.dumps({"Resources": {"V": VPC}, "Outputs": {"O": {"Value": {"Fn::GetAtt": ["V", "Nope"]}}}}), "does not support attribute type Nope"),
    (json.dumps({"Resources": {"V": VPC}, "Outputs": {"O": {"Value": {"Fn::GetAtt": ["W", "Arn"]}}}}), "references undefined resource W"),
    (json.dumps({"Resources": {"V": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": {"Fn::Nope": 1}}}}}), "Fn::Nope"),
    (json.dumps({"Resources": {"V": VPC}, "Parameters": {"P": {"Type": "String"}}}), "Parameters: [P] must have values"),
    ("x" * 51201, "length less than or equal to 51200"),
])
def test_a_template_that_is_wrong_makes_no_stack(aws: Any, template: str, said: str) -> None:
    cloudformation = aws("cloudformation")
    asked = {"TemplateBody": template} if template else {}
    assert said in message(cloudformation.create_stack, StackName="s", **asked)
    assert refused(cloudformation.create_stack, StackName="s", **asked) == "ValidationError"
    assert cloudformation.list_stacks()["StackSummaries"] == []


@pytest.mark.parametrize("given,said", [
    ([{"ParameterKey": "Size", "ParameterValue": "x"}], "must be a number"),
    ([{"ParameterKey": "Size", "ParameterValue": "99"}], "not greater than 10"),
    ([{"ParameterKey": "Kind", "ParameterValue": "c"}], "must be one of AllowedValues"),
    ([{"ParameterKey": "Name", "ParameterValue": "UPPER"}], "lower case, please"),
    ([{"ParameterKey": "Nope", "ParameterValue": "x"}], "do not exist in the template"),
    ([{"ParameterKey": "Stored", "ParameterValue": "/not/there"}], "Unable to fetch parameters [/not/there]"),
])
def test_parameters_are_checked(aws: Any, given: list[dict[str, str]], said: str) -> None:
    aws("ssm").put_parameter(Name="/there", Value="10.9.0.0/16", Type="String")
    template = json.dumps({"Resources": {"V": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": {"Ref": "Stored"}}}}, "Parameters": {
        "Size": {"Type": "Number", "Default": 5, "MaxValue": 10}, "Kind": {"Type": "String", "AllowedValues": ["a", "b"], "Default": "a"},
        "Name": {"Type": "String", "AllowedPattern": "[a-z]+", "Default": "x", "ConstraintDescription": "lower case, please"},
        "Stored": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/there"}}})
    assert said in message(aws("cloudformation").create_stack, StackName="s", TemplateBody=template, Parameters=given)
    stack = create(aws, "t", template)
    shown = {p["ParameterKey"]: p for p in stack["Parameters"]}
    assert shown["Stored"]["ParameterValue"] == "/there" and shown["Stored"]["ResolvedValue"] == "10.9.0.0/16"


def test_capabilities_are_required(aws: Any) -> None:
    cloudformation = aws("cloudformation")
    named = {"Type": "AWS::IAM::Role", "Properties": {**ROLE["Properties"], "RoleName": "r"}}
    assert refused(cloudformation.create_stack, StackName="s", TemplateBody=body(R=ROLE)) == "InsufficientCapabilitiesException"
    assert refused(cloudformation.create_change_set, StackName="s", ChangeSetName="c", ChangeSetType="CREATE", TemplateBody=body(R=ROLE)) \
        == "InsufficientCapabilitiesException"
    told = message(cloudformation.create_stack, StackName="s", TemplateBody=body(R=named), Capabilities=["CAPABILITY_IAM"])
    assert "CAPABILITY_NAMED_IAM" in told
    assert create(aws, template=body(R=named), Capabilities=["CAPABILITY_NAMED_IAM"])["StackStatus"] == "CREATE_COMPLETE"


def test_a_name_is_taken_once(aws: Any) -> None:
    create(aws, template=body(P=PARAMETER))
    assert refused(aws("cloudformation").create_stack, StackName="s", TemplateBody=body(P=PARAMETER)) == "AlreadyExistsException"
    assert refused(aws("cloudformation").create_stack, StackName="1s", TemplateBody=body(P=PARAMETER)) == "ValidationError"


# ---------------------------------------------------------------- a create that fails


BAD = {"Vpc": VPC, "Good": subnet("10.0.1.0/24"), "Bad": {**subnet("192.168.0.0/24"), "DependsOn": "Good"}}


def test_a_failed_create_rolls_back_and_leaves_nothing(aws: Any) -> None:
    before = aws("ec2").describe_vpcs()["Vpcs"], aws("ec2").describe_subnets()["Subnets"]
    stack = create(aws, template=body(**BAD))
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE"
    assert (aws("ec2").describe_vpcs()["Vpcs"], aws("ec2").describe_subnets()["Subnets"]) == before
    told = {e["LogicalResourceId"]: e["ResourceStatusReason"] for e in aws("cloudformation").describe_stack_events(StackName="s")["StackEvents"]
            if e["ResourceStatus"] == "CREATE_FAILED"}
    assert "InvalidSubnet.Range" in told["Bad"] and "Service: EC2" in told["Bad"]
    assert ("Good", "DELETE_COMPLETE") in events(aws, "s") and ("s", "ROLLBACK_IN_PROGRESS") in events(aws, "s")
    with pytest.raises(WaiterError):
        aws("cloudformation").get_waiter("stack_create_complete").wait(StackName="s")
    assert "ROLLBACK_COMPLETE state and can not be updated" in message(aws("cloudformation").update_stack, StackName="s", TemplateBody=body(P=PARAMETER))
    aws("cloudformation").delete_stack(StackName="s")
    assert refused(aws("cloudformation").describe_stacks, StackName="s") == "ValidationError"


def test_on_failure_does_as_it_says(aws: Any) -> None:
    kept = create(aws, "kept", body(**BAD), OnFailure="DO_NOTHING")
    assert kept["StackStatus"] == "CREATE_FAILED" and len(aws("ec2").describe_vpcs(Filters=[{"Name": "cidr", "Values": ["10.0.0.0/16"]}])["Vpcs"]) == 1
    gone = create(aws, "gone", body(**BAD), OnFailure="DELETE")
    assert gone["StackStatus"] == "DELETE_COMPLETE"
    aws("cloudformation").rollback_stack(StackName="kept")
    assert aws("cloudformation").describe_stacks(StackName="kept")["Stacks"][0]["StackStatus"] == "ROLLBACK_COMPLETE"
    assert aws("ec2").describe_vpcs(Filters=[{"Name": "cidr", "Values": ["10.0.0.0/16"]}])["Vpcs"] == []


def test_properties_that_a_type_does_not_have_fail_the_resource(aws: Any) -> None:
    stack = create(aws, template=body(V={"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16", "Colour": "red"}}))
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE"
    reason = next(e["ResourceStatusReason"] for e in aws("cloudformation").describe_stack_events(StackName="s")["StackEvents"] if e["ResourceStatus"] == "CREATE_FAILED")
    assert "Colour" in reason


# ---------------------------------------------------------------- what it shows


def test_each_resource_has_its_ids_and_events(aws: Any) -> None:
    stack = create(aws, template=body(Vpc=VPC, Subnet=subnet("10.0.1.0/24")))
    assert events(aws, "s") == [("s", "CREATE_IN_PROGRESS"), ("Vpc", "CREATE_IN_PROGRESS"), ("Vpc", "CREATE_IN_PROGRESS"), ("Vpc", "CREATE_COMPLETE"),
                                ("Subnet", "CREATE_IN_PROGRESS"), ("Subnet", "CREATE_IN_PROGRESS"), ("Subnet", "CREATE_COMPLETE"), ("s", "CREATE_COMPLETE")]
    rows = {r["LogicalResourceId"]: r for r in aws("cloudformation").list_stack_resources(StackName="s")["StackResourceSummaries"]}
    assert rows["Vpc"]["PhysicalResourceId"].startswith("vpc-") and rows["Subnet"]["PhysicalResourceId"].startswith("subnet-")
    one = aws("cloudformation").describe_stack_resource(StackName="s", LogicalResourceId="Vpc")["StackResourceDetail"]
    assert one["ResourceType"] == "AWS::EC2::VPC" and one["StackId"] == stack["StackId"]
    found = aws("cloudformation").describe_stack_resources(PhysicalResourceId=rows["Vpc"]["PhysicalResourceId"])["StackResources"]
    assert {r["LogicalResourceId"] for r in found} == {"Vpc", "Subnet"}
    assert refused(aws("cloudformation").describe_stack_resource, StackName="s", LogicalResourceId="Nope") == "ValidationError"
    assert json.loads(aws("cloudformation").get_template(StackName="s")["TemplateBody"]) if isinstance(
        aws("cloudformation").get_template(StackName="s")["TemplateBody"], str) else True


def test_functions(aws: Any) -> None:
    values = {
        "Cidr": {"Fn::Join": [" ", {"Fn::Cidr": ["10.0.0.0/16", 3, 8]}]}, "Second": {"Fn::Select": [1, {"Fn::Split": [",", "a,b,c"]}]},
        "Sub": {"Fn::Sub": ["${Vpc} in ${AWS::Region} ${!Literal} ${X}", {"X": "y"}]}, "Block": {"Fn::Sub": "${Vpc.CidrBlock}"},
        "If": {"Fn::If": ["Yes", "yes", {"Ref": "AWS::NoValue"}]}, "Map": {"Fn::FindInMap": ["M", {"Ref": "AWS::Region"}, "k"]},
        "Zone": {"Fn::Select": [0, {"Fn::GetAZs": ""}]}, "Base64": {"Fn::Base64": "text"}, "Json": {"Fn::ToJsonString": {"a": [1]}},
        "Length": {"Fn::Length": {"Ref": "List"}}, "Dynamic": "{{resolve:ssm:/x}}", "Account": {"Ref": "AWS::AccountId"},
    }
    aws("ssm").put_parameter(Name="/x", Value="stored", Type="String")
    template = {"Resources": {"Vpc": VPC}, "Mappings": {"M": {"us-east-1": {"k": "mapped"}}}, "Parameters": {"List": {"Type": "CommaDelimitedList", "Default": "a,b"}},
                "Conditions": {"Yes": {"Fn::And": [{"Fn::Equals": ["a", "a"]}, {"Fn::Not": [{"Fn::Equals": ["a", "b"]}]}]}, "No": {"Fn::Not": [{"Condition": "Yes"}]}},
                "Outputs": {**{k: {"Value": v} for k, v in values.items()}, "Hidden": {"Value": "x", "Condition": "No"}}}
    told = {o["OutputKey"]: o["OutputValue"] for o in create(aws, template=json.dumps(template))["Outputs"]}
    vpc = aws("cloudformation").describe_stack_resource(StackName="s", LogicalResourceId="Vpc")["StackResourceDetail"]["PhysicalResourceId"]
    assert told == {
        "Cidr": "10.0.0.0/24 10.0.1.0/24 10.0.2.0/24", "Second": "b", "Sub": f"{vpc} in us-east-1 ${{Literal}} y", "Block": "10.0.0.0/16", "If": "yes",
        "Map": "mapped", "Zone": "us-east-1a", "Base64": "dGV4dA==", "Json": '{"a":[1]}', "Length": "2", "Dynamic": "stored", "Account": "123456789012"}


def test_yaml_with_short_forms(aws: Any) -> None:
    template = """
AWSTemplateFormatVersion: 2010-09-09
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: !Select [0, !Cidr [10.0.0.0/8, 2, 16]], EnableDnsSupport: true}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: !Join ['', ['10.0.', '1.0/24']]
      AvailabilityZone: !Sub '${AWS::Region}a'
Outputs:
  Zone: {Value: !GetAtt Subnet.AvailabilityZone}
"""
    stack = create(aws, template=template)
    assert stack["StackStatus"] == "CREATE_COMPLETE" and stack["Outputs"][0]["OutputValue"] == "us-east-1a"


def test_stack_tags_reach_the_resources_of_moto_s_own_types_too(aws: Any) -> None:
    create(aws, template=body(B={"Type": "AWS::S3::Bucket"}, T={"Type": "AWS::SNS::Topic"}, Q={"Type": "AWS::SQS::Queue"}, P={**PARAMETER}, R=ROLE,
                              L={"Type": "AWS::Logs::LogGroup"}), Tags=[{"Key": "worklab:run", "Value": "r"}], Capabilities=["CAPABILITY_IAM"])
    ids = {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in aws("cloudformation").describe_stack_resources(StackName="s")["StackResources"]}
    wanted = {"Key": "worklab:run", "Value": "r"}
    assert wanted in aws("s3").get_bucket_tagging(Bucket=ids["B"])["TagSet"]
    assert wanted in aws("sns").list_tags_for_resource(ResourceArn=ids["T"])["Tags"]
    assert aws("sqs").list_queue_tags(QueueUrl=ids["Q"])["Tags"]["worklab:run"] == "r"
    assert wanted in aws("ssm").list_tags_for_resource(ResourceType="Parameter", ResourceId=ids["P"])["TagList"]
    assert wanted in aws("iam").list_role_tags(RoleName=ids["R"])["Tags"]
    assert aws("logs").list_tags_log_group(logGroupName=ids["L"])["tags"]["worklab:run"] == "r"


def test_a_virtual_private_gateway_is_attached_and_detached(aws: Any) -> None:
    ec2 = aws("ec2")
    template = body(Vpc={"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}}, Gateway={"Type": "AWS::EC2::VPNGateway", "Properties": {"Type": "ipsec.1"}},
                    Attached={"Type": "AWS::EC2::VPCGatewayAttachment", "Properties": {"VpcId": {"Ref": "Vpc"}, "VpnGatewayId": {"Ref": "Gateway"}}})
    create(aws, template=template, Tags=[{"Key": "worklab:run", "Value": "r"}])
    gateway, = ec2.describe_vpn_gateways()["VpnGateways"]
    assert [a["State"] for a in gateway["VpcAttachments"]] == ["attached"]
    tags = {t["Key"]: t["Value"] for t in gateway["Tags"]}
    assert tags["worklab:run"] == "r" and tags["aws:cloudformation:logical-id"] == "Gateway"
    aws("cloudformation").delete_stack(StackName="s")
    assert [g["State"] for g in ec2.describe_vpn_gateways()["VpnGateways"]] in ([], ["deleted"])
    both = {"VpcId": "vpc-1", "VpnGatewayId": "vgw-1", "InternetGatewayId": "igw-1"}
    wrong = create(aws, "both", body(Attached={"Type": "AWS::EC2::VPCGatewayAttachment", "Properties": both}))
    assert wrong["StackStatus"] == "ROLLBACK_COMPLETE"


def test_a_name_that_is_cut_still_tells_the_stack_and_the_resource(aws: Any) -> None:
    long = "S" * 100
    create(aws, long, body(TheBucket={"Type": "AWS::S3::Bucket"}, TheRole=ROLE), Capabilities=["CAPABILITY_IAM"])
    ids = {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in aws("cloudformation").describe_stack_resources(StackName=long)["StackResources"]}
    assert len(ids["TheBucket"]) <= 63 and ids["TheBucket"].startswith("sss") and "-thebucket-" in ids["TheBucket"]
    assert len(ids["TheRole"]) <= 64 and "-TheRole-" in ids["TheRole"]


def test_a_key_encrypts_unless_the_template_says_otherwise(aws: Any) -> None:
    create(aws, template=body(Key={"Type": "AWS::KMS::Key", "Properties": {"Description": "d"}}))
    kms = aws("kms")
    about = kms.describe_key(KeyId=kms.list_keys()["Keys"][0]["KeyId"])["KeyMetadata"]
    assert (about["KeyUsage"], about["EncryptionAlgorithms"]) == ("ENCRYPT_DECRYPT", ["SYMMETRIC_DEFAULT"])
    assert kms.create_key(KeyUsage="SIGN_VERIFY", KeySpec="RSA_2048")["KeyMetadata"]["KeyUsage"] == "SIGN_VERIFY"
