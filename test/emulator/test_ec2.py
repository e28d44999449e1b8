"""The traps of moto's EC2 that a learner of the network and EC2 labs would meet: here they are as on AWS."""
from __future__ import annotations

import datetime
import json
import time
from typing import Any

import pytest
from conftest import Sandbox, message, refused


@pytest.fixture
def ec2(aws: Any) -> Any:
    return aws("ec2")


@pytest.fixture(autouse=True, scope="module")
def latest(sandbox: Sandbox) -> None:
    """One of moto's images, asked for once: it has hundreds."""
    LATEST.append(sandbox.client("ssm").get_parameter(Name="/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64")["Parameter"]["Value"])


LATEST: list[str] = []


def image(ec2: Any) -> str:
    return LATEST[0]


def launch(ec2: Any, **more: Any) -> dict[str, Any]:
    params = {"ImageId": image(ec2), "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1, **more}
    return dict(ec2.run_instances(**params)["Instances"][0])


def shown(ec2: Any, id_: str) -> dict[str, Any]:
    return dict(ec2.describe_instances(InstanceIds=[id_])["Reservations"][0]["Instances"][0])


# ---------------------------------------------------------------- launching


@pytest.mark.parametrize("more,code", [
    ({"ImageId": "ami-00000000000000000"}, "InvalidAMIID.NotFound"), ({"ImageId": "nonsense"}, "InvalidAMIID.Malformed"),
    ({"InstanceType": "t9.gigantic"}, "InvalidParameterValue"), ({"InstanceType": "t4g.nano"}, "InvalidParameterValue"),
    ({"KeyName": "nope"}, "InvalidKeyPair.NotFound"), ({"SubnetId": "subnet-0123456789abcdef0"}, "InvalidSubnetID.NotFound"),
    ({"SecurityGroupIds": ["sg-0123456789abcdef0"]}, "InvalidGroup.NotFound"), ({"Placement": {"GroupName": "nope"}}, "InvalidPlacementGroup.Unknown"),
    ({"IamInstanceProfile": {"Name": "nope"}}, "InvalidParameterValue"), ({"MinCount": 2}, "InvalidParameterValue"),
])
def test_what_is_not_there_or_does_not_fit_is_not_launched(ec2: Any, more: dict[str, Any], code: str) -> None:
    params = {"ImageId": image(ec2), "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1, **more}
    assert refused(ec2.run_instances, **params) == code
    assert ec2.describe_instances()["Reservations"] == []


def test_a_group_of_another_network_is_refused(ec2: Any) -> None:
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    group = ec2.create_security_group(GroupName="g", Description="d", VpcId=vpc)["GroupId"]
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    params = {"ImageId": image(ec2), "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1, "SubnetId": subnet, "SecurityGroupIds": [group]}
    assert "belong to different networks" in message(ec2.run_instances, **params)


def test_what_the_request_says_is_kept(ec2: Any) -> None:
    ec2.create_placement_group(GroupName="spread", Strategy="spread")
    made = launch(ec2, MetadataOptions={"HttpTokens": "required", "InstanceMetadataTags": "enabled"}, Monitoring={"Enabled": True},
                  Placement={"GroupName": "spread"}, DisableApiTermination=True, TagSpecifications=[
                      {"ResourceType": "instance", "Tags": [{"Key": "a", "Value": "1"}]}, {"ResourceType": "volume", "Tags": [{"Key": "b", "Value": "2"}]},
                      {"ResourceType": "network-interface", "Tags": [{"Key": "c", "Value": "3"}]}],
                  BlockDeviceMappings=[{"DeviceName": "/dev/sdf", "Ebs": {"VolumeSize": 2, "VolumeType": "gp3", "Encrypted": True}}])
    now = shown(ec2, made["InstanceId"])
    assert now["MetadataOptions"]["HttpTokens"] == "required" and now["MetadataOptions"]["InstanceMetadataTags"] == "enabled"
    assert now["Monitoring"]["State"] == "enabled" and now["Placement"]["GroupName"] == "spread"
    assert ec2.describe_instance_attribute(InstanceId=now["InstanceId"], Attribute="disableApiTermination")["DisableApiTermination"]["Value"] is True
    disks = {m["DeviceName"]: m["Ebs"] for m in now["BlockDeviceMappings"]}
    assert set(disks) == {now["RootDeviceName"], "/dev/sdf"}
    assert disks[now["RootDeviceName"]]["DeleteOnTermination"] is True
    assert {t["Key"] for d in disks.values() for t in ec2.describe_volumes(VolumeIds=[d["VolumeId"]])["Volumes"][0].get("Tags", [])} == {"b"}
    eni = ec2.describe_network_interfaces(NetworkInterfaceIds=[now["NetworkInterfaces"][0]["NetworkInterfaceId"]])["NetworkInterfaces"][0]
    assert eni["TagSet"] == [{"Key": "c", "Value": "3"}] and eni["Attachment"]["DeleteOnTermination"] is True


def test_a_launch_template_says_what_the_request_leaves_open(aws: Any, ec2: Any) -> None:
    aws("iam").create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": []}))
    aws("iam").create_instance_profile(InstanceProfileName="p")
    aws("iam").add_role_to_instance_profile(InstanceProfileName="p", RoleName="r")
    ec2.create_launch_template(LaunchTemplateName="t", LaunchTemplateData={
        "ImageId": image(ec2), "InstanceType": "t3.nano", "MetadataOptions": {"HttpTokens": "required"}, "Monitoring": {"Enabled": True},
        "IamInstanceProfile": {"Name": "p"}})
    made = ec2.run_instances(LaunchTemplate={"LaunchTemplateName": "t"}, MinCount=1, MaxCount=1)["Instances"][0]
    now = shown(ec2, made["InstanceId"])
    assert (now["InstanceType"], now["MetadataOptions"]["HttpTokens"], now["Monitoring"]["State"]) == ("t3.nano", "required", "enabled")
    assert now["IamInstanceProfile"]["Arn"].endswith("instance-profile/p")


def test_the_same_client_token_launches_once(ec2: Any) -> None:
    first, second = launch(ec2, ClientToken="token"), launch(ec2, ClientToken="token")
    assert first["InstanceId"] == second["InstanceId"]
    params = {"ImageId": image(ec2), "InstanceType": "t3.nano", "MinCount": 1, "MaxCount": 1, "ClientToken": "token"}
    assert refused(ec2.run_instances, **params) == "IdempotentParameterMismatch"


def test_the_latest_image_is_found_by_its_parameter(ec2: Any) -> None:
    made = launch(ec2, ImageId="resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64")
    assert made["ImageId"].startswith("ami-")


# ---------------------------------------------------------------- its life


def test_stop_and_start_can_be_proven(aws: Any, ec2: Any) -> None:
    id_ = launch(ec2)["InstanceId"]
    launched = shown(ec2, id_)["LaunchTime"]
    ec2.stop_instances(InstanceIds=[id_])
    stopped = shown(ec2, id_)
    assert stopped["State"]["Name"] == "stopped" and stopped["StateReason"]["Code"] == "Client.UserInitiatedShutdown"
    told = datetime.datetime.strptime(stopped["StateTransitionReason"], "User initiated (%Y-%m-%d %H:%M:%S GMT)")
    assert abs((datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None) - told).total_seconds()) < 60
    time.sleep(1.1)  # times are in whole seconds
    ec2.start_instances(InstanceIds=[id_])
    started = shown(ec2, id_)
    assert started["State"]["Name"] == "running" and started["StateTransitionReason"] == "" and "StateReason" not in started
    assert started["LaunchTime"] > launched
    trail = aws("cloudtrail").lookup_events(LookupAttributes=[{"AttributeKey": "ResourceName", "AttributeValue": id_}])["Events"]
    assert [e["EventName"] for e in trail if e["ReadOnly"] == "false"] == ["StartInstances", "StopInstances", "RunInstances"]


def test_terminated_is_terminated(ec2: Any) -> None:
    id_ = launch(ec2)["InstanceId"]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    ec2.associate_address(AllocationId=address, InstanceId=id_)
    ec2.terminate_instances(InstanceIds=[id_])
    ec2.get_waiter("instance_terminated").wait(InstanceIds=[id_])
    for call in (ec2.start_instances, ec2.stop_instances, ec2.reboot_instances):
        assert refused(call, InstanceIds=[id_]) == "IncorrectInstanceState"
    assert ec2.describe_network_interfaces()["NetworkInterfaces"] == [] and ec2.describe_volumes()["Volumes"] == []
    assert "AssociationId" not in ec2.describe_addresses(AllocationIds=[address])["Addresses"][0]
    now = shown(ec2, id_)
    assert now["NetworkInterfaces"] == [] and "SubnetId" not in now and now["StateTransitionReason"].startswith("User initiated (")


def test_termination_protection_holds(ec2: Any) -> None:
    id_ = launch(ec2, DisableApiTermination=True)["InstanceId"]
    assert refused(ec2.terminate_instances, InstanceIds=[id_]) == "OperationNotPermitted"
    ec2.modify_instance_attribute(InstanceId=id_, DisableApiTermination={"Value": False})
    ec2.terminate_instances(InstanceIds=[id_])
    other = launch(ec2)["InstanceId"]
    ec2.modify_instance_attribute(InstanceId=other, DisableApiTermination={"Value": True})
    assert refused(ec2.terminate_instances, InstanceIds=[other]) == "OperationNotPermitted"


def test_detailed_monitoring(ec2: Any) -> None:
    id_ = launch(ec2)["InstanceId"]
    assert ec2.monitor_instances(InstanceIds=[id_])["InstanceMonitorings"] == [{"InstanceId": id_, "Monitoring": {"State": "pending"}}]
    assert shown(ec2, id_)["Monitoring"]["State"] == "enabled"
    ec2.unmonitor_instances(InstanceIds=[id_])
    assert shown(ec2, id_)["Monitoring"]["State"] == "disabled"
    for call in (ec2.monitor_instances, ec2.unmonitor_instances):
        assert refused(call, InstanceIds=["i-0123456789abcdef0"]) == "InvalidInstanceID.NotFound"
        assert refused(call, InstanceIds=[id_], DryRun=True) == "DryRunOperation"


# ---------------------------------------------------------------- placement groups, connect endpoints


def test_placement_groups(aws: Any, ec2: Any) -> None:
    made = ec2.create_placement_group(GroupName="g", Strategy="partition", PartitionCount=3, TagSpecifications=[
        {"ResourceType": "placement-group", "Tags": [{"Key": "run", "Value": "r"}]}])["PlacementGroup"]
    assert made["State"] == "available" and made["PartitionCount"] == 3 and made["GroupArn"].endswith("placement-group/g")
    assert refused(ec2.create_placement_group, GroupName="g", Strategy="spread") == "InvalidPlacementGroup.Duplicate"
    assert refused(ec2.create_placement_group, GroupName="h") == "MissingParameter"
    assert refused(ec2.create_placement_group, GroupName="h", Strategy="heap") == "InvalidParameterValue"
    assert refused(ec2.create_placement_group, GroupName="h", Strategy="spread", PartitionCount=2) == "InvalidParameterCombination"
    assert refused(ec2.describe_placement_groups, GroupNames=["h"]) == "InvalidPlacementGroup.Unknown"
    assert refused(ec2.delete_placement_group, GroupName="h") == "InvalidPlacementGroup.Unknown"
    assert refused(ec2.describe_placement_groups, Filters=[{"Name": "colour", "Values": ["x"]}]) == "InvalidParameterValue"
    for chosen in ({"GroupIds": [made["GroupId"]]}, {"Filters": [{"Name": "strategy", "Values": ["part*"]}]}, {"Filters": [{"Name": "tag:run", "Values": ["r"]}]}):
        assert [g["GroupName"] for g in ec2.describe_placement_groups(**chosen)["PlacementGroups"]] == ["g"]
    assert ec2.describe_placement_groups(Filters=[{"Name": "tag-key", "Values": ["nope"]}])["PlacementGroups"] == []
    id_ = launch(ec2, Placement={"GroupName": "g"})["InstanceId"]
    assert refused(ec2.delete_placement_group, GroupName="g") == "InvalidPlacementGroup.InUse"
    ec2.terminate_instances(InstanceIds=[id_])
    ec2.delete_placement_group(GroupName="g")
    assert ec2.describe_placement_groups()["PlacementGroups"] == []


def test_connect_endpoints(ec2: Any) -> None:
    subnets = ec2.describe_subnets()["Subnets"]
    made = ec2.create_instance_connect_endpoint(SubnetId=subnets[0]["SubnetId"], ClientToken="t")["InstanceConnectEndpoint"]
    assert made["VpcId"] == subnets[0]["VpcId"] and made["State"] == "create-complete"
    again = ec2.create_instance_connect_endpoint(SubnetId=subnets[0]["SubnetId"], ClientToken="t")["InstanceConnectEndpoint"]
    assert again["InstanceConnectEndpointId"] == made["InstanceConnectEndpointId"]
    assert refused(ec2.create_instance_connect_endpoint, SubnetId=subnets[1]["SubnetId"]) == "ResourceLimitExceeded"
    assert refused(ec2.create_instance_connect_endpoint, SubnetId="subnet-0123456789abcdef0") == "InvalidSubnetID.NotFound"
    assert refused(ec2.delete_subnet, SubnetId=subnets[0]["SubnetId"]) == "DependencyViolation"
    assert refused(ec2.delete_instance_connect_endpoint, InstanceConnectEndpointId="eice-0123456789abcdef0") == "InvalidInstanceConnectEndpointId.NotFound"
    assert len(ec2.describe_instance_connect_endpoints()["InstanceConnectEndpoints"]) == 1
    ec2.delete_instance_connect_endpoint(InstanceConnectEndpointId=made["InstanceConnectEndpointId"])
    assert ec2.describe_instance_connect_endpoints()["InstanceConnectEndpoints"] == []


# ---------------------------------------------------------------- addresses, keys, the network


def test_an_address_in_use_is_not_released(ec2: Any) -> None:
    id_, address = launch(ec2)["InstanceId"], ec2.allocate_address(Domain="vpc")
    association = ec2.associate_address(AllocationId=address["AllocationId"], InstanceId=id_)["AssociationId"]
    assert refused(ec2.release_address, AllocationId=address["AllocationId"]) == "InvalidIPAddress.InUse"
    ec2.disassociate_address(AssociationId=association)
    ec2.release_address(AllocationId=address["AllocationId"])


def test_a_key_is_pushed_to_an_instance_that_is_there(aws: Any, ec2: Any) -> None:
    connect, id_ = aws("ec2-instance-connect"), launch(ec2)["InstanceId"]
    push = {"InstanceOSUser": "ec2-user", "SSHPublicKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPVxWqbZEJ9zjm8c7J5rAYxO9QSc3m1dhM0bqOo/fTdZ x"}
    assert connect.send_ssh_public_key(InstanceId=id_, **push)["Success"] is True
    assert refused(connect.send_ssh_public_key, InstanceId="i-0123456789abcdef0", **push) == "EC2InstanceNotFoundException"
    ec2.stop_instances(InstanceIds=[id_])
    assert refused(connect.send_ssh_public_key, InstanceId=id_, **push) == "EC2InstanceStateInvalidException"


def test_nothing_is_deleted_under_what_stands_on_it(ec2: Any) -> None:
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24", AvailabilityZone="us-east-1a")["Subnet"]["SubnetId"]
    group = ec2.create_security_group(GroupName="g", Description="d", VpcId=vpc)["GroupId"]
    other = ec2.create_security_group(GroupName="h", Description="d", VpcId=vpc)["GroupId"]
    ec2.authorize_security_group_ingress(GroupId=other, IpPermissions=[{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]}])
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(VpcId=vpc, InternetGatewayId=gateway)
    id_ = launch(ec2, SubnetId=subnet, SecurityGroupIds=[other])["InstanceId"]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    ec2.associate_address(AllocationId=address, InstanceId=id_)
    for call, params in ((ec2.delete_subnet, {"SubnetId": subnet}), (ec2.delete_security_group, {"GroupId": group}),
                         (ec2.delete_security_group, {"GroupId": other}), (ec2.delete_internet_gateway, {"InternetGatewayId": gateway}),
                         (ec2.detach_internet_gateway, {"InternetGatewayId": gateway, "VpcId": vpc}), (ec2.delete_vpc, {"VpcId": vpc})):
        assert refused(call, **params) == "DependencyViolation"
    default = ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc]}, {"Name": "group-name", "Values": ["default"]}])["SecurityGroups"][0]
    assert refused(ec2.delete_security_group, GroupId=default["GroupId"]) == "CannotDelete"
    ec2.terminate_instances(InstanceIds=[id_])
    for name in (other, group):
        ec2.delete_security_group(GroupId=name)
    ec2.delete_subnet(SubnetId=subnet)
    assert refused(ec2.delete_vpc, VpcId=vpc) == "DependencyViolation"  # the gateway is still there
    ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.delete_vpc(VpcId=vpc)
    assert vpc not in [a["VpcId"] for a in ec2.describe_network_acls()["NetworkAcls"]]


def test_a_route_table_is_deleted_unless_it_is_the_main_one_or_in_use(ec2: Any) -> None:
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    main = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"][0]["RouteTableId"]
    assert refused(ec2.delete_route_table, RouteTableId=main) == "DependencyViolation"
    other = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    association = ec2.associate_route_table(RouteTableId=other, SubnetId=subnet)["AssociationId"]
    assert refused(ec2.delete_route_table, RouteTableId=other) == "DependencyViolation"
    ec2.disassociate_route_table(AssociationId=association)
    ec2.delete_route_table(RouteTableId=other)


def test_the_tagging_api_shows_what_ec2_has(aws: Any, ec2: Any) -> None:
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    made = {
        "elastic-ip": ec2.allocate_address(Domain="vpc")["AllocationId"], "network-acl": ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"],
        "key-pair": ec2.create_key_pair(KeyName="k")["KeyPairId"], "dhcp-options": ec2.create_dhcp_options(
            DhcpConfigurations=[{"Key": "domain-name", "Values": ["a.example"]}])["DhcpOptions"]["DhcpOptionsId"],
        "vpc-endpoint": ec2.create_vpc_endpoint(VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3")["VpcEndpoint"]["VpcEndpointId"],
        "launch-template": ec2.create_launch_template(LaunchTemplateName="t", LaunchTemplateData={"InstanceType": "t3.micro"})["LaunchTemplate"]["LaunchTemplateId"],
        "vpn-gateway": ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"], "volume": ec2.create_volume(
            AvailabilityZone="us-east-1a", Size=1)["VolumeId"], "placement-group": ec2.create_placement_group(GroupName="g", Strategy="spread")["PlacementGroup"]["GroupId"],
        "egress-only-internet-gateway": ec2.create_egress_only_internet_gateway(VpcId=vpc)["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"],
    }
    ec2.create_tags(Resources=list(made.values()), Tags=[{"Key": "run", "Value": "r"}])
    tagging = aws("resourcegroupstaggingapi")

    def found() -> dict[str, str]:
        rows = tagging.get_resources(TagFilters=[{"Key": "run", "Values": ["r"]}])["ResourceTagMappingList"]
        return dict(r["ResourceARN"].split(":", 5)[5].split("/") for r in rows)
    assert found() == {**made, "placement-group": "g"}
    arn = f"arn:aws:ec2:us-east-1:123456789012:elastic-ip/{made['elastic-ip']}"
    tagging.tag_resources(ResourceARNList=[arn], Tags={"more": "m"})
    assert {"Key": "more", "Value": "m"} in ec2.describe_addresses()["Addresses"][0]["Tags"]
    ec2.delete_vpc_endpoints(VpcEndpointIds=[made["vpc-endpoint"]])
    ec2.delete_vpn_gateway(VpnGatewayId=made["vpn-gateway"])
    ec2.release_address(AllocationId=made["elastic-ip"])
    assert set(made) - set(found()) == {"vpc-endpoint", "vpn-gateway", "elastic-ip"}


def test_what_is_not_there_is_named_as_aws_names_it(ec2: Any) -> None:
    assert message(ec2.describe_volumes, VolumeIds=["vol-0123456789abcdef0"]) == "The volume 'vol-0123456789abcdef0' does not exist."
    assert "'gone'" in message(launch, ec2=ec2, KeyName="gone")


def test_a_launch_template_s_next_version_is_based_on_its_source(ec2: Any) -> None:
    template = ec2.create_launch_template(LaunchTemplateName="t", LaunchTemplateData={"ImageId": image(ec2), "InstanceType": "t3.micro", "UserData": "Zmlyc3Q="})
    id_ = template["LaunchTemplate"]["LaunchTemplateId"]
    made = ec2.create_launch_template_version(LaunchTemplateId=id_, SourceVersion="1", LaunchTemplateData={"UserData": "c2Vjb25k"})["LaunchTemplateVersion"]
    assert made["LaunchTemplateData"] == {"ImageId": image(ec2), "InstanceType": "t3.micro", "UserData": "c2Vjb25k"}
    assert ec2.describe_launch_template_versions(LaunchTemplateId=id_, Versions=["2"])["LaunchTemplateVersions"][0]["LaunchTemplateData"] == made["LaunchTemplateData"]
    instance = ec2.run_instances(LaunchTemplate={"LaunchTemplateId": id_, "Version": "2"}, MinCount=1, MaxCount=1)["Instances"][0]
    assert instance["InstanceType"] == "t3.micro"
    said = ec2.describe_instance_attribute(InstanceId=instance["InstanceId"], Attribute="userData")["UserData"]["Value"]
    assert said == "c2Vjb25k"
    assert refused(ec2.create_launch_template_version, LaunchTemplateId=id_, SourceVersion="9",
                   LaunchTemplateData={"InstanceType": "t3.nano"}) == "InvalidLaunchTemplateId.VersionNotFound"
    assert len(ec2.describe_launch_template_versions(LaunchTemplateId=id_)["LaunchTemplateVersions"]) == 2


def test_a_resource_tells_its_own_tags_and_what_describe_tags_says_of_it(ec2: Any) -> None:
    tags = {"Name": "one", "run": "r"}
    spec = [{"ResourceType": "volume", "Tags": [{"Key": k, "Value": v} for k, v in tags.items()]}]
    tagged = ec2.create_volume(AvailabilityZone="us-east-1a", Size=1, TagSpecifications=spec)["VolumeId"]
    bare = ec2.create_volume(AvailabilityZone="us-east-1a", Size=1)["VolumeId"]

    def told(id_: str) -> dict[str, str]:
        by_volume = {t["Key"]: t["Value"] for t in ec2.describe_volumes(VolumeIds=[id_])["Volumes"][0].get("Tags", [])}
        rows = ec2.describe_tags(Filters=[{"Name": "resource-id", "Values": [id_]}])["Tags"]
        assert by_volume == {row["Key"]: row["Value"] for row in rows}
        assert {row["ResourceType"] for row in rows} <= {"volume"}
        return by_volume
    assert (told(tagged), told(bare)) == (tags, {})
    ec2.delete_tags(Resources=[tagged], Tags=[{"Key": "run"}])
    assert told(tagged) == {"Name": "one"}
    assert [v["VolumeId"] for v in ec2.describe_volumes(Filters=[{"Name": "tag:Name", "Values": ["one"]}])["Volumes"]] == [tagged]


def test_an_attribute_of_an_image_that_is_not_there_is_refused_as_aws_refuses_it(ec2: Any) -> None:
    assert refused(ec2.describe_image_attribute, ImageId="ami-0123456789abcdef0", Attribute="launchPermission") == "InvalidAMIID.NotFound"
    assert ec2.describe_image_attribute(ImageId=image(ec2), Attribute="launchPermission")["ImageId"] == image(ec2)
