"""What moto's EC2 loses of an instance, lets pass, or leaves behind: launch, stop, start, terminate, attach."""
from __future__ import annotations

from typing import Any

from emulator.context import Context, now
from emulator.errors import fail
from emulator.services import service

ec2 = service("ec2")
connect = service("ec2-instance-connect")


def backend(c: Context) -> Any:
    """moto's own EC2 of the account and region, imported when somebody asks for it."""
    from moto.ec2.models import ec2_backends
    return ec2_backends[c.account][c.region]


# ---------------------------------------------------------------- launch


def template_of(c: Context) -> dict[str, Any]:
    """What the launch template says, for what the request leaves open."""
    named = c.params.get("LaunchTemplate")
    if not named:
        return {}
    return dict(backend(c)._get_template_from_args(named).data)


@ec2.around_moto("RunInstances")
def launch(c: Context, moto: Any) -> dict[str, Any]:
    token = c.params.get("ClientToken")
    before = c.find("Launch", ClientToken=token) if token else []
    if before and before[0]["Request"] != c.params:
        raise fail("IdempotentParameterMismatch", f"Arguments on this idempotent request are inconsistent with arguments used in previous request(s) "
                                                  f"with this client token: {token}")
    if before:
        return before[0]["Answer"]
    asked = {**template_of(c), **c.params}
    image = asked.get("ImageId", "")
    changed = {}
    if image.startswith("resolve:ssm:"):
        changed["ImageId"] = asked["ImageId"] = c.call("ssm", "GetParameter", Name=image.removeprefix("resolve:ssm:"))["Parameter"]["Value"]
    fits(c, asked)
    answer = moto(**changed)
    for told in answer["Instances"]:
        settle(c, backend(c).get_instance(told["InstanceId"]), asked)
    if token:
        c.records("Launch")[token] = {"ClientToken": token, "Request": c.params, "Answer": answer}
    return answer


def fits(c: Context, asked: dict[str, Any]) -> None:
    """What AWS looks at before it launches anything."""
    if asked.get("KeyName"):
        c.call("ec2", "DescribeKeyPairs", KeyNames=[asked["KeyName"]])
    group = (asked.get("Placement") or {}).get("GroupName")
    if group:
        c.call("ec2", "DescribePlacementGroups", GroupNames=[group])
    profile = asked.get("IamInstanceProfile") or {}
    name = profile.get("Name") or profile.get("Arn", "").rsplit("/", 1)[-1]
    if name and not c.exists("iam", "GetInstanceProfile", InstanceProfileName=name):
        by = "name" if profile.get("Name") else "arn"
        raise fail("InvalidParameterValue", f"Value ({profile.get('Name') or profile['Arn']}) for parameter iamInstanceProfile.{by} is invalid. "
                                            f"Invalid IAM Instance Profile {by if by == 'name' else 'ARN'}")
    if asked.get("SubnetId") and asked.get("SecurityGroupIds"):
        same_network(c, asked["SubnetId"], asked["SecurityGroupIds"])
    architecture(c, asked)
    if int(asked.get("MaxCount", 1)) < int(asked.get("MinCount", 1)):
        raise fail("InvalidParameterValue", f"Value ({asked['MinCount']}) for parameter minCount is invalid. It must not exceed maxCount.")


def same_network(c: Context, subnet: str, groups: list[str]) -> None:
    vpc = c.call("ec2", "DescribeSubnets", SubnetIds=[subnet])["Subnets"][0]["VpcId"]
    for group in c.call("ec2", "DescribeSecurityGroups", GroupIds=groups)["SecurityGroups"]:
        if group.get("VpcId") != vpc:
            raise fail("InvalidParameter", f"Security group {group['GroupId']} and subnet {subnet} belong to different networks.")


def architecture(c: Context, asked: dict[str, Any]) -> None:
    from moto.ec2.models.instance_types import INSTANCE_TYPES
    image = backend(c).amis.get(asked.get("ImageId"))
    named = asked.get("InstanceType")
    if named and named not in INSTANCE_TYPES:
        raise fail("InvalidParameterValue", f"Invalid value '{named}' for InstanceType.")
    supported = (INSTANCE_TYPES.get(named, {}).get("ProcessorInfo") or {}).get("SupportedArchitectures") or []
    if image is not None and image.architecture and supported and image.architecture not in supported:
        raise fail("InvalidParameterValue", f"The architecture '{','.join(supported)}' of the specified instance type does not match the architecture "
                                            f"'{image.architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.")


def settle(c: Context, instance: Any, asked: dict[str, Any]) -> None:
    """What the request or its launch template said and moto's RunInstances did not take."""
    from moto.ec2.models.instances import MetadataOptions
    placement = asked.get("Placement") or {}
    instance.placement.group_name = placement.get("GroupName", "")
    instance.placement.tenancy = placement.get("Tenancy", "default")
    instance.disable_api_termination = bool(asked.get("DisableApiTermination", False))
    if asked.get("MetadataOptions"):
        instance.metadata_options = MetadataOptions(asked["MetadataOptions"])
    if (asked.get("Monitoring") or {}).get("Enabled"):
        instance.monitoring_state = "enabled"
    if not asked.get("ClientToken"):
        instance.client_token = ""
    profile = asked.get("IamInstanceProfile")
    if profile and not instance.iam_instance_profile:
        c.call("ec2", "AssociateIamInstanceProfile", InstanceId=instance.id, IamInstanceProfile=profile)
    interfaces(c, instance, asked)
    disks(c, instance, asked)


def interfaces(c: Context, instance: Any, asked: dict[str, Any]) -> None:
    """What was made with the instance goes with it, unless the request says otherwise."""
    said = {int(n.get("DeviceIndex", 0)): n for n in asked.get("NetworkInterfaces") or []}
    tags = {t["Key"]: t["Value"] for s in asked.get("TagSpecifications") or [] if s.get("ResourceType") == "network-interface" for t in s["Tags"]}
    for index, nic in instance.nics.items():
        about = said.get(index, {})
        if not about.get("NetworkInterfaceId"):
            nic.delete_on_termination = about.get("DeleteOnTermination", True) is True
            nic.add_tags(tags)


def disks(c: Context, instance: Any, asked: dict[str, Any]) -> None:
    """The root volume is there whatever else is mapped, and goes with the instance unless the request says otherwise."""
    root, image = instance.root_device_name, backend(c).amis.get(instance.image_id)
    held = instance.block_device_mapping
    if root not in held and "/dev/sda1" in held and not asked.get("BlockDeviceMappings"):
        disk = held["/dev/sda1"] = held.pop("/dev/sda1")
        held[root] = held.pop("/dev/sda1")
        backend(c).get_volume(disk.volume_id).attachment.device = root
    if root not in held and image is not None:
        instance.add_block_device(8, root, None, False, True, None, "gp3")
    said = {m.get("DeviceName"): m.get("Ebs") or {} for m in asked.get("BlockDeviceMappings") or []}
    for name, disk in held.items():
        disk.delete_on_termination = said.get(name, {}).get("DeleteOnTermination", name == root) is True
    own_key(c)


@ec2.after_moto("CreateVolume", "CopySnapshot")
def key_is_awss(c: Context, answer: dict[str, Any]) -> None:
    own_key(c)


def own_key(c: Context) -> None:
    """The key that encrypts when none is named is EBS's own, not the customer's."""
    arn = backend(c).default_kms_key_id
    if arn:
        from moto.kms.models import kms_backends
        key = kms_backends[c.account][c.region].keys.get(arn.rsplit("/", 1)[-1])
        if key is not None:
            key.key_manager = "AWS"


# ---------------------------------------------------------------- stop, start, terminate


def living(c: Context, verb: str) -> None:
    for id_ in c.params.get("InstanceIds") or []:
        for instance in (i for r in backend(c).reservations.values() for i in r.instances if i.id == id_):
            if instance.state in ("terminated", "shutting-down"):
                raise fail("IncorrectInstanceState", f"This instance '{id_}' is not in a state from which it can be {verb}.")


@ec2.before_moto("StopInstances")
def can_stop(c: Context) -> None:
    living(c, "stopped")


@ec2.before_moto("StartInstances")
def can_start(c: Context) -> None:
    living(c, "started")


@ec2.before_moto("RebootInstances")
def can_reboot(c: Context) -> None:
    living(c, "rebooted")


@ec2.after_moto("StartInstances")
def started(c: Context, answer: dict[str, Any]) -> None:
    for told in answer["StartingInstances"]:
        if told.get("PreviousState", {}).get("Name") == "stopped":
            backend(c).get_instance(told["InstanceId"]).launch_time = now().replace(tzinfo=None)


@ec2.after_moto("StopInstances")
def stopped(c: Context, answer: dict[str, Any]) -> None:
    for told in answer["StoppingInstances"]:
        reason(backend(c).get_instance(told["InstanceId"]))


def reason(instance: Any) -> None:
    instance._reason = f"User initiated ({now():%Y-%m-%d %H:%M:%S} GMT)"


@ec2.before_moto("TerminateInstances")
def not_protected(c: Context) -> None:
    ids = c.params.get("InstanceIds") or []
    found = [i for r in backend(c).reservations.values() for i in r.instances if i.id in ids]
    for instance in found:
        if str(instance.disable_api_termination).lower() == "true":
            raise fail("OperationNotPermitted", f"The instance '{instance.id}' may not be terminated. Modify its 'disableApiTermination' "
                                                "instance attribute and try again.")


@ec2.after_moto("TerminateInstances")
def let_go(c: Context, answer: dict[str, Any]) -> None:
    """Addresses are free again, and its interfaces are no longer anybody's."""
    held = backend(c)
    for told in answer["TerminatingInstances"]:
        instance = held.get_instance(told["InstanceId"])
        reason(instance)
        for address in list(held.addresses):
            if address.instance is instance or (address.eni and address.eni.instance is instance):
                held.disassociate_address(address=address.public_ip)
        for index, nic in list(instance.nics.items()):
            if nic.id in held.enis:
                instance.detach_eni(nic)
                instance.nics.setdefault(index, nic)  # moto reads an instance's addresses there, terminated or not
            elif index:
                instance.nics.pop(index, None)


@ec2.after_moto("DescribeInstances")
def as_shown(c: Context, answer: dict[str, Any]) -> None:
    """A terminated instance has no network any more; one that runs gives no reason for its state."""
    monitored = c.records("Monitored")  # its state is what an operation of ours made it
    for instance in (i for r in answer.get("Reservations", []) for i in r.get("Instances", [])):
        c.emulated = c.emulated or instance["InstanceId"] in monitored
        if instance["State"]["Name"] == "terminated":
            for gone in ("SubnetId", "VpcId", "PrivateIpAddress", "PublicIpAddress"):
                instance.pop(gone, None)
            instance.update(NetworkInterfaces=[], SecurityGroups=[], BlockDeviceMappings=[], PrivateDnsName="", PublicDnsName="")
        if not (instance.get("StateReason") or {}).get("Code"):
            instance.pop("StateReason", None)
