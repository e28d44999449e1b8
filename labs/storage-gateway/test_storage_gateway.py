"""Storage Gateway as its additions promise it: from the public image by way of the activation key to shares, volumes and tapes."""
from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from typing import Any

import pytest
from conftest import Sandbox, message, refused

GIB = 1024 ** 3
INVALID = "InvalidGatewayRequestException"
TRUST = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "storagegateway.amazonaws.com"}, "Action": "sts:AssumeRole"}]})
ROLE = "arn:aws:iam::123456789012:role/gateway"


def launch(aws: Any, kind: str = "FILE_S3", disks: int = 2, port: int = 80) -> dict[str, Any]:
    """A running appliance with that many disks of 150 GiB."""
    ec2 = aws("ec2")
    image = aws("ssm").get_parameter(Name=f"/aws/service/storagegateway/ami/{kind}/latest")["Parameter"]["Value"]
    subnet = ec2.describe_subnets()["Subnets"][0]
    group = ec2.create_security_group(GroupName=f"host-{kind}-{time.monotonic()}", Description="d", VpcId=subnet["VpcId"])["GroupId"]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": "192.0.2.1/32"}]}])
    mappings = [{"DeviceName": f"/dev/sd{letter}", "Ebs": {"VolumeSize": 150, "VolumeType": "gp3"}} for letter in "cdef"[:disks]]
    made = ec2.run_instances(ImageId=image, InstanceType="m5.xlarge", MinCount=1, MaxCount=1, BlockDeviceMappings=mappings, NetworkInterfaces=[
        {"DeviceIndex": 0, "AssociatePublicIpAddress": True, "SubnetId": subnet["SubnetId"], "Groups": [group]}])["Instances"][0]["InstanceId"]
    return dict(ec2.describe_instances(InstanceIds=[made])["Reservations"][0]["Instances"][0])


def key_of(sandbox: Sandbox, address: str, region: str = "us-east-1") -> str:
    url = f"{sandbox.endpoint}/_worklab/hosts/{address}/?activationRegion={region}&no_redirect"
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def activate(aws: Any, sandbox: Sandbox, kind: str = "FILE_S3", name: str = "gateway", disks: int = 2) -> str:
    """A gateway that is connected."""
    instance = launch(aws, kind, disks)
    arn = aws("storagegateway").activate_gateway(
        ActivationKey=key_of(sandbox, instance["PublicIpAddress"]), GatewayName=name, GatewayTimezone="GMT", GatewayRegion="us-east-1", GatewayType=kind,
        Tags=[{"Key": "run", "Value": "r"}])["GatewayARN"]
    sandbox.turn(2)
    return str(arn)


def with_disks(aws: Any, arn: str, buffer: bool = False) -> None:
    sgw = aws("storagegateway")
    ids = [d["DiskId"] for d in sgw.list_local_disks(GatewayARN=arn)["Disks"]]
    sgw.add_cache(GatewayARN=arn, DiskIds=ids[:1])
    if buffer:
        sgw.add_upload_buffer(GatewayARN=arn, DiskIds=ids[1:2])


def backing(aws: Any) -> None:
    aws("s3").create_bucket(Bucket="files")
    aws("iam").create_role(RoleName="gateway", AssumeRolePolicyDocument=TRUST)


def share(aws: Any, arn: str, **more: Any) -> Any:
    return aws("storagegateway").create_nfs_file_share(**{"ClientToken": "token-1", "GatewayARN": arn, "Role": ROLE, "LocationARN": "arn:aws:s3:::files", **more})


def test_only_a_running_appliance_with_an_open_port_gives_a_key(aws: Any, sandbox: Sandbox) -> None:
    closed, opened = launch(aws, port=443), launch(aws)
    with pytest.raises(urllib.error.HTTPError):
        key_of(sandbox, closed["PublicIpAddress"])
    assert len(key_of(sandbox, opened["PublicIpAddress"])) == 29
    aws("ec2").stop_instances(InstanceIds=[opened["InstanceId"]])
    with pytest.raises(urllib.error.HTTPError):
        key_of(sandbox, opened["PublicIpAddress"])


def test_a_key_makes_one_gateway_of_its_type_in_its_region_for_half_an_hour(aws: Any, sandbox: Sandbox) -> None:
    sgw, instance = aws("storagegateway"), launch(aws)
    key = key_of(sandbox, instance["PublicIpAddress"])
    asked = {"GatewayName": "gateway", "GatewayTimezone": "GMT", "GatewayRegion": "us-east-1"}
    assert "not found" in message(sgw.activate_gateway, ActivationKey="AAAAA", GatewayType="FILE_S3", **asked)
    assert "gateway type VTL" in message(sgw.activate_gateway, ActivationKey=key, GatewayType="VTL", **asked)
    assert "region" in message(sgw.activate_gateway, ActivationKey=key, GatewayType="FILE_S3", **{**asked, "GatewayRegion": "eu-west-1"})
    sandbox.turn(1801)
    assert "expired" in message(sgw.activate_gateway, ActivationKey=key, GatewayType="FILE_S3", **asked)
    key = key_of(sandbox, instance["PublicIpAddress"])
    arn = sgw.activate_gateway(ActivationKey=key, GatewayType="FILE_S3", **asked)["GatewayARN"]
    assert "no longer" in message(sgw.activate_gateway, ActivationKey=key, GatewayType="FILE_S3", **asked)
    assert refused(sgw.list_local_disks, GatewayARN=arn) == INVALID  # not connected yet
    sandbox.turn(2)
    about = sgw.describe_gateway_information(GatewayARN=arn)
    assert (about["GatewayState"], about["Ec2InstanceId"]) == ("RUNNING", instance["InstanceId"])
    aws("ec2").terminate_instances(InstanceIds=[instance["InstanceId"]])
    assert sgw.describe_gateway_information(GatewayARN=arn)["GatewayState"] == "OFFLINE"
    assert refused(sgw.describe_cache, GatewayARN=arn) == INVALID
    sgw.delete_gateway(GatewayARN=arn)  # the registration outlives its host
    assert sgw.list_gateways()["Gateways"] == []


def test_a_disk_is_taken_once(aws: Any, sandbox: Sandbox) -> None:
    sgw, arn = aws("storagegateway"), activate(aws, sandbox, "CACHED")
    disks = sgw.list_local_disks(GatewayARN=arn)["Disks"]
    assert [(d["DiskNode"], d["DiskSizeInBytes"], d["DiskAllocationType"]) for d in disks] == [
        ("/dev/sdc", 150 * GIB, "AVAILABLE"), ("/dev/sdd", 150 * GIB, "AVAILABLE")]
    sgw.add_cache(GatewayARN=arn, DiskIds=[disks[0]["DiskId"]])
    assert "already" in message(sgw.add_upload_buffer, GatewayARN=arn, DiskIds=[disks[0]["DiskId"]])
    assert "does not exist" in message(sgw.add_upload_buffer, GatewayARN=arn, DiskIds=["/dev/nvme9n1"])
    sgw.add_upload_buffer(GatewayARN=arn, DiskIds=[disks[1]["DiskId"]])
    assert sgw.describe_cache(GatewayARN=arn)["CacheAllocatedInBytes"] == 150 * GIB
    assert sgw.describe_upload_buffer(GatewayARN=arn)["UploadBufferAllocatedInBytes"] == 150 * GIB


def test_shares_want_a_cache_a_bucket_and_a_role_that_trusts(aws: Any, sandbox: Sandbox) -> None:
    sgw, arn = aws("storagegateway"), activate(aws, sandbox)
    assert "no cache" in message(share, aws=aws, arn=arn)
    with_disks(aws, arn)
    assert "bucket" in message(share, aws=aws, arn=arn)
    backing(aws)
    aws("iam").create_role(RoleName="other", AssumeRolePolicyDocument=TRUST.replace("storagegateway", "ec2"))
    assert "cannot be assumed" in message(share, aws=aws, arn=arn, Role=ROLE.replace("gateway", "other"))
    made = share(aws, arn)["FileShareARN"]
    assert share(aws, arn)["FileShareARN"] == made  # the same token
    assert sgw.describe_nfs_file_shares(FileShareARNList=[made])["NFSFileShareInfoList"][0]["FileShareStatus"] == "CREATING"
    sandbox.turn(2)
    assert sgw.describe_nfs_file_shares(FileShareARNList=[made])["NFSFileShareInfoList"][0]["FileShareStatus"] == "AVAILABLE"
    smb = {"ClientToken": "token-2", "GatewayARN": arn, "Role": ROLE, "LocationARN": "arn:aws:s3:::files", "FileShareName": "smb"}
    assert "domain" in message(sgw.create_smb_file_share, **smb)
    assert "guest password" in message(sgw.create_smb_file_share, Authentication="GuestAccess", **smb)
    sgw.set_smb_guest_password(GatewayARN=arn, Password="a-password")
    guest = sgw.create_smb_file_share(Authentication="GuestAccess", **smb)["FileShareARN"]
    pages = list(sgw.get_paginator("list_file_shares").paginate(PaginationConfig={"PageSize": 1}))
    assert [s["FileShareType"] for p in pages for s in p["FileShareInfoList"]] == ["NFS", "SMB"]
    assert "has file shares" in message(sgw.delete_gateway, GatewayARN=arn)
    sgw.update_nfs_file_share(FileShareARN=made, Squash="NoSquash", ClientList=["10.44.0.0/16"])
    assert sgw.describe_nfs_file_shares(FileShareARNList=[made])["NFSFileShareInfoList"][0]["ClientList"] == ["10.44.0.0/16"]
    for one in (made, guest):
        sgw.delete_file_share(FileShareARN=one, ForceDelete=True)
    sgw.delete_gateway(GatewayARN=arn)


def test_cached_volumes_their_credentials_and_snapshots(aws: Any, sandbox: Sandbox) -> None:
    sgw, arn = aws("storagegateway"), activate(aws, sandbox, "CACHED")
    address = sgw.describe_gateway_information(GatewayARN=arn)["GatewayNetworkInterfaces"][0]["Ipv4Address"]
    asked = {"GatewayARN": arn, "VolumeSizeInBytes": GIB, "TargetName": "data", "NetworkInterfaceId": address, "ClientToken": "token-1"}
    assert "lacks" in message(sgw.create_cached_iscsi_volume, **asked)
    with_disks(aws, arn, buffer=True)
    assert "interface" in message(sgw.create_cached_iscsi_volume, **{**asked, "NetworkInterfaceId": "192.0.2.9"})
    made = sgw.create_cached_iscsi_volume(**asked, Tags=[{"Key": "run", "Value": "r"}])
    assert "already" in message(sgw.create_cached_iscsi_volume, **{**asked, "ClientToken": "token-2"})
    assert "not ready" in message(sgw.create_snapshot, VolumeARN=made["VolumeARN"], SnapshotDescription="s")
    sandbox.turn(2)
    volume = sgw.describe_cached_iscsi_volumes(VolumeARNs=[made["VolumeARN"]])["CachediSCSIVolumes"][0]
    assert (volume["VolumeStatus"], volume["VolumeiSCSIAttributes"]["ChapEnabled"]) == ("AVAILABLE", False)
    chap = {"TargetARN": made["TargetARN"], "InitiatorName": "iqn.1994-05.com.redhat:client"}
    assert "between 12 and 16" in message(sgw.update_chap_credentials, SecretToAuthenticateInitiator="short", **chap)
    sgw.update_chap_credentials(SecretToAuthenticateInitiator="twelve-bytes!", **chap)
    assert sgw.describe_chap_credentials(TargetARN=made["TargetARN"])["ChapCredentials"][0]["InitiatorName"] == chap["InitiatorName"]
    taken = sgw.create_snapshot(VolumeARN=made["VolumeARN"], SnapshotDescription="s", Tags=[{"Key": "run", "Value": "r"}])["SnapshotId"]
    shown = aws("ec2").describe_snapshots(SnapshotIds=[taken])["Snapshots"][0]
    assert (shown["VolumeId"], shown["VolumeSize"], shown["State"]) == (volume["VolumeId"].lower(), 1, "completed")
    assert shown["Tags"] == [{"Key": "run", "Value": "r"}]
    assert "has volumes" in message(sgw.delete_gateway, GatewayARN=arn)
    sgw.delete_volume(VolumeARN=made["VolumeARN"])
    sgw.delete_gateway(GatewayARN=arn)
    aws("ec2").delete_snapshot(SnapshotId=taken)


def test_a_stored_volume_is_a_disk(aws: Any, sandbox: Sandbox) -> None:
    sgw, arn = aws("storagegateway"), activate(aws, sandbox, "STORED")
    disks = [d["DiskId"] for d in sgw.list_local_disks(GatewayARN=arn)["Disks"]]
    assert "not supported" in message(sgw.add_cache, GatewayARN=arn, DiskIds=disks[:1])
    sgw.add_upload_buffer(GatewayARN=arn, DiskIds=disks[:1])
    address = sgw.describe_gateway_information(GatewayARN=arn)["GatewayNetworkInterfaces"][0]["Ipv4Address"]
    asked = {"GatewayARN": arn, "PreserveExistingData": False, "TargetName": "data", "NetworkInterfaceId": address}
    assert "already allocated" in message(sgw.create_stored_iscsi_volume, DiskId=disks[0], **asked)
    made = sgw.create_stored_iscsi_volume(DiskId=disks[1], **asked)
    assert made["VolumeSizeInBytes"] == 150 * GIB
    volume = sgw.describe_stored_iscsi_volumes(VolumeARNs=[made["VolumeARN"]])["StorediSCSIVolumes"][0]
    assert (volume["VolumeDiskId"], volume["VolumeType"]) == (disks[1], "STORED iSCSI")
    assert refused(sgw.describe_cached_iscsi_volumes, VolumeARNs=[made["VolumeARN"]]) == INVALID
    sgw.delete_volume(VolumeARN=made["VolumeARN"])
    assert [d["DiskAllocationType"] for d in sgw.list_local_disks(GatewayARN=arn)["Disks"]] == ["UPLOAD BUFFER", "AVAILABLE"]


def test_tapes_their_pool_and_the_library(aws: Any, sandbox: Sandbox) -> None:
    sgw, arn = aws("storagegateway"), activate(aws, sandbox, "VTL")
    with_disks(aws, arn, buffer=True)
    pool = sgw.create_tape_pool(PoolName="archive", StorageClass="GLACIER")["PoolARN"]
    assert "already" in message(sgw.create_tape_pool, PoolName="archive", StorageClass="GLACIER")
    asked = {"GatewayARN": arn, "TapeSizeInBytes": 100 * GIB, "ClientToken": "token-1", "NumTapesToCreate": 2, "TapeBarcodePrefix": "LAB"}
    assert "size" in message(sgw.create_tapes, **{**asked, "TapeSizeInBytes": GIB})
    assert "pool" in message(sgw.create_tapes, **asked, PoolId="pool-NONE")
    made = sgw.create_tapes(**asked, PoolId=pool.split("/")[-1])["TapeARNs"]
    assert sgw.create_tapes(**asked, PoolId=pool.split("/")[-1])["TapeARNs"] == made
    sandbox.turn(2)
    pages = list(sgw.get_paginator("list_tapes").paginate(PaginationConfig={"PageSize": 1}))
    assert [t["TapeStatus"] for p in pages for t in p["TapeInfos"]] == ["AVAILABLE", "AVAILABLE"]
    assert [d["VTLDeviceType"] for d in sgw.describe_vtl_devices(GatewayARN=arn)["VTLDevices"]].count("Tape Drive") == 10
    assert "has tapes" in message(sgw.delete_gateway, GatewayARN=arn)
    assert "has tapes" in message(sgw.delete_tape_pool, PoolARN=pool)
    for tape in made:
        sgw.delete_tape(GatewayARN=arn, TapeARN=tape)
    sgw.delete_tape_pool(PoolARN=pool)
    sgw.delete_gateway(GatewayARN=arn)


def test_bandwidth_by_type(aws: Any, sandbox: Sandbox) -> None:
    sgw = aws("storagegateway")
    file, tape = activate(aws, sandbox, "FILE_S3", "file"), activate(aws, sandbox, "VTL", "tape")
    night = {"StartHourOfDay": 20, "StartMinuteOfHour": 0, "EndHourOfDay": 23, "EndMinuteOfHour": 59, "DaysOfWeek": [1, 2], "AverageUploadRateLimitInBitsPerSec": 10 ** 7}
    assert "not supported" in message(sgw.update_bandwidth_rate_limit, GatewayARN=file, AverageUploadRateLimitInBitsPerSec=51200)
    assert "download" in message(sgw.update_bandwidth_rate_limit_schedule, GatewayARN=file, BandwidthRateLimitIntervals=[
        {**night, "AverageDownloadRateLimitInBitsPerSec": 10 ** 7}])
    assert "overlap" in message(sgw.update_bandwidth_rate_limit_schedule, GatewayARN=file, BandwidthRateLimitIntervals=[night, night])
    assert "after its start" in message(sgw.update_bandwidth_rate_limit_schedule, GatewayARN=file, BandwidthRateLimitIntervals=[{**night, "EndHourOfDay": 19}])
    sgw.update_bandwidth_rate_limit_schedule(GatewayARN=file, BandwidthRateLimitIntervals=[night])
    assert sgw.describe_bandwidth_rate_limit_schedule(GatewayARN=file)["BandwidthRateLimitIntervals"] == [night]
    sgw.update_bandwidth_rate_limit(GatewayARN=tape, AverageUploadRateLimitInBitsPerSec=51200, AverageDownloadRateLimitInBitsPerSec=102400)
    sgw.delete_bandwidth_rate_limit(GatewayARN=tape, BandwidthType="DOWNLOAD")
    assert "AverageDownloadRateLimitInBitsPerSec" not in sgw.describe_bandwidth_rate_limit(GatewayARN=tape)


def test_tags_are_one_for_the_service_and_the_tagging_api(aws: Any, sandbox: Sandbox) -> None:
    sgw, arn = aws("storagegateway"), activate(aws, sandbox)
    sgw.add_tags_to_resource(ResourceARN=arn, Tags=[{"Key": "more", "Value": "m"}])
    sgw.remove_tags_from_resource(ResourceARN=arn, TagKeys=["run"])
    assert sgw.list_tags_for_resource(ResourceARN=arn)["Tags"] == [{"Key": "more", "Value": "m"}]
    found = aws("resourcegroupstaggingapi").get_resources(TagFilters=[{"Key": "more"}])["ResourceTagMappingList"]
    assert [r["ResourceARN"] for r in found] == [arn]


def test_a_pool_of_a_template(aws: Any) -> None:
    sgw, cloudformation = aws("storagegateway"), aws("cloudformation")
    pool = {"Type": "AWS::StorageGateway::TapePool", "Properties": {"PoolName": "p", "StorageClass": "GLACIER"}}
    cloudformation.create_stack(StackName="s", TemplateBody=json.dumps({"Resources": {"P": pool}}), Tags=[{"Key": "run", "Value": "r"}])
    arn = cloudformation.describe_stack_resource(StackName="s", LogicalResourceId="P")["StackResourceDetail"]["PhysicalResourceId"]
    assert {"Key": "run", "Value": "r"} in sgw.list_tags_for_resource(ResourceARN=arn)["Tags"]
    sgw.delete_tape_pool(PoolARN=arn)
    cloudformation.delete_stack(StackName="s")
    assert cloudformation.describe_stacks()["Stacks"] == []
