"""EC2's CloudFormation types as EC2's own operations: nothing that a template says of an instance or a volume is lost."""
from __future__ import annotations

import json
from typing import Any

from emulator.cfn.declared import cfn_type
from emulator.cfn.reading import filtered, first
from emulator.cfn.types import Found, NotStabilized, Work
from emulator.context import Context

EC2 = "ec2"


def yes(value: Any) -> bool:
    return str(value).lower() == "true"


def instance_of(at: Work | Context, found: Found) -> dict[str, Any] | None:
    reservation = first(at, EC2, "DescribeInstances", "Reservations", InstanceIds=[found["InstanceId"]])
    instance = reservation["Instances"][0] if reservation else None
    return None if instance is None or instance["State"]["Name"] == "terminated" else instance


# ---------------------------------------------------------------- instances

PLACEMENT = {"AvailabilityZone": "AvailabilityZone", "Tenancy": "Tenancy", "PlacementGroupName": "GroupName", "HostId": "HostId", "Affinity": "Affinity",
             "HostResourceGroupArn": "HostResourceGroupArn"}


def launch(props: dict[str, Any]) -> dict[str, Any]:
    """Properties of AWS::EC2::Instance -> parameters of RunInstances."""
    out: dict[str, Any] = {"MinCount": 1, "MaxCount": 1}
    placement = {PLACEMENT[k]: v for k, v in props.items() if k in PLACEMENT}
    if placement:
        out["Placement"] = placement
    for name, value in props.items():
        if name in PLACEMENT:
            continue
        if name == "IamInstanceProfile":
            out[name] = {"Arn" if str(value).startswith("arn:") else "Name": value}
        elif name == "Monitoring":
            out[name] = {"Enabled": yes(value)}
        elif name == "CreditSpecification":
            out[name] = {"CpuCredits": value.get("CPUCredits")}
        elif name == "NetworkInterfaces":
            out[name] = [{("Groups" if k == "GroupSet" else k): v for k, v in n.items()} for n in value]
        elif name == "LaunchTemplate":
            out[name] = {k: v for k, v in value.items() if v is not None}
        elif name == "BlockDeviceMappings":
            out[name] = [{k: ("" if k == "NoDevice" else v) for k, v in m.items()} for m in value]
        else:
            out[name] = value
    return out


def launched(work: Work, found: Found) -> dict[str, Any]:
    instance = found["Instances"][0]
    found["InstanceId"] = instance["InstanceId"]
    return instance_of(work, found) or instance


def attribute(name: str, value: Any) -> Any:
    def set_to(work: Work, said: Any, found: Found) -> None:
        if said is not None:
            work.call(EC2, "ModifyInstanceAttribute", InstanceId=found["InstanceId"], **{name: value(said)})
    return set_to


def volumes(work: Work, value: Any, found: Found) -> None:
    for one in value or []:
        work.call(EC2, "AttachVolume", InstanceId=found["InstanceId"], VolumeId=one["VolumeId"], Device=one["Device"])


def change_instance(work: Work, found: Found, changed: set[str]) -> None:
    """What can be changed of an instance without a new one; its type and user data need it stopped, as on AWS."""
    id_, props = found["InstanceId"], work.properties
    stopping = changed & {"InstanceType", "UserData", "EbsOptimized"}
    if stopping:
        work.call(EC2, "StopInstances", InstanceIds=[id_])
    if "InstanceType" in changed:
        work.call(EC2, "ModifyInstanceAttribute", InstanceId=id_, InstanceType={"Value": props["InstanceType"]})
    if "UserData" in changed:
        work.call(EC2, "ModifyInstanceAttribute", InstanceId=id_, UserData={"Value": str(props.get("UserData", "")).encode()})
    if "Monitoring" in changed:
        work.call(EC2, "MonitorInstances" if yes(props.get("Monitoring")) else "UnmonitorInstances", InstanceIds=[id_])
    if "MetadataOptions" in changed:
        work.call(EC2, "ModifyInstanceMetadataOptions", InstanceId=id_, **{k: int(v) if k.endswith("Limit") else v
                                                                          for k, v in (props.get("MetadataOptions") or {}).items()})
    if "SecurityGroupIds" in changed:
        work.call(EC2, "ModifyInstanceAttribute", InstanceId=id_, Groups=props.get("SecurityGroupIds") or [])
    if "InstanceInitiatedShutdownBehavior" in changed:
        said = props.get("InstanceInitiatedShutdownBehavior", "stop")
        work.call(EC2, "ModifyInstanceAttribute", InstanceId=id_, InstanceInitiatedShutdownBehavior={"Value": said})
    if "IamInstanceProfile" in changed:
        change_profile(work, id_, props.get("IamInstanceProfile"))
    if stopping:
        work.call(EC2, "StartInstances", InstanceIds=[id_])
    found.update(instance_of(work, found) or {})


def change_profile(work: Work, id_: str, name: str | None) -> None:
    old = first(work, EC2, "DescribeIamInstanceProfileAssociations", "IamInstanceProfileAssociations", Filters=filtered("instance-id", id_))
    if old:
        work.call(EC2, "DisassociateIamInstanceProfile", AssociationId=old["AssociationId"])
    if name:
        work.call(EC2, "AssociateIamInstanceProfile", InstanceId=id_, IamInstanceProfile={"Name": name})


def instance_now(work: Work, found: Found) -> dict[str, Any] | None:
    now = instance_of(work, found)
    if now is None:
        return None
    groups = [g["GroupId"] for g in now.get("SecurityGroups", [])]
    metadata = {k: v for k, v in now.get("MetadataOptions", {}).items() if k in (work.properties.get("MetadataOptions") or {})}
    return {"InstanceType": now["InstanceType"], "ImageId": now["ImageId"], "KeyName": now.get("KeyName"), "SubnetId": now.get("SubnetId"),
            "SecurityGroupIds": groups, "Monitoring": now["Monitoring"]["State"] == "enabled", "MetadataOptions": metadata}


def live(path: str) -> Any:
    def read(c: Context, found: Found) -> Any:
        return (instance_of(c, found) or found).get(path, "")
    return read


cfn_type(
    "AWS::EC2::Instance", EC2, "RunInstances", lambda w, f: w.call(EC2, "TerminateInstances", InstanceIds=[f["InstanceId"]]) and None, "InstanceId",
    tag_as="instance", reshape=launch, settle=launched, reader=instance_now,
    attrs={"InstanceId": "InstanceId", "VpcId": "VpcId", "AvailabilityZone": lambda f: f["Placement"]["AvailabilityZone"]},
    live={"PublicIp": live("PublicIpAddress"), "PrivateIp": live("PrivateIpAddress"), "PublicDnsName": live("PublicDnsName"),
          "PrivateDnsName": live("PrivateDnsName"), "State": live("State")},
    then={"SourceDestCheck": attribute("SourceDestCheck", lambda v: {"Value": yes(v)}), "Volumes": volumes,
          "DisableApiTermination": attribute("DisableApiTermination", lambda v: {"Value": yes(v)})},
    update=change_instance,
    updatable=("InstanceType", "UserData", "EbsOptimized", "Monitoring", "MetadataOptions", "SecurityGroupIds", "InstanceInitiatedShutdownBehavior",
               "IamInstanceProfile"),
    ignored=("AdditionalInfo", "ElasticGpuSpecifications", "ElasticInferenceAccelerators", "SsmAssociations", "PropagateTagsToVolumeOnCreation"),
    replace=("AvailabilityZone", "CpuOptions", "EnclaveOptions", "HibernationOptions", "HostResourceGroupArn", "ImageId", "Ipv6AddressCount",
             "Ipv6Addresses", "KeyName", "LaunchTemplate", "LicenseSpecifications", "NetworkInterfaces", "PlacementGroupName", "PrivateIpAddress",
             "SecurityGroups", "SubnetId", "Affinity", "HostId", "Tenancy", "BlockDeviceMappings"),
)

cfn_type("AWS::EC2::KeyPair", EC2, "ImportKeyPair", "DeleteKeyPair", "KeyName", tag_as="key-pair", ids={"KeyName": "KeyName"},
         attrs={"KeyPairId": "KeyPairId", "KeyFingerprint": "KeyFingerprint"}, ignored=("KeyType", "KeyFormat"),
         replace=("KeyName", "KeyType", "KeyFormat", "PublicKeyMaterial", "Tags"))


# ---------------------------------------------------------------- addresses


def associate(work: Work, value: Any, found: Found) -> None:
    if value is not None:
        work.call(EC2, "AssociateAddress", AllocationId=found["AllocationId"], InstanceId=value)
    elif work.before.get("InstanceId"):
        work.call(EC2, "DisassociateAddress", PublicIp=found["PublicIp"])


def release(work: Work, allocation: str) -> None:
    """CloudFormation takes an address off its instance before it gives it back."""
    for address in work.call(EC2, "DescribeAddresses", AllocationIds=[allocation])["Addresses"]:
        if "AssociationId" in address:
            work.call(EC2, "DisassociateAddress", AssociationId=address["AssociationId"])
    work.call(EC2, "ReleaseAddress", AllocationId=allocation)


cfn_type("AWS::EC2::EIP", EC2, "AllocateAddress", lambda w, f: release(w, f["AllocationId"]), "PublicIp",
         tag_as="elastic-ip", attrs={"AllocationId": "AllocationId", "PublicIp": "PublicIp"}, then={"InstanceId": associate},
         replace=("NetworkBorderGroup", "TransferAddress", "IpamPoolId", "Address"), ignored=("PublicIpv4Pool",),
         reader=lambda w, f: first(w, EC2, "DescribeAddresses", "Addresses", AllocationIds=[f["AllocationId"]]))

cfn_type("AWS::EC2::EIPAssociation", EC2, "AssociateAddress", lambda w, f: w.call(EC2, "DisassociateAddress", AssociationId=f["AssociationId"]) and None,
         "AssociationId", tags="", rename={"EIP": "PublicIp"}, attrs={"Id": "AssociationId"},
         replace=("AllocationId", "NetworkInterfaceId", "InstanceId", "PrivateIpAddress", "EIP"),
         reader=lambda w, f: first(w, EC2, "DescribeAddresses", "Addresses", Filters=filtered("association-id", f["AssociationId"])))

# ---------------------------------------------------------------- volumes


def change_volume(work: Work, found: Found, changed: set[str]) -> None:
    params = {k: work.properties[k] for k in changed if k in ("Size", "Iops", "Throughput", "VolumeType", "MultiAttachEnabled") and k in work.properties}
    if "Size" in params and int(params["Size"]) < int(work.before.get("Size", 0)):
        raise NotStabilized("New size cannot be smaller than existing size")
    numbers = {k: int(v) if k in ("Size", "Iops", "Throughput") else v for k, v in params.items()}
    work.call(EC2, "ModifyVolume", VolumeId=found["VolumeId"], **numbers)


def auto_io(work: Work, value: Any, found: Found) -> None:
    if value is not None and work.context.exists(EC2, "DescribeVolumeAttribute", VolumeId=found["VolumeId"], Attribute="autoEnableIO"):
        work.call(EC2, "ModifyVolumeAttribute", VolumeId=found["VolumeId"], AutoEnableIO={"Value": yes(value)})


cfn_type("AWS::EC2::Volume", EC2, "CreateVolume", "DeleteVolume", "VolumeId", tag_as="volume", attrs={"VolumeId": "VolumeId"}, update=change_volume,
         updatable=("Size", "Iops", "Throughput", "VolumeType", "MultiAttachEnabled"), then={"AutoEnableIO": auto_io},
         replace=("AvailabilityZone", "AvailabilityZoneId", "Encrypted", "KmsKeyId", "OutpostArn", "SnapshotId", "SourceVolumeId", "VolumeInitializationRate"),
         reader=lambda w, f: first(w, EC2, "DescribeVolumes", "Volumes", VolumeIds=[f["VolumeId"]]))


def detach(work: Work, found: Found) -> None:
    volume = first(work, EC2, "DescribeVolumes", "Volumes", VolumeIds=[found["VolumeId"]])
    if volume and any(a["InstanceId"] == found["InstanceId"] for a in volume.get("Attachments", [])):
        work.call(EC2, "DetachVolume", VolumeId=found["VolumeId"], InstanceId=found["InstanceId"])


cfn_type("AWS::EC2::VolumeAttachment", EC2, "AttachVolume", detach, lambda f: f"{f['VolumeId']}|{f['InstanceId']}", tags="",
         replace=("Device", "InstanceId", "VolumeId", "EbsCardIndex"))

# ---------------------------------------------------------------- launch templates, placement groups, connect endpoints


def next_version(work: Work, found: Found, changed: set[str]) -> None:
    made = work.call(EC2, "CreateLaunchTemplateVersion", LaunchTemplateId=found["LaunchTemplateId"], LaunchTemplateData=work.properties["LaunchTemplateData"],
                     **({"VersionDescription": work.properties["VersionDescription"]} if "VersionDescription" in work.properties else {}))
    found["LatestVersionNumber"] = made["LaunchTemplateVersion"]["VersionNumber"]


cfn_type("AWS::EC2::LaunchTemplate", EC2, "CreateLaunchTemplate", "DeleteLaunchTemplate", "LaunchTemplateId", name="LaunchTemplateName", length=128,
         ids={"LaunchTemplateId": "LaunchTemplateId"}, tags="TagSpecifications", tag_as="launch-template", update=next_version,
         updatable=("LaunchTemplateData", "VersionDescription"), replace=("LaunchTemplateName",),
         attrs={"LaunchTemplateId": "LaunchTemplateId", "LatestVersionNumber": lambda f: str(f["LatestVersionNumber"]),
                "DefaultVersionNumber": lambda f: str(f["DefaultVersionNumber"])})

cfn_type("AWS::EC2::PlacementGroup", EC2, "CreatePlacementGroup", "DeletePlacementGroup", "GroupName", tag_as="placement-group",
         reshape=lambda p: {"Strategy": "cluster", **p}, name="GroupName", attrs={"GroupName": "GroupName", "GroupId": "GroupId"},
         replace=("Tags", "Strategy", "SpreadLevel", "PartitionCount", "ParentGroupId"),
         reader=lambda w, f: first(w, EC2, "DescribePlacementGroups", "PlacementGroups", GroupNames=[f["GroupName"]]))

cfn_type("AWS::EC2::InstanceConnectEndpoint", EC2, "CreateInstanceConnectEndpoint", "DeleteInstanceConnectEndpoint", "InstanceConnectEndpointId",
         tag_as="instance-connect-endpoint", attrs={
             "Id": "InstanceConnectEndpointId", "AvailabilityZone": "AvailabilityZone", "CreatedAt": lambda f: f["CreatedAt"].isoformat(),
             "InstanceConnectEndpointArn": "InstanceConnectEndpointArn", "NetworkInterfaceIds": "NetworkInterfaceIds", "OwnerId": "OwnerId",
             "State": "State", "StateMessage": lambda f: f.get("StateMessage", ""), "VpcId": "VpcId", "AvailabilityZoneId": "AvailabilityZoneId"},
         replace=("SubnetId", "ClientToken", "PreserveClientIp", "SecurityGroupIds"))

# ---------------------------------------------------------------- CloudWatch


def alarm_tags(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
    arn = alarm_arn(work, found)
    if gone:
        work.call("cloudwatch", "UntagResource", ResourceARN=arn, TagKeys=gone)
    if put:
        work.call("cloudwatch", "TagResource", ResourceARN=arn, Tags=[{"Key": k, "Value": v} for k, v in put.items()])


def alarm_arn(work: Work, found: Found) -> str:
    return f"arn:aws:cloudwatch:{work.context.region}:{work.context.account}:alarm:{found['AlarmName']}"


def put_alarm(work: Work, found: Found, changed: set[str]) -> None:
    from emulator.cfn.convert import parameters
    props = {k: v for k, v in work.properties.items() if k != "Tags"}
    work.call("cloudwatch", "PutMetricAlarm", **parameters("cloudwatch", "PutMetricAlarm", {**props, "AlarmName": found["AlarmName"]}, {}))


cfn_type("AWS::CloudWatch::Alarm", "cloudwatch", "PutMetricAlarm", lambda w, f: w.call("cloudwatch", "DeleteAlarms", AlarmNames=[f["AlarmName"]]) and None,
         "AlarmName", name="AlarmName", settle=lambda w, f: {"Arn": alarm_arn(w, f)}, attrs={"Arn": "Arn"}, update=put_alarm, replace=("AlarmName",),
         retag=alarm_tags, reader=lambda w, f: first(w, "cloudwatch", "DescribeAlarms", "MetricAlarms", AlarmNames=[f["AlarmName"]]))


def put_dashboard(work: Work, found: Found, changed: set[str]) -> None:
    body = work.properties["DashboardBody"]
    work.call("cloudwatch", "PutDashboard", DashboardName=found["DashboardName"], DashboardBody=body if isinstance(body, str) else json.dumps(body))


cfn_type("AWS::CloudWatch::Dashboard", "cloudwatch", "PutDashboard",
         lambda w, f: w.call("cloudwatch", "DeleteDashboards", DashboardNames=[f["DashboardName"]]) and None, "DashboardName", tags="",
         name="DashboardName", update=put_dashboard, replace=("DashboardName",), ignored=("Tags",))
