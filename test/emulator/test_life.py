"""The lab's own templates, as CDK writes them: deployed, looked at with boto3 alone, deleted, and nothing is left."""
from __future__ import annotations

import base64
import json
import pathlib
from typing import Any

import pytest

TEMPLATES = pathlib.Path(__file__).parent / "templates"
STACKS = ("network", "ec2")


def residue(aws: Any) -> dict[str, list[Any]]:
    """What a look through the front door finds of everything that the templates make."""
    ec2 = aws("ec2")
    return {
        "vpcs": [v["VpcId"] for v in ec2.describe_vpcs()["Vpcs"]], "subnets": [s["SubnetId"] for s in ec2.describe_subnets()["Subnets"]],
        "gateways": ec2.describe_internet_gateways()["InternetGateways"],
        "tables": [t["RouteTableId"] for t in ec2.describe_route_tables()["RouteTables"]],
        "acls": [a["NetworkAclId"] for a in ec2.describe_network_acls()["NetworkAcls"]],
        "endpoints": ec2.describe_vpc_endpoints()["VpcEndpoints"], "groups": [g["GroupId"] for g in ec2.describe_security_groups()["SecurityGroups"]],
        "interfaces": ec2.describe_network_interfaces()["NetworkInterfaces"], "volumes": ec2.describe_volumes()["Volumes"],
        "addresses": ec2.describe_addresses()["Addresses"], "keys": ec2.describe_key_pairs()["KeyPairs"],
        "templates": ec2.describe_launch_templates()["LaunchTemplates"], "placement": ec2.describe_placement_groups()["PlacementGroups"],
        "instances": [i for r in ec2.describe_instances()["Reservations"] for i in r["Instances"] if i["State"]["Name"] != "terminated"],
        "roles": aws("iam").list_roles()["Roles"], "profiles": aws("iam").list_instance_profiles()["InstanceProfiles"],
        "alarms": aws("cloudwatch").describe_alarms()["MetricAlarms"], "dashboards": aws("cloudwatch").list_dashboards()["DashboardEntries"],
        "parameters": [p["Name"] for p in aws("ssm").describe_parameters()["Parameters"] if p["Name"].startswith("/worklab/")],
    }


def deploy(aws: Any, name: str) -> dict[str, str]:
    """As the CDK toolkit does it. The physical ids by logical id."""
    cloudformation, stack = aws("cloudformation"), f"worklab-abc123-{name}"
    body = (TEMPLATES / f"{name}.json").read_text()
    cloudformation.create_change_set(StackName=stack, ChangeSetName="c", ChangeSetType="CREATE", TemplateBody=body,
                                     Capabilities=["CAPABILITY_NAMED_IAM"], Tags=[{"Key": "worklab:run", "Value": "abc123"}])
    cloudformation.get_waiter("change_set_create_complete").wait(StackName=stack, ChangeSetName="c")
    shown = cloudformation.describe_change_set(StackName=stack, ChangeSetName="c")
    assert {c["ResourceChange"]["Action"] for c in shown["Changes"]} == {"Add"}
    cloudformation.execute_change_set(StackName=stack, ChangeSetName="c")
    cloudformation.get_waiter("stack_create_complete").wait(StackName=stack)
    resources = cloudformation.describe_stack_resources(StackName=stack)["StackResources"]
    assert {r["ResourceStatus"] for r in resources} == {"CREATE_COMPLETE"}
    assert not [r for r in resources if r.get("ResourceStatusReason")]
    template = json.loads(body)
    assert {r["LogicalResourceId"] for r in resources} == set(template["Resources"])
    return {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in resources}


@pytest.fixture
def lab(aws: Any) -> Any:
    before = residue(aws)
    ids = {k: v for name in STACKS for k, v in deploy(aws, name).items()}
    return ids, before


def test_the_stacks_leave_nothing_behind(aws: Any, lab: Any) -> None:
    _, before = lab
    cloudformation = aws("cloudformation")
    for name in reversed(STACKS):
        stack = cloudformation.describe_stacks(StackName=f"worklab-abc123-{name}")["Stacks"][0]["StackId"]
        cloudformation.delete_stack(StackName=stack)
        cloudformation.get_waiter("stack_delete_complete").wait(StackName=stack)
        assert cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"] == "DELETE_COMPLETE"
    assert residue(aws) == before


def test_nothing_that_the_template_says_of_the_instance_is_lost(aws: Any, lab: Any) -> None:
    ids, _ = lab
    ec2, id_ = aws("ec2"), lab[0]["InstanceC1063A87"]
    instance = ec2.describe_instances(InstanceIds=[id_])["Reservations"][0]["Instances"][0]
    assert instance["InstanceType"] == "t4g.nano" and instance["Architecture"] == "arm64"
    assert [g["GroupId"] for g in instance["SecurityGroups"]] == [ids["SshD3C75D03"]]
    assert instance["SubnetId"] == ids["LabSubnet6D4FECF5"] and instance["KeyName"] == "worklab-abc123-key"
    assert instance["MetadataOptions"]["HttpTokens"] == "required"  # said in the launch template that CDK makes for it
    assert instance["IamInstanceProfile"]["Arn"].endswith(ids["InstanceInstanceProfileAB5AEF02"])
    assert instance["Monitoring"]["State"] == "disabled"
    tags = {t["Key"]: t["Value"] for t in instance["Tags"]}
    assert tags["worklab:run"] == "abc123" and tags["aws:cloudformation:logical-id"] == "InstanceC1063A87"
    data = ec2.describe_instance_attribute(InstanceId=id_, Attribute="userData")["UserData"]["Value"]
    assert "/var/lib/worklab/ready" in base64.b64decode(data).decode()
    disks = {m["DeviceName"]: m["Ebs"] for m in instance["BlockDeviceMappings"]}
    assert disks["/dev/xvda"]["DeleteOnTermination"] is True and disks["/dev/sdf"]["DeleteOnTermination"] is False
    root = ec2.describe_volumes(VolumeIds=[disks["/dev/xvda"]["VolumeId"]])["Volumes"][0]
    assert (root["VolumeType"], root["Encrypted"], root["Size"]) == ("gp3", True, 8)


def test_nothing_that_the_templates_say_of_the_rest_is_lost(aws: Any, lab: Any) -> None:
    ids, _ = lab
    ec2 = aws("ec2")
    volume = ec2.describe_volumes(VolumeIds=[ids["VolumeA92988D3"]])["Volumes"][0]
    assert (volume["VolumeType"], volume["Encrypted"], volume["Attachments"][0]["Device"]) == ("gp3", True, "/dev/sdf")
    assert {t["Key"]: t["Value"] for t in volume["Tags"]}["worklab:exercise"] == "volume"
    address = ec2.describe_addresses(PublicIps=[ids["Eip"]])["Addresses"][0]
    assert address["InstanceId"] == ids["InstanceC1063A87"] and {"Key": "worklab:run", "Value": "abc123"} in address["Tags"]
    rule = ec2.describe_security_groups(GroupIds=[ids["SshD3C75D03"]])["SecurityGroups"][0]["IpPermissions"][0]
    assert rule["IpRanges"] == [{"CidrIp": "192.0.2.1/32", "Description": "SSH from the learner"}] and rule["FromPort"] == 22
    acl = ec2.describe_network_acls(NetworkAclIds=[ids["AclD68BE482"]])["NetworkAcls"][0]
    assert [a["SubnetId"] for a in acl["Associations"]] == [ids["LabSubnet6D4FECF5"]]
    entries = {(e["RuleNumber"], e["Egress"]): e["RuleAction"] for e in acl["Entries"] if e["RuleNumber"] < 32767}
    assert entries == {(90, False): "deny", (100, False): "allow", (110, False): "allow", (100, True): "allow"}
    role = aws("iam").list_attached_role_policies(RoleName=ids["Role1ABCC5F0"])["AttachedPolicies"]
    assert [p["PolicyName"] for p in role] == ["AmazonSSMManagedInstanceCore"]
    assert {"Key": "worklab:run", "Value": "abc123"} in aws("iam").list_role_tags(RoleName=ids["Role1ABCC5F0"])["Tags"]
    alarm = aws("cloudwatch").describe_alarms(AlarmNames=["worklab-abc123-cpu"])["MetricAlarms"][0]
    assert alarm["Threshold"] == 80 and alarm["Dimensions"] == [{"Name": "InstanceId", "Value": ids["InstanceC1063A87"]}]
    assert aws("cloudwatch").list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"]
    assert "CPU" in aws("cloudwatch").get_dashboard(DashboardName="worklab-abc123")["DashboardBody"]
    group = ec2.describe_placement_groups(GroupNames=[ids["Spread85225A1D"]])["PlacementGroups"][0]
    assert group["Strategy"] == "spread" and {"Key": "worklab:run", "Value": "abc123"} in group["Tags"]
    vpc = ec2.describe_vpc_attribute(VpcId=ids["Vpc8378EB38"], Attribute="enableDnsHostnames")
    assert vpc["EnableDnsHostnames"]["Value"] is True
    table = ec2.describe_route_tables(RouteTableIds=[ids["VpcpublicSubnet1RouteTable15C15F8E"]])["RouteTables"][0]
    assert [a["SubnetId"] for a in table["Associations"]] == [ids["VpcpublicSubnet1Subnet2BB74ED7"]]
    assert ids["VpcIGWD7BA715C"] in [r.get("GatewayId") for r in table["Routes"]]


def test_what_somebody_hung_on_it_by_hand_blocks_the_deletion_and_is_named(aws: Any, lab: Any) -> None:
    ids, _ = lab
    ec2, cloudformation = aws("ec2"), aws("cloudformation")
    extra = ec2.create_network_interface(SubnetId=ids["LabSubnet6D4FECF5"])["NetworkInterface"]["NetworkInterfaceId"]
    stack = cloudformation.describe_stacks(StackName="worklab-abc123-ec2")["Stacks"][0]["StackId"]
    cloudformation.delete_stack(StackName=stack)
    shown = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    assert shown["StackStatus"] == "DELETE_FAILED" and "LabSubnet6D4FECF5" in shown["StackStatusReason"]
    left = {r["LogicalResourceId"]: r for r in cloudformation.describe_stack_resources(StackName=stack)["StackResources"]}
    assert "DependencyViolation" in left["LabSubnet6D4FECF5"]["ResourceStatusReason"]
    ec2.delete_network_interface(NetworkInterfaceId=extra)
    cloudformation.delete_stack(StackName=stack)
    assert cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"] == "DELETE_COMPLETE"


def test_two_runs_live_side_by_side(aws: Any, lab: Any) -> None:
    cloudformation = aws("cloudformation")
    body = (TEMPLATES / "network.json").read_text().replace("abc123", "def456")
    cloudformation.create_stack(StackName="worklab-def456-network", TemplateBody=body)
    assert cloudformation.describe_stacks(StackName="worklab-def456-network")["Stacks"][0]["StackStatus"] == "CREATE_COMPLETE"
    cloudformation.delete_stack(StackName="worklab-def456-network")
    assert aws("ssm").get_parameter(Name="/worklab/abc123/network/vpc-id")["Parameter"]["Value"] == lab[0]["Vpc8378EB38"]
