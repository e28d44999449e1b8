"""Updates, change sets and drift: the right changes are named, made, undone and found."""
from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from conftest import message, refused

VPC = {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}}
BASE: dict[str, Any] = {
    "Parameters": {"Value": {"Type": "String", "Default": "one"}},
    "Resources": {
        "Vpc": VPC, "Subnet": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.1.0/24"}},
        "Group": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"GroupDescription": "g", "VpcId": {"Ref": "Vpc"}, "SecurityGroupIngress": [
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "192.0.2.1/32"}]}},
        "Stored": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": {"Ref": "Value"}}},
        "Volume": {"Type": "AWS::EC2::Volume", "Properties": {"AvailabilityZone": "us-east-1a", "Size": 1, "VolumeType": "gp3"}},
    },
}


@pytest.fixture
def stack(aws: Any) -> Any:
    """change(path, value, ...) gives the template with something else in it."""
    aws("cloudformation").create_stack(StackName="s", TemplateBody=json.dumps(BASE))

    def change(*edits: tuple[str, Any]) -> str:
        template = copy.deepcopy(BASE)
        for path, value in edits:
            *way, last = path.split("/")
            at = template
            for step in way:
                at = at[step]
            if value is None:
                del at[last]
            else:
                at[last] = value
        return json.dumps(template)
    return change


def ids(aws: Any) -> dict[str, str]:
    return {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in aws("cloudformation").describe_stack_resources(StackName="s")["StackResources"]}


def status(aws: Any) -> str:
    return str(aws("cloudformation").describe_stacks(StackName="s")["Stacks"][0]["StackStatus"])


def changes(aws: Any, template: str, **more: Any) -> dict[str, dict[str, Any]]:
    cloudformation = aws("cloudformation")
    cloudformation.create_change_set(StackName="s", ChangeSetName="c", TemplateBody=template, **more)
    shown = cloudformation.describe_change_set(StackName="s", ChangeSetName="c")
    return {c["ResourceChange"]["LogicalResourceId"]: c["ResourceChange"] for c in shown["Changes"]}


def test_a_change_set_names_the_right_changes(aws: Any, stack: Any) -> None:
    before = ids(aws)
    found = changes(aws, stack(("Resources/Stored/Properties/Value", "two"), ("Resources/Subnet/Properties/CidrBlock", "10.0.2.0/24"),
                               ("Resources/Volume", None), ("Resources/New", {"Type": "AWS::EC2::InternetGateway"})))
    assert {k: (v["Action"], v.get("Replacement")) for k, v in found.items()} == {
        "Stored": ("Modify", "False"), "Subnet": ("Modify", "True"), "Volume": ("Remove", None), "New": ("Add", None)}
    assert found["Subnet"]["PhysicalResourceId"] == before["Subnet"] and found["Subnet"]["Scope"] == ["Properties"]
    assert found["Stored"]["Details"] == [{"Target": {"Attribute": "Properties", "Name": "Value", "RequiresRecreation": "Never"},
                                          "Evaluation": "Static", "ChangeSource": "DirectModification"}]
    assert found["Subnet"]["Details"][0]["Target"]["RequiresRecreation"] == "Always"
    assert ids(aws) == before and status(aws) == "CREATE_COMPLETE"  # nothing is done yet
    aws("cloudformation").execute_change_set(StackName="s", ChangeSetName="c")
    after = ids(aws)
    assert status(aws) == "UPDATE_COMPLETE" and set(after) == {"Vpc", "Subnet", "Group", "Stored", "New"}
    assert after["Subnet"] != before["Subnet"] and after["Vpc"] == before["Vpc"]
    assert [s["SubnetId"] for s in aws("ec2").describe_subnets(Filters=[{"Name": "vpc-id", "Values": [after["Vpc"]]}])["Subnets"]] == [after["Subnet"]]
    assert aws("ec2").describe_volumes()["Volumes"] == []
    assert aws("ssm").get_parameter(Name=after["Stored"])["Parameter"]["Value"] == "two"


def test_what_changes_because_of_something_else_says_so(aws: Any, stack: Any) -> None:
    by_parameter = changes(aws, stack(), Parameters=[{"ParameterKey": "Value", "ParameterValue": "two"}])
    assert set(by_parameter) == {"Stored"}
    detail = by_parameter["Stored"]["Details"][0]
    assert (detail["ChangeSource"], detail["CausingEntity"], detail["Evaluation"]) == ("ParameterReference", "Value", "Static")
    aws("cloudformation").delete_change_set(StackName="s", ChangeSetName="c")
    by_resource = changes(aws, stack(("Resources/Vpc/Properties/CidrBlock", "10.0.0.0/15")))
    assert by_resource["Vpc"]["Replacement"] == "True"
    detail = next(d for d in by_resource["Subnet"]["Details"] if d["Target"]["Name"] == "VpcId")
    assert (detail["ChangeSource"], detail["CausingEntity"], detail["Evaluation"]) == ("ResourceReference", "Vpc", "Dynamic")
    assert by_resource["Subnet"]["Replacement"] == "Conditional"


def test_property_values_are_shown_when_asked_for(aws: Any, stack: Any) -> None:
    aws("cloudformation").create_change_set(StackName="s", ChangeSetName="c", TemplateBody=stack(("Resources/Stored/Properties/Value", "two")))
    shown = aws("cloudformation").describe_change_set(StackName="s", ChangeSetName="c", IncludePropertyValues=True)
    target = shown["Changes"][0]["ResourceChange"]["Details"][0]["Target"]
    assert (target["BeforeValue"], target["AfterValue"], target["Path"]) == ("one", "two", "/Properties/Value")


def test_no_change_is_said(aws: Any, stack: Any) -> None:
    cloudformation = aws("cloudformation")
    cloudformation.create_change_set(StackName="s", ChangeSetName="c", TemplateBody=stack())
    shown = cloudformation.describe_change_set(StackName="s", ChangeSetName="c")
    assert shown["Status"] == "FAILED" and "didn't contain changes" in shown["StatusReason"]
    assert refused(cloudformation.execute_change_set, StackName="s", ChangeSetName="c") == "InvalidChangeSetStatus"
    assert message(cloudformation.update_stack, StackName="s", TemplateBody=stack()) == "No updates are to be performed."


def test_a_change_set_for_a_stack_that_is_not_there(aws: Any) -> None:
    cloudformation = aws("cloudformation")
    assert refused(cloudformation.create_change_set, StackName="s", ChangeSetName="c", TemplateBody=json.dumps(BASE)) == "ValidationError"
    cloudformation.create_change_set(StackName="s", ChangeSetName="c", ChangeSetType="CREATE", TemplateBody=json.dumps(BASE))
    assert status(aws) == "REVIEW_IN_PROGRESS"
    assert [s["ChangeSetName"] for s in cloudformation.list_change_sets(StackName="s")["Summaries"]] == ["c"]
    assert refused(cloudformation.describe_change_set, StackName="s", ChangeSetName="d") == "ChangeSetNotFound"
    cloudformation.execute_change_set(StackName="s", ChangeSetName="c")
    assert status(aws) == "CREATE_COMPLETE"


def test_changes_in_place(aws: Any, stack: Any) -> None:
    before = ids(aws)
    aws("cloudformation").update_stack(StackName="s", TemplateBody=stack(
        ("Resources/Volume/Properties/Size", 4), ("Resources/Vpc/Properties/EnableDnsHostnames", True),
        ("Resources/Group/Properties/SecurityGroupIngress", [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "192.0.2.0/24", "Description": "web"}])),
        Tags=[{"Key": "k", "Value": "v"}])
    assert status(aws) == "UPDATE_COMPLETE" and ids(aws) == before
    ec2 = aws("ec2")
    assert ec2.describe_volumes(VolumeIds=[before["Volume"]])["Volumes"][0]["Size"] == 4
    rules = ec2.describe_security_groups(GroupIds=[before["Group"]])["SecurityGroups"][0]["IpPermissions"]
    assert [(r["FromPort"], r["IpRanges"]) for r in rules] == [(443, [{"CidrIp": "192.0.2.0/24", "Description": "web"}])]
    for resource in (ec2.describe_vpcs(VpcIds=[before["Vpc"]])["Vpcs"][0], ec2.describe_volumes(VolumeIds=[before["Volume"]])["Volumes"][0]):
        assert {"Key": "k", "Value": "v"} in resource["Tags"]
    stored = aws("ssm").list_tags_for_resource(ResourceType="Parameter", ResourceId=before["Stored"])["TagList"]
    assert {"Key": "k", "Value": "v"} in stored


def test_a_failed_update_is_rolled_back(aws: Any, stack: Any) -> None:
    before = ids(aws)
    aws("cloudformation").update_stack(StackName="s", TemplateBody=stack(
        ("Resources/Stored/Properties/Value", "two"), ("Resources/Volume/Properties/VolumeType", "gp2"), ("Resources/New", {"Type": "AWS::EC2::InternetGateway"}),
        ("Resources/Bad", {"Type": "AWS::EC2::Subnet", "DependsOn": ["Stored", "Volume", "New"], "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "192.168.0.0/24"}})))
    assert status(aws) == "UPDATE_ROLLBACK_COMPLETE"
    assert {k: v for k, v in ids(aws).items()} == before
    assert aws("ssm").get_parameter(Name=before["Stored"])["Parameter"]["Value"] == "one"
    assert aws("ec2").describe_internet_gateways()["InternetGateways"] == []
    seen = [e["ResourceStatus"] for e in aws("cloudformation").describe_stack_events(StackName="s")["StackEvents"] if e["LogicalResourceId"] == "s"]
    assert seen[0] == "UPDATE_ROLLBACK_COMPLETE" and "UPDATE_ROLLBACK_IN_PROGRESS" in seen
    assert json.loads(json.dumps(aws("cloudformation").get_template(StackName="s")["TemplateBody"])) == BASE
    aws("cloudformation").update_stack(StackName="s", TemplateBody=stack(("Resources/Stored/Properties/Value", "three")))
    assert status(aws) == "UPDATE_COMPLETE"


def test_previous_values_and_templates(aws: Any, stack: Any) -> None:
    cloudformation = aws("cloudformation")
    cloudformation.update_stack(StackName="s", UsePreviousTemplate=True, Parameters=[{"ParameterKey": "Value", "ParameterValue": "two"}])
    assert aws("ssm").get_parameter(Name=ids(aws)["Stored"])["Parameter"]["Value"] == "two"
    cloudformation.update_stack(StackName="s", TemplateBody=stack(("Resources/Volume/Properties/Size", 2)),
                                Parameters=[{"ParameterKey": "Value", "UsePreviousValue": True}])
    assert aws("ssm").get_parameter(Name=ids(aws)["Stored"])["Parameter"]["Value"] == "two"


def test_drift_is_found(aws: Any, stack: Any) -> None:
    cloudformation, ec2 = aws("cloudformation"), aws("ec2")

    def detect() -> tuple[str, dict[str, Any]]:
        id_ = cloudformation.detect_stack_drift(StackName="s")["StackDriftDetectionId"]
        told = cloudformation.describe_stack_drift_detection_status(StackDriftDetectionId=id_)
        assert told["DetectionStatus"] == "DETECTION_COMPLETE"
        rows = cloudformation.describe_stack_resource_drifts(StackName="s")["StackResourceDrifts"]
        return told["StackDriftStatus"], {r["LogicalResourceId"]: r for r in rows}
    found, rows = detect()
    assert found == "IN_SYNC", [r for r in rows.values() if r["StackResourceDriftStatus"] != "IN_SYNC"]
    assert {r["StackResourceDriftStatus"] for r in rows.values()} == {"IN_SYNC"} and set(rows) == set(BASE["Resources"])
    before = ids(aws)
    ec2.modify_vpc_attribute(VpcId=before["Vpc"], EnableDnsSupport={"Value": False})  # not in the template: no drift
    ec2.authorize_security_group_ingress(GroupId=before["Group"], IpPermissions=[{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
    ec2.delete_volume(VolumeId=before["Volume"])
    aws("ssm").put_parameter(Name=before["Stored"], Value="by hand", Overwrite=True)
    found, rows = detect()
    assert found == "DRIFTED"
    assert {k: r["StackResourceDriftStatus"] for k, r in rows.items()} == {
        "Vpc": "IN_SYNC", "Subnet": "IN_SYNC", "Group": "MODIFIED", "Volume": "DELETED", "Stored": "MODIFIED"}
    difference = rows["Stored"]["PropertyDifferences"][0]
    assert (difference["PropertyPath"], difference["ExpectedValue"], difference["ActualValue"]) == ("/Value", "one", "by hand")
    shown = cloudformation.describe_stacks(StackName="s")["Stacks"][0]["DriftInformation"]
    assert shown["StackDriftStatus"] == "DRIFTED"
    one = cloudformation.detect_stack_resource_drift(StackName="s", LogicalResourceId="Subnet")["StackResourceDrift"]
    assert one["StackResourceDriftStatus"] == "IN_SYNC"


def test_an_instance_changes_in_place_and_is_replaced(aws: Any) -> None:
    ec2, cloudformation = aws("ec2"), aws("cloudformation")
    image = aws("ssm").get_parameter(Name="/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64")["Parameter"]["Value"]

    def template(**more: Any) -> str:
        return json.dumps({"Resources": {"I": {"Type": "AWS::EC2::Instance", "Properties": {"ImageId": image, "InstanceType": "t3.micro", **more}}}})
    cloudformation.create_stack(StackName="s", TemplateBody=template())
    first = ids(aws)["I"]
    cloudformation.update_stack(StackName="s", TemplateBody=template(InstanceType="t3.small", Monitoring=True, DisableApiTermination=True))
    instance = ec2.describe_instances(InstanceIds=[first])["Reservations"][0]["Instances"][0]
    assert ids(aws)["I"] == first and status(aws) == "UPDATE_COMPLETE"
    assert (instance["InstanceType"], instance["Monitoring"]["State"], instance["State"]["Name"]) == ("t3.small", "enabled", "running")
    cloudformation.delete_stack(StackName="s")
    assert status(aws) == "DELETE_FAILED"  # protected against termination
    ec2.modify_instance_attribute(InstanceId=first, DisableApiTermination={"Value": False})
    cloudformation.delete_stack(StackName="s")
    cloudformation.create_stack(StackName="s", TemplateBody=template())
    second = ids(aws)["I"]
    cloudformation.update_stack(StackName="s", TemplateBody=template(PrivateIpAddress="172.31.0.77", SubnetId=ec2.describe_subnets(
        Filters=[{"Name": "cidr", "Values": ["172.31.0.0/20"]}])["Subnets"][0]["SubnetId"]))
    assert ids(aws)["I"] != second and status(aws) == "UPDATE_COMPLETE"
    assert ec2.describe_instances(InstanceIds=[second])["Reservations"][0]["Instances"][0]["State"]["Name"] == "terminated"


def test_a_rollback_that_cannot_be_is_said_and_continued(aws: Any, stack: Any) -> None:
    aws("cloudformation").update_stack(StackName="s", TemplateBody=stack(
        ("Resources/Volume/Properties/Size", 3),  # a volume never shrinks again
        ("Resources/Bad", {"Type": "AWS::EC2::Subnet", "DependsOn": "Volume", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "192.168.0.0/24"}})))
    assert status(aws) == "UPDATE_ROLLBACK_FAILED"
    assert refused(aws("cloudformation").update_stack, StackName="s", TemplateBody=stack()) == "ValidationError"
    aws("cloudformation").continue_update_rollback(StackName="s", ResourcesToSkip=["Volume"])
    assert status(aws) == "UPDATE_ROLLBACK_COMPLETE"
