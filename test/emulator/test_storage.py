"""Volumes, snapshots and images: what AWS refuses is refused, and an image is of what the instance has."""
from __future__ import annotations

from typing import Any

import pytest
from conftest import refused
from test_ec2 import ec2, latest, launch, shown  # noqa: F401  (fixtures and helpers)



def test_a_volume_of_another_zone_does_not_attach(ec2: Any) -> None:
    instance = launch(ec2, Placement={"AvailabilityZone": "us-east-1a"})["InstanceId"]
    far = ec2.create_volume(AvailabilityZone="us-east-1b", Size=1)["VolumeId"]
    near = ec2.create_volume(AvailabilityZone="us-east-1a", Size=1)["VolumeId"]
    assert refused(ec2.attach_volume, VolumeId=far, InstanceId=instance, Device="/dev/sdf") == "InvalidVolume.ZoneMismatch"
    ec2.attach_volume(VolumeId=near, InstanceId=instance, Device="/dev/sdf")
    ec2.get_waiter("volume_in_use").wait(VolumeIds=[near])
    assert refused(ec2.attach_volume, VolumeId=near, InstanceId=instance, Device="/dev/sdg") == "VolumeInUse"
    second = ec2.create_volume(AvailabilityZone="us-east-1a", Size=1)["VolumeId"]
    assert refused(ec2.attach_volume, VolumeId=second, InstanceId=instance, Device="/dev/sdf") == "InvalidParameterValue"
    assert refused(ec2.delete_volume, VolumeId=near) == "VolumeInUse"
    ec2.detach_volume(VolumeId=near)
    assert refused(ec2.detach_volume, VolumeId=near) == "IncorrectState"
    root = shown(ec2, instance)["BlockDeviceMappings"][0]["Ebs"]["VolumeId"]
    assert refused(ec2.detach_volume, VolumeId=root) == "OperationNotPermitted"


@pytest.mark.parametrize("more,code", [
    ({"VolumeType": "gp9"}, "InvalidParameterValue"), ({"Size": 0}, "InvalidParameterValue"), ({"Size": 99999}, "InvalidParameterValue"),
    ({"AvailabilityZone": "us-east-1z"}, "InvalidZone.NotFound"), ({"SnapshotId": "snap-0123456789abcdef0"}, "InvalidSnapshot.NotFound"),
])
def test_a_volume_that_cannot_be(ec2: Any, more: dict[str, Any], code: str) -> None:
    assert refused(ec2.create_volume, **{"AvailabilityZone": "us-east-1a", "Size": 1, **more}) == code


def test_a_volume_grows_and_does_not_shrink(ec2: Any) -> None:
    id_ = ec2.create_volume(AvailabilityZone="us-east-1a", Size=4)["VolumeId"]
    ec2.modify_volume(VolumeId=id_, Size=8)
    assert refused(ec2.modify_volume, VolumeId=id_, Size=2) == "InvalidParameterValue"
    assert ec2.describe_volumes_modifications(VolumeIds=[id_])["VolumesModifications"][0]["TargetSize"] == 8


def test_own_snapshots_and_images_are_one_s_own(aws: Any, ec2: Any) -> None:
    assert ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"] == [] and ec2.describe_images(Owners=["self"])["Images"] == []
    volume = ec2.create_volume(AvailabilityZone="us-east-1a", Size=1, Encrypted=True)["VolumeId"]
    snapshot = ec2.create_snapshot(VolumeId=volume)["SnapshotId"]
    assert [s["SnapshotId"] for s in ec2.describe_snapshots()["Snapshots"]] == [snapshot]
    key = aws("kms").describe_key(KeyId=ec2.describe_volumes(VolumeIds=[volume])["Volumes"][0]["KmsKeyId"])["KeyMetadata"]
    assert key["KeyManager"] == "AWS"
    assert len(ec2.describe_images(Owners=["amazon"])["Images"]) > 50


def test_an_image_is_of_what_the_instance_has(ec2: Any) -> None:
    id_ = launch(ec2)["InstanceId"]
    made = ec2.create_image(InstanceId=id_, Name="mine", NoReboot=True, TagSpecifications=[
        {"ResourceType": "image", "Tags": [{"Key": "a", "Value": "1"}]}, {"ResourceType": "snapshot", "Tags": [{"Key": "b", "Value": "2"}]}])["ImageId"]
    ec2.get_waiter("image_available").wait(ImageIds=[made])
    shown_image = ec2.describe_images(Owners=["self"])["Images"][0]
    assert shown_image["ImageId"] == made and shown_image["Tags"] == [{"Key": "a", "Value": "1"}]
    snapshots = ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"]
    assert [m["Ebs"]["SnapshotId"] for m in shown_image["BlockDeviceMappings"]] == [s["SnapshotId"] for s in snapshots]
    assert snapshots[0]["Tags"] == [{"Key": "b", "Value": "2"}] and snapshots[0]["VolumeSize"] == shown_image["BlockDeviceMappings"][0]["Ebs"]["VolumeSize"]
    assert refused(ec2.create_image, InstanceId=id_, Name="mine") == "InvalidAMIName.Duplicate"
    assert refused(ec2.delete_snapshot, SnapshotId=snapshots[0]["SnapshotId"]) == "InvalidSnapshot.InUse"
    again = ec2.run_instances(ImageId=made, InstanceType="t3.micro", MinCount=1, MaxCount=1)["Instances"][0]
    assert again["ImageId"] == made
    ec2.deregister_image(ImageId=made, DeleteAssociatedSnapshots=True)
    assert ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"] == []


def test_a_volume_is_detached_from_where_it_is(ec2: Any) -> None:
    instance = launch(ec2)["InstanceId"]
    root = shown(ec2, instance)["BlockDeviceMappings"][0]["Ebs"]["VolumeId"]
    assert refused(ec2.detach_volume, VolumeId=root, InstanceId=instance, Device="/dev/sdq") == "InvalidAttachment.NotFound"
    assert refused(ec2.create_volume, AvailabilityZone="us-east-1a", Size=1, VolumeType="gp3", MultiAttachEnabled=True) == "InvalidParameterDependency"


def test_an_image_s_tags_are_for_images_and_snapshots(ec2: Any) -> None:
    instance = launch(ec2)["InstanceId"]
    wrong = [{"ResourceType": "vpc", "Tags": [{"Key": "k", "Value": "v"}]}]
    assert refused(ec2.create_image, InstanceId=instance, Name="image", TagSpecifications=wrong) == "InvalidParameterValue"


def test_an_address_is_reassociated_unless_that_is_forbidden(ec2: Any) -> None:
    first, second = launch(ec2)["InstanceId"], launch(ec2)["InstanceId"]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    ec2.associate_address(InstanceId=first, AllocationId=address, AllowReassociation=False)
    assert refused(ec2.associate_address, InstanceId=second, AllocationId=address, AllowReassociation=False) == "Resource.AlreadyAssociated"
    ec2.associate_address(InstanceId=second, AllocationId=address, AllowReassociation=True)
    assert ec2.describe_addresses(AllocationIds=[address])["Addresses"][0]["InstanceId"] == second


def test_an_interface_that_is_to_stay_stays_when_its_instance_is_terminated(ec2: Any) -> None:
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    kept = launch(ec2, NetworkInterfaces=[{"DeviceIndex": 0, "SubnetId": subnet, "DeleteOnTermination": False}])
    interface = kept["NetworkInterfaces"][0]["NetworkInterfaceId"]
    ec2.terminate_instances(InstanceIds=[kept["InstanceId"]])
    ec2.get_waiter("instance_terminated").wait(InstanceIds=[kept["InstanceId"]])
    assert ec2.describe_network_interfaces(NetworkInterfaceIds=[interface])["NetworkInterfaces"][0]["Status"] == "available"
    ec2.delete_network_interface(NetworkInterfaceId=interface)
