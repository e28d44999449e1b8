"""What moto lacks of EC2 that a learner of this lab asks for: placement groups, connect endpoints, detailed monitoring."""
from __future__ import annotations

from typing import Any

from emulator.context import Context, make_id, now
from emulator.errors import fail
from emulator.kinds import Kind, Parent
from emulator.services import service

ec2 = service("ec2")


def backend(c: Context) -> Any:
    """moto's own EC2 of the account and region, imported when somebody asks for it."""
    from moto.ec2.models import ec2_backends
    return ec2_backends[c.account][c.region]


# ---------------------------------------------------------------- placement groups


def strategy_fits(c: Context, group: dict[str, Any]) -> None:
    if group.get("Strategy") not in ("cluster", "spread", "partition"):
        raise fail("MissingParameter" if not group.get("Strategy") else "InvalidParameterValue",
                   "The request must contain the parameter strategy" if not group.get("Strategy")
                   else f"Value ({group['Strategy']}) for parameter strategy is invalid.")
    if group.get("PartitionCount") and group["Strategy"] != "partition":
        raise fail("InvalidParameterCombination", "The parameter PartitionCount is only valid with the partition strategy.")
    if not 1 <= group.get("PartitionCount", 1) <= 7:
        raise fail("InvalidParameterValue", f"Value ({group['PartitionCount']}) for parameter partitionCount is invalid. It must be between 1 and 7.")
    if group["Strategy"] == "partition":
        group.setdefault("PartitionCount", 2)
    if group["Strategy"] == "spread":
        group.setdefault("SpreadLevel", "rack")


def in_use(c: Context, group: dict[str, Any]) -> None:
    living = (i for r in backend(c).reservations.values() for i in r.instances if i.state != "terminated")
    if any(i.placement.group_name == group["GroupName"] for i in living):
        raise fail("InvalidPlacementGroup.InUse", f"The placement group {group['GroupName']} is in use and may not be deleted.")


Kind(
    ec2, "PlacementGroup", key="GroupName", create="CreatePlacementGroup", list="DescribePlacementGroups", delete="DeletePlacementGroup",
    output="PlacementGroup", arn="GroupArn", type="ec2:placement-group", unique=("GroupName",), check=strategy_fits, gone=in_use,
    names={"GroupNames": "GroupName", "GroupIds": "GroupId"},
    filters={"group-name": "GroupName", "group-arn": "GroupArn", "state": "State", "strategy": "Strategy", "spread-level": "SpreadLevel"},
    exists=("InvalidPlacementGroup.Duplicate", "The placement group '{}' already exists."),
    missing=("InvalidPlacementGroup.Unknown", "The placement group '{}' is unknown."),
    made={"GroupId": lambda c, r: make_id("pg-"), "State": "available", "GroupArn": lambda c, r: c.arn(f"placement-group/{r['GroupName']}")},
)

# ---------------------------------------------------------------- EC2 Instance Connect endpoints


def placed(c: Context, endpoint: dict[str, Any]) -> None:
    """One for a VPC; its subnet says where, and has its interface."""
    subnet = c.call("ec2", "DescribeSubnets", SubnetIds=[endpoint["SubnetId"]])["Subnets"][0]
    endpoint.update(VpcId=subnet["VpcId"], AvailabilityZone=subnet["AvailabilityZone"], AvailabilityZoneId=subnet.get("AvailabilityZoneId", ""))
    if c.find("InstanceConnectEndpoint", VpcId=subnet["VpcId"]):
        raise fail("ResourceLimitExceeded", "The maximum number of Instance Connect Endpoints for the VPC has been reached.")
    if not endpoint.get("SecurityGroupIds"):
        filters = [{"Name": "vpc-id", "Values": [subnet["VpcId"]]}, {"Name": "group-name", "Values": ["default"]}]
        endpoint["SecurityGroupIds"] = [c.call("ec2", "DescribeSecurityGroups", Filters=filters)["SecurityGroups"][0]["GroupId"]]
    interface = c.call("ec2", "CreateNetworkInterface", SubnetId=endpoint["SubnetId"], Groups=endpoint["SecurityGroupIds"],
                       Description="EC2 Instance Connect Endpoint")
    endpoint["NetworkInterfaceIds"] = [interface["NetworkInterface"]["NetworkInterfaceId"]]


def unplaced(c: Context, endpoint: dict[str, Any]) -> None:
    endpoint["State"] = "delete-in-progress"
    for id_ in endpoint.pop("NetworkInterfaceIds"):
        c.call("ec2", "DeleteNetworkInterface", NetworkInterfaceId=id_)
    endpoint["NetworkInterfaceIds"] = []


def name_in_dns(c: Context, endpoint: dict[str, Any], fips: str = "") -> str:
    id_ = endpoint["InstanceConnectEndpointId"]
    return f"{id_}.{id_[5:13]}.{fips}ec2-instance-connect-endpoint.{c.region}.amazonaws.com"


Kind(
    ec2, "InstanceConnectEndpoint", key="InstanceConnectEndpointId", create="CreateInstanceConnectEndpoint",
    list="DescribeInstanceConnectEndpoints", delete="DeleteInstanceConnectEndpoint", output="InstanceConnectEndpoint",
    arn="InstanceConnectEndpointArn", type="ec2:instance-connect-endpoint", token="ClientToken", token_reused="IdempotentParameterMismatch",
    names={"InstanceConnectEndpointIds": "InstanceConnectEndpointId"}, check=placed,
    filters={"instance-connect-endpoint-id": "InstanceConnectEndpointId", "state": "State", "subnet-id": "SubnetId", "vpc-id": "VpcId",
             "availability-zone": "AvailabilityZone"},
    missing=("InvalidInstanceConnectEndpointId.NotFound", "The instance connect endpoint ID '{}' does not exist"),
    parents=(Parent("SubnetId", shown_by=("ec2", "DescribeSubnets", "SubnetIds"), many=True),),
    gone=unplaced,
    made={
        "InstanceConnectEndpointId": lambda c, r: make_id("eice-"), "OwnerId": lambda c, r: c.account, "CreatedAt": lambda c, r: now(),
        "InstanceConnectEndpointArn": lambda c, r: c.arn(f"instance-connect-endpoint/{r['InstanceConnectEndpointId']}"),
        "State": "create-complete", "StateMessage": "", "PreserveClientIp": False, "Tags": [],
        "DnsName": name_in_dns, "FipsDnsName": lambda c, r: name_in_dns(c, r, "fips."),
    },
)

# ---------------------------------------------------------------- detailed monitoring


def switched(c: Context, state: str, told: str) -> dict[str, Any]:
    ids = c.params.get("InstanceIds") or []
    found = [backend(c).get_instance(i) for i in ids]  # moto's own InvalidInstanceID.NotFound
    for instance in found:
        instance.monitoring_state = state
        c.records("Monitored")[instance.id] = {"InstanceId": instance.id}
    return {"InstanceMonitorings": [{"InstanceId": i.id, "Monitoring": {"State": told}} for i in found]}


@ec2.op("MonitorInstances")
def monitor(c: Context) -> dict[str, Any]:
    dry(c)
    known(c)
    return switched(c, "enabled", "pending")


@ec2.op("UnmonitorInstances")
def unmonitor(c: Context) -> dict[str, Any]:
    dry(c)
    known(c)
    return switched(c, "disabled", "disabling")


def known(c: Context) -> None:
    c.call("ec2", "DescribeInstances", InstanceIds=c.params["InstanceIds"])


def dry(c: Context) -> None:
    if c.params.get("DryRun"):
        raise fail("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)
