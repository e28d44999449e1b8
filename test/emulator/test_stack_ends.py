"""How stacks end: deletion deletes, what blocks it is said, what is in use holds; and stacks within stacks."""
from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from conftest import message, refused, service_model
from emulator.cfn.engine import handler_code
from test_cloudformation import PARAMETER, ROLE, VPC, body, create

# ---------------------------------------------------------------- deletion


def test_deletion_deletes(aws: Any) -> None:
    policy = {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"Roles": [{"Ref": "Role"}], "PolicyDocument": {
        "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}}}
    check = {"Type": "AWS::Route53::HealthCheck", "Properties": {"HealthCheckConfig": {"Type": "HTTP", "IPAddress": "192.0.2.1", "Port": 80}}}
    create(aws, template=body(
        Eip={"Type": "AWS::EC2::EIP", "Properties": {"Domain": "vpc"}}, Vpc=VPC, Igw={"Type": "AWS::EC2::InternetGateway"},
        Volume={"Type": "AWS::EC2::Volume", "Properties": {"AvailabilityZone": "us-east-1a", "Size": 1}},
        Attached={"Type": "AWS::EC2::VPCGatewayAttachment", "Properties": {"VpcId": {"Ref": "Vpc"}, "InternetGatewayId": {"Ref": "Igw"}}},
        Table={"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"}}},
        Endpoint={"Type": "AWS::EC2::VPCEndpoint", "Properties": {"VpcId": {"Ref": "Vpc"}, "ServiceName": "com.amazonaws.us-east-1.s3",
                                                                  "RouteTableIds": [{"Ref": "Table"}]}},
        Zone={"Type": "AWS::Route53::HostedZone", "Properties": {"Name": "example.com"}}, Check=check, Role=ROLE, Policy=policy,
    ), Capabilities=["CAPABILITY_IAM"])
    aws("cloudformation").delete_stack(StackName="s")
    ec2 = aws("ec2")
    assert ec2.describe_addresses()["Addresses"] == [] and ec2.describe_volumes()["Volumes"] == []
    assert ec2.describe_internet_gateways()["InternetGateways"] == [] and ec2.describe_vpc_endpoints()["VpcEndpoints"] == []
    assert len(ec2.describe_route_tables()["RouteTables"]) == 1 and len(ec2.describe_vpcs()["Vpcs"]) == 1
    assert aws("route53").list_hosted_zones()["HostedZones"] == [] and aws("route53").list_health_checks()["HealthChecks"] == []
    assert aws("iam").list_policies(Scope="Local")["Policies"] == [] and aws("iam").list_roles()["Roles"] == []


@pytest.mark.parametrize(
    ("service", "shape", "expected"),
    [
        ("rds", "DBInstanceNotFoundFault", "NotFound"),
        ("sqs", "QueueDoesNotExist", "NotFound"),
        ("iam", "NoSuchEntityException", "NotFound"),
        ("ssm", "ParameterAlreadyExists", "AlreadyExists"),
        ("organizations", "DuplicatePolicyException", "AlreadyExists"),
        ("organizations", "AccessDeniedForDependencyException", "AccessDenied"),
        ("kms", "LimitExceededException", "ServiceLimitExceeded"),
        ("rds", "InstanceQuotaExceededFault", "ServiceLimitExceeded"),
        ("organizations", "TooManyRequestsException", "Throttling"),
        ("ssm", "ThrottlingException", "Throttling"),
        ("iam", "DeleteConflictException", "ResourceConflict"),
        ("backup", "MissingParameterValueException", "InvalidRequest"),
    ],
)
def test_a_services_error_has_cloudformations_code(service: str, shape: str, expected: str) -> None:
    """The services' codes are those of botocore's models."""
    modelled = service_model(service).shape_for(shape)
    assert handler_code(modelled.error_code or modelled.name) == expected


def test_a_blocked_deletion_ends_in_delete_failed_with_the_reason(aws: Any) -> None:
    id_ = create(aws, template=body(B={"Type": "AWS::S3::Bucket"}, P=PARAMETER))["StackId"]
    bucket = aws("cloudformation").describe_stack_resource(StackName="s", LogicalResourceId="B")["StackResourceDetail"]["PhysicalResourceId"]
    aws("s3").put_object(Bucket=bucket, Key="k", Body=b"x")
    aws("cloudformation").delete_stack(StackName="s")
    stack = aws("cloudformation").describe_stacks(StackName=id_)["Stacks"][0]
    assert stack["StackStatus"] == "DELETE_FAILED" and "[B]" in stack["StackStatusReason"]
    resource = aws("cloudformation").describe_stack_resource(StackName=id_, LogicalResourceId="B")["StackResourceDetail"]
    assert "BucketNotEmpty" in resource["ResourceStatusReason"]
    aws("cloudformation").delete_stack(StackName=id_, RetainResources=["B"])
    assert aws("cloudformation").describe_stacks(StackName=id_)["Stacks"][0]["StackStatus"] == "DELETE_COMPLETE"
    assert len(aws("s3").list_buckets()["Buckets"]) == 1


def test_a_managed_policy_that_somebody_attached_blocks(aws: Any) -> None:
    policy = {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": {
        "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}}}
    id_ = create(aws, template=body(P=policy), Capabilities=["CAPABILITY_IAM"])["StackId"]
    arn = aws("cloudformation").describe_stack_resource(StackName="s", LogicalResourceId="P")["StackResourceDetail"]["PhysicalResourceId"]
    aws("iam").create_user(UserName="u")
    aws("iam").attach_user_policy(UserName="u", PolicyArn=arn)
    aws("cloudformation").delete_stack(StackName="s")
    assert "DeleteConflict" in aws("cloudformation").describe_stack_resource(StackName=id_, LogicalResourceId="P")["StackResourceDetail"]["ResourceStatusReason"]


def test_what_is_retained_stays(aws: Any) -> None:
    create(aws, template=body(P={**PARAMETER, "DeletionPolicy": "Retain"}, V={
        "Type": "AWS::EC2::Volume", "DeletionPolicy": "Snapshot", "Properties": {"AvailabilityZone": "us-east-1a", "Size": 1}}))
    ids = {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in aws("cloudformation").describe_stack_resources(StackName="s")["StackResources"]}
    aws("cloudformation").delete_stack(StackName="s")
    assert aws("ssm").get_parameter(Name=ids["P"])["Parameter"]["Value"] == "v"
    assert aws("ec2").describe_snapshots(OwnerIds=["self"])["Snapshots"][0]["VolumeId"] == ids["V"]


def test_termination_protection_holds(aws: Any) -> None:
    cloudformation = aws("cloudformation")
    create(aws, template=body(P=PARAMETER), EnableTerminationProtection=True)
    assert "TerminationProtection is enabled" in message(cloudformation.delete_stack, StackName="s")
    cloudformation.update_termination_protection(StackName="s", EnableTerminationProtection=False)
    cloudformation.delete_stack(StackName="s")
    assert refused(cloudformation.describe_stacks, StackName="s") == "ValidationError"


def test_an_export_in_use_holds(aws: Any) -> None:
    cloudformation = aws("cloudformation")
    exporting = {"Resources": {"Vpc": VPC}, "Outputs": {"Id": {"Value": {"Ref": "Vpc"}, "Export": {"Name": "vpc-id"}}}}
    id_ = create(aws, "a", json.dumps(exporting))["StackId"]
    importing = body(S={"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Fn::ImportValue": "vpc-id"}, "CidrBlock": "10.0.1.0/24"}})
    assert create(aws, "b", importing)["StackStatus"] == "CREATE_COMPLETE"
    assert cloudformation.list_imports(ExportName="vpc-id")["Imports"] == ["b"]
    assert [e["Name"] for e in cloudformation.list_exports()["Exports"]] == ["vpc-id"]
    cloudformation.delete_stack(StackName="a")
    stack = cloudformation.describe_stacks(StackName=id_)["Stacks"][0]
    assert stack["StackStatus"] == "DELETE_FAILED" and "in use by b" in stack["StackStatusReason"]
    assert len(aws("ec2").describe_vpcs()["Vpcs"]) == 2
    cloudformation.delete_stack(StackName="b")
    cloudformation.delete_stack(StackName="a")
    assert cloudformation.list_exports()["Exports"] == []
    assert refused(cloudformation.create_stack, StackName="c", TemplateBody=importing) == "ValidationError"


def test_a_second_export_of_the_name_fails(aws: Any) -> None:
    template = json.dumps({"Resources": {"P": PARAMETER}, "Outputs": {"O": {"Value": "1", "Export": {"Name": "n"}}}})
    create(aws, "a", template)
    assert create(aws, "b", template)["StackStatus"] == "ROLLBACK_COMPLETE"


# ---------------------------------------------------------------- nested stacks, not emulated


def test_nested_stacks(aws: Any) -> None:
    aws("s3").create_bucket(Bucket="templates")
    child = {"Parameters": {"Value": {"Type": "String"}}, "Resources": {"P": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": {"Ref": "Value"}}}},
             "Outputs": {"Name": {"Value": {"Ref": "P"}}}}
    aws("s3").put_object(Bucket="templates", Key="child.json", Body=json.dumps(child).encode())
    parent = {"Resources": {"Child": {"Type": "AWS::CloudFormation::Stack", "Properties": {
        "TemplateURL": "https://templates.s3.amazonaws.com/child.json", "Parameters": {"Value": "v"}}}}, "Outputs": {"Name": {"Value": {"Fn::GetAtt": ["Child", "Outputs.Name"]}}}}
    stack = create(aws, template=json.dumps(parent), Tags=[{"Key": "worklab:run", "Value": "r"}])
    name = stack["Outputs"][0]["OutputValue"]
    assert aws("ssm").get_parameter(Name=name)["Parameter"]["Value"] == "v"
    nested = next(s for s in aws("cloudformation").describe_stacks()["Stacks"] if s.get("ParentId"))
    assert nested["RootId"] == stack["StackId"] and {"Key": "worklab:run", "Value": "r"} in nested["Tags"]
    aws("cloudformation").delete_stack(StackName="s")
    assert aws("cloudformation").describe_stacks()["Stacks"] == []
    with pytest.raises(ClientError):
        aws("ssm").get_parameter(Name=name)


def test_what_is_declared_not_emulated_says_so(aws: Any) -> None:
    stack = create(aws, template=json.dumps({"Resources": {"H": {"Type": "Test::Not::Emulated", "Properties": {"A": 1}}, "P": {
        "Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": {"Fn::GetAtt": ["H", "Arn"]}}}}}))
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    for rows in (aws("cloudformation").describe_stack_resources(StackName="s")["StackResources"],
                 aws("cloudformation").list_stack_resources(StackName="s")["StackResourceSummaries"]):
        row = next(r for r in rows if r["LogicalResourceId"] == "H")
        assert row["PhysicalResourceId"] and row["ResourceStatusReason"].startswith("not emulated: it needs a data centre")
    aws("cloudformation").delete_stack(StackName="s")


def test_what_was_deleted_by_hand_does_not_keep_its_stack(aws: Any) -> None:
    """Each service has its own word for what is not there."""
    template = {"Resources": {"Group": {"Type": "AWS::EC2::PlacementGroup", "Properties": {"Strategy": "spread"}},
                              "Volume": {"Type": "AWS::EC2::Volume", "Properties": {"AvailabilityZone": "us-east-1a", "Size": 1}}}}
    cloudformation, ec2 = aws("cloudformation"), aws("ec2")
    cloudformation.create_stack(StackName="s", TemplateBody=json.dumps(template))
    ids = {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in cloudformation.describe_stack_resources(StackName="s")["StackResources"]}
    ec2.delete_placement_group(GroupName=ids["Group"])
    ec2.delete_volume(VolumeId=ids["Volume"])
    cloudformation.delete_stack(StackName="s")
    assert [s["StackStatus"] for s in cloudformation.list_stacks()["StackSummaries"]] == ["DELETE_COMPLETE"]
