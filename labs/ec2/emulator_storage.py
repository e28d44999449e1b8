"""Volumes, snapshots, images and addresses: what moto's EC2 lets pass that AWS refuses, and what of an image it loses."""
from __future__ import annotations

from typing import Any

from emulator.context import Context
from emulator.errors import fail
from emulator.services import service

ec2 = service("ec2")
connect = service("ec2-instance-connect")
AMAZON = "137112412989"  # the account that Amazon Linux's images belong to


def backend(c: Context) -> Any:
    """moto's own EC2 of the account and region, imported when somebody asks for it."""
    from moto.ec2.models import ec2_backends
    return ec2_backends[c.account][c.region]


def instance_of(c: Context, id_: str) -> Any:
    return next((i for r in backend(c).reservations.values() for i in r.instances if i.id == id_), None)


# ---------------------------------------------------------------- volumes


@ec2.before_moto("AttachVolume")
def attachable(c: Context) -> None:
    volume, instance = backend(c).volumes.get(c.params["VolumeId"]), instance_of(c, c.params["InstanceId"])
    if volume is None or instance is None:
        return  # moto says which is not there
    if volume.zone.name != instance.availability_zone:
        raise fail("InvalidVolume.ZoneMismatch", f"The volume '{volume.id}' is not in the same availability zone as instance '{instance.id}'")
    if instance.state not in ("running", "stopped"):
        raise fail("IncorrectState", f"Instance '{instance.id}' is not 'running'.")
    if volume.attachment and not volume.multi_attach_enabled:
        raise fail("VolumeInUse", f"{volume.id} is already attached to an instance")
    if c.params["Device"] in instance.block_device_mapping:
        raise fail("InvalidParameterValue", f"Invalid value '{c.params['Device']}' for unixDevice. Attachment point {c.params['Device']} is already in use")


@ec2.around_moto("DetachVolume")
def detach(c: Context, moto: Any) -> dict[str, Any]:
    """moto needs to be told the instance that the volume is attached to."""
    volume = backend(c).volumes.get(c.params["VolumeId"])
    if volume is None:
        return moto(InstanceId=c.params.get("InstanceId") or "")  # type: ignore[no-any-return]
    if not volume.attachment:
        raise fail("IncorrectState", f"Volume '{volume.id}' is in the 'available' state.")
    instance, device = volume.attachment.instance, c.params.get("Device")
    if device and device != volume.attachment.device:
        raise fail("InvalidAttachment.NotFound", f"The volume {volume.id} is not attached to instance {instance.id} as device {device}")
    if volume.attachment.device == instance.root_device_name and instance.state == "running":
        raise fail("OperationNotPermitted", f"Unable to detach root volume '{volume.id}' from instance '{instance.id}'")
    return moto(InstanceId=c.params.get("InstanceId") or instance.id)  # type: ignore[no-any-return]


@ec2.before_moto("CreateVolume")
def volume_fits(c: Context) -> None:
    kind, size = c.params.get("VolumeType", "gp2"), c.params.get("Size")
    largest = {"standard": 1024, "io2": 65536, "gp3": 65536}.get(kind, 16384)  # GiB, EBS volume types, 2026
    smallest = {"io1": 4, "io2": 4, "st1": 125, "sc1": 125}.get(kind, 1)
    zone = c.params.get("AvailabilityZone")
    if zone and zone not in [z["ZoneName"] for z in c.call("ec2", "DescribeAvailabilityZones")["AvailabilityZones"]]:
        raise fail("InvalidZone.NotFound", f"The zone '{zone}' does not exist.")
    if c.params.get("MultiAttachEnabled") and kind not in ("io1", "io2"):
        raise fail("InvalidParameterDependency", "The parameter MultiAttachEnabled is not supported for volumes of this type.")
    if kind not in ("standard", "io1", "io2", "gp2", "gp3", "st1", "sc1"):
        raise fail("InvalidParameterValue", f"Volume type '{kind}' is not a supported volume type.")
    if size is not None and not smallest <= int(size) <= largest:
        raise fail("InvalidParameterValue", f"Volume of {size}GiB is {'too large' if int(size) > largest else 'too small'} for volume type {kind}; "
                                            f"{'maximum' if int(size) > largest else 'minimum'} is {largest if int(size) > largest else smallest}GiB.")


@ec2.before_moto("ModifyVolume")
def grows(c: Context) -> None:
    volume = backend(c).volumes.get(c.params["VolumeId"])
    if volume is not None and c.params.get("Size") is not None and int(c.params["Size"]) < int(volume.size):
        raise fail("InvalidParameterValue", "New size cannot be smaller than existing size")


# ---------------------------------------------------------------- images and their snapshots


@ec2.before_moto("DescribeSnapshots", "DescribeImages", "DeleteSnapshot", "CreateVolume", "CreateSnapshot")
def amazons(c: Context) -> None:
    """moto's default images have no owner in its data: they and their hundreds of snapshots would be the learner's own.

    The images get Amazon's; the snapshots are put aside, and back when somebody names one.
    """
    held = backend(c)
    aside = held.__dict__.setdefault("worklab_aside", {})
    if not held.__dict__.get("worklab_owners_set"):
        held.worklab_owners_set = True
        for image in held.amis.values():
            if image.owner_alias == "amazon" and image.owner_id == c.account:
                image.owner_id = AMAZON
            if image.owner_id != c.account:
                image.ebs_snapshot.owner_id = image.owner_id
                aside[image.ebs_snapshot.id] = held.snapshots.pop(image.ebs_snapshot.id)
    named = [c.params.get("SnapshotId"), *(c.params.get("SnapshotIds") or [])]
    held.snapshots.update({i: aside.pop(i) for i in named if i in aside})


@ec2.around_moto("CreateImage")
def create_image(c: Context, moto: Any) -> dict[str, Any]:
    """An image of what the instance really has: a snapshot of each of its volumes, tagged as asked."""
    specs = c.params.get("TagSpecifications") or []
    for kind in (s.get("ResourceType") for s in specs):
        if kind not in ("image", "snapshot"):
            raise fail("InvalidParameterValue", f"'{kind}' is not a valid taggable resource type for this operation.")
    taken = [i for i in backend(c).amis.values() if i.name == c.params["Name"] and i.owner_id == c.account]
    if taken:
        raise fail("InvalidAMIName.Duplicate", f"AMI name {c.params['Name']} is already in use by AMI {taken[0].id}")
    answer = moto(TagSpecifications=[s for s in specs if s.get("ResourceType") == "image"])
    image, instance = backend(c).amis[answer["ImageId"]], instance_of(c, c.params["InstanceId"])
    tags = [s for s in specs if s.get("ResourceType") == "snapshot"]
    image.root_device_name, image.root_device_type = instance.root_device_name, "ebs"
    image.image_location, image.hypervisor = f"{c.account}/{image.name}", "xen"
    mappings = []
    for name, disk in instance.get_block_device_mapping:
        volume = backend(c).get_volume(disk.volume_id)
        made = c.call("ec2", "CreateSnapshot", VolumeId=volume.id, Description=f"Created by CreateImage({instance.id}) for {image.id}",
                      **({"TagSpecifications": tags} if tags else {}))
        snapshot = backend(c).snapshots[made["SnapshotId"]]
        snapshot.from_ami = image.id
        if name == instance.root_device_name:
            backend(c).snapshots.pop(image.ebs_snapshot.id, None)
            image.ebs_snapshot = snapshot
        mappings.append({"DeviceName": name, "Ebs": {"SnapshotId": snapshot.id, "VolumeSize": volume.size, "VolumeType": volume.volume_type,
                                                     "DeleteOnTermination": disk.delete_on_termination, "Encrypted": bool(volume.encrypted)}})
    c.records("Image")[image.id] = {"ImageId": image.id, "BlockDeviceMappings": mappings}
    return answer


@ec2.after_moto("DescribeImages", when=lambda c: c.records("Image"))
def mapped(c: Context, answer: dict[str, Any]) -> None:
    for image in answer.get("Images", []):
        known = c.records("Image").get(image["ImageId"])
        if known:
            c.emulated = True
            image["BlockDeviceMappings"] = known["BlockDeviceMappings"]


@ec2.before_moto("DescribeImageAttribute")
def of_an_image(c: Context) -> None:
    """moto looks the id up and breaks where there is none."""
    c.call("ec2", "DescribeImages", ImageIds=[c.params["ImageId"]])


@ec2.around_moto("DeregisterImage")
def deregister(c: Context, moto: Any) -> dict[str, Any]:
    known = c.records("Image").pop(c.params["ImageId"], {"BlockDeviceMappings": []})
    image = backend(c).amis.get(c.params["ImageId"])
    ids = [m["Ebs"]["SnapshotId"] for m in known["BlockDeviceMappings"]] or ([image.ebs_snapshot.id] if image is not None else [])
    moto()
    for id_ in ids:
        if id_ in backend(c).snapshots:
            backend(c).snapshots[id_].from_ami = None  # nothing holds them any more
    out: dict[str, Any] = {"Return": True}
    if c.params.get("DeleteAssociatedSnapshots"):
        out["DeleteSnapshotResults"] = []
        for id_ in ids:
            c.call("ec2", "DeleteSnapshot", SnapshotId=id_)
            out["DeleteSnapshotResults"].append({"SnapshotId": id_, "ReturnCode": "success"})
    return out


# ---------------------------------------------------------------- addresses, keys pushed to an instance


@ec2.before_moto("ReleaseAddress")
def not_in_use(c: Context) -> None:
    for address in backend(c).addresses:
        if address.association_id and address.allocation_id == c.params.get("AllocationId"):
            raise fail("InvalidIPAddress.InUse", f"Address {address.public_ip} is in use.")


@ec2.before_moto("AssociateAddress")
def can_have_address(c: Context) -> None:
    instance = instance_of(c, c.params.get("InstanceId") or "")
    if instance is not None and instance.state not in ("running", "stopped"):
        raise fail("IncorrectInstanceState", f"The pending-instance-termination instance '{instance.id}' is not in a valid state for this operation.")


@connect.before_moto("SendSSHPublicKey", "SendSerialConsoleSSHPublicKey")
def known_instance(c: Context) -> None:
    here = c.at("ec2")
    instance = instance_of(here, c.params["InstanceId"])
    if instance is None or instance.state == "terminated":
        raise fail("EC2InstanceNotFoundException", "Instance not found", 404)
    if instance.state != "running":
        raise fail("EC2InstanceStateInvalidException", "Instance is in an invalid state for this operation.")
    zone = c.params.get("AvailabilityZone")
    if zone and zone != instance.availability_zone:
        raise fail("InvalidArgsException", f"Instance not found in Availability Zone {zone}")
