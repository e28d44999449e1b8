"""What the documented examples of Storage Gateway's operations need first, and an error that each answers."""
from __future__ import annotations

import json
import urllib.request
from typing import Any

INVALID = "InvalidGatewayRequestException"
GATEWAY = "arn:aws:storagegateway:us-east-1:123456789012:gateway/sgw-00000000"
TRUST = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "storagegateway.amazonaws.com"}, "Action": "sts:AssumeRole"}]})


def asked(aws: Any, path: str, method: str = "GET") -> str:
    url = f"{aws('storagegateway').meta.endpoint_url}{path}"
    with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=10) as answer:
        return str(answer.read().decode())


def gateway(aws: Any, kind: str) -> str:
    """An active gateway of that type, a moment after its activation."""
    ec2 = aws("ec2")
    image = aws("ssm").get_parameter(Name=f"/aws/service/storagegateway/ami/{kind}/latest")["Parameter"]["Value"]
    group = ec2.describe_security_groups(GroupNames=["default"])["SecurityGroups"][0]["GroupId"]
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    made = ec2.run_instances(
        ImageId=image, InstanceType="m5.xlarge", MinCount=1, MaxCount=1, BlockDeviceMappings=[{"DeviceName": "/dev/sdc", "Ebs": {"VolumeSize": 150}}],
        NetworkInterfaces=[{"DeviceIndex": 0, "AssociatePublicIpAddress": True, "SubnetId": subnet, "Groups": [group]}])["Instances"][0]["InstanceId"]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "192.0.2.1/32"}]}])
    address = ec2.describe_instances(InstanceIds=[made])["Reservations"][0]["Instances"][0]["PublicIpAddress"]
    key = asked(aws, f"/_worklab/hosts/{address}/?activationRegion=us-east-1&no_redirect")
    arn = aws("storagegateway").activate_gateway(ActivationKey=key, GatewayName="gateway", GatewayTimezone="GMT", GatewayRegion="us-east-1", GatewayType=kind)
    asked(aws, "/_worklab/clock?advance=2", "POST")
    return str(arn["GatewayARN"])


def active(kind: str) -> Any:
    return lambda aws: {r"arn:aws:storagegateway:[\w-]+:\d+:gateway/sgw-\w+": gateway(aws, kind)}


def shared(aws: Any) -> dict[str, str]:
    sgw, arn = aws("storagegateway"), gateway(aws, "FILE_S3")
    sgw.add_cache(GatewayARN=arn, DiskIds=[d["DiskId"] for d in sgw.list_local_disks(GatewayARN=arn)["Disks"]])
    aws("s3").create_bucket(Bucket="files")
    role = aws("iam").create_role(RoleName="gateway", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    share = sgw.create_nfs_file_share(ClientToken="token-1", GatewayARN=arn, Role=role, LocationARN="arn:aws:s3:::files")["FileShareARN"]
    return {r"arn:aws:storagegateway:[\w-]+:\d+:gateway/sgw-\w+": arn, r"arn:aws:storagegateway:[\w-]+:\d+:share/share-\w+": share}


SETUPS: dict[tuple[str, str], list[Any]] = {
    ("storagegateway", "DescribeGatewayInformation"): [active("CACHED")], ("storagegateway", "ListGateways"): [active("CACHED")],
    ("storagegateway", "ListVolumes"): [active("CACHED")], ("storagegateway", "ListFileShares"): [shared], ("storagegateway", "RefreshCache"): [shared],
}

SHARE = "arn:aws:storagegateway:us-east-1:123456789012:share/share-00000000"
VOLUME, TARGET = f"{GATEWAY}/volume/vol-00000000000000000", f"{GATEWAY}/target/iqn.1997-05.com.amazon:data"
TAPE, POOL = "arn:aws:storagegateway:us-east-1:123456789012:tape/LAB00000000", "arn:aws:storagegateway:us-east-1:123456789012:tapepool/pool-00000000"
ASSOCIATION = "arn:aws:storagegateway:us-east-1:123456789012:fs-association/fsa-00000000000000000"
ROLE = {"Role": "arn:aws:iam::123456789012:role/gateway", "LocationARN": "arn:aws:s3:::files", "ClientToken": "token-1"}
HOUR = {"StartHourOfDay": 1, "StartMinuteOfHour": 0, "EndHourOfDay": 2, "EndMinuteOfHour": 0, "DaysOfWeek": [0], "AverageUploadRateLimitInBitsPerSec": 51200}

# What each asks for besides a gateway that is not there.
OF_A_GATEWAY: dict[str, dict[str, Any]] = {
    "AddCache": {"DiskIds": ["/dev/nvme1n1"]}, "AddUploadBuffer": {"DiskIds": ["/dev/nvme1n1"]},
    "CreateCachediSCSIVolume": {"VolumeSizeInBytes": 1024 ** 3, "TargetName": "data", "NetworkInterfaceId": "10.0.0.1", "ClientToken": "token-1"},
    "CreateNFSFileShare": ROLE, "CreateSMBFileShare": ROLE,
    "CreateStorediSCSIVolume": {"DiskId": "/dev/nvme1n1", "PreserveExistingData": False, "TargetName": "data", "NetworkInterfaceId": "10.0.0.1"},
    "CreateTapes": {"TapeSizeInBytes": 100 * 1024 ** 3, "ClientToken": "token-1", "NumTapesToCreate": 1, "TapeBarcodePrefix": "LAB"},
    "DeleteBandwidthRateLimit": {"BandwidthType": "ALL"}, "DeleteGateway": {}, "DeleteTape": {"TapeARN": TAPE}, "DescribeBandwidthRateLimit": {},
    "DescribeBandwidthRateLimitSchedule": {}, "DescribeCache": {}, "DescribeGatewayInformation": {}, "DescribeSMBSettings": {}, "DescribeTapes": {},
    "DescribeUploadBuffer": {}, "DescribeVTLDevices": {}, "ListFileShares": {}, "ListFileSystemAssociations": {}, "ListLocalDisks": {}, "ListVolumes": {},
    "SetSMBGuestPassword": {"Password": "a-password"}, "UpdateBandwidthRateLimit": {"AverageUploadRateLimitInBitsPerSec": 51200},
    "UpdateBandwidthRateLimitSchedule": {"BandwidthRateLimitIntervals": [HOUR]}, "UpdateGatewayInformation": {"GatewayName": "renamed"},
}
OTHERS: dict[str, dict[str, Any]] = {
    "ActivateGateway": {"ActivationKey": "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE", "GatewayName": "gateway", "GatewayTimezone": "GMT", "GatewayRegion": "us-east-1"},
    "AddTagsToResource": {"ResourceARN": GATEWAY, "Tags": [{"Key": "k", "Value": "v"}]}, "CreateSnapshot": {"VolumeARN": VOLUME, "SnapshotDescription": "s"},
    "CreateTapePool": {"PoolName": "taken", "StorageClass": "GLACIER"}, "DeleteChapCredentials": {"TargetARN": TARGET, "InitiatorName": "iqn.1994-05.com:i"},
    "DeleteFileShare": {"FileShareARN": SHARE}, "DeleteTapeArchive": {"TapeARN": TAPE}, "DeleteTapePool": {"PoolARN": POOL}, "DeleteVolume": {"VolumeARN": VOLUME},
    "DescribeCachediSCSIVolumes": {"VolumeARNs": [VOLUME]}, "DescribeChapCredentials": {"TargetARN": TARGET},
    "DescribeNFSFileShares": {"FileShareARNList": [SHARE]}, "DescribeSMBFileShares": {"FileShareARNList": [SHARE]},
    "DescribeStorediSCSIVolumes": {"VolumeARNs": [VOLUME]}, "DescribeTapeArchives": {"TapeARNs": [TAPE]},
    "DisassociateFileSystem": {"FileSystemAssociationARN": ASSOCIATION}, "ListTagsForResource": {"ResourceARN": GATEWAY}, "ListTapePools": {"PoolARNs": [POOL]},
    "ListTapes": {"TapeARNs": [TAPE]}, "RefreshCache": {"FileShareARN": SHARE}, "RemoveTagsFromResource": {"ResourceARN": GATEWAY, "TagKeys": ["k"]},
    "UpdateChapCredentials": {"TargetARN": TARGET, "InitiatorName": "iqn.1994-05.com:i", "SecretToAuthenticateInitiator": "twelve-bytes!"},
    "UpdateNFSFileShare": {"FileShareARN": SHARE, "Squash": "NoSquash"}, "UpdateSMBFileShare": {"FileShareARN": SHARE, "ReadOnly": True},
}
ERRORS = [
    *(("storagegateway", operation, {"GatewayARN": GATEWAY, **more}, INVALID) for operation, more in OF_A_GATEWAY.items()),
    *(("storagegateway", operation, params, INVALID) for operation, params in OTHERS.items()),
    ("storagegateway", "ListGateways", {"Marker": "nonsense"}, "ValidationException"),
]
NOT_REPLAYED = {(service, operation): "awscli has no example of it" for service, operation, _, _ in ERRORS if (service, operation) not in SETUPS}


def before_errors(aws: Any) -> None:
    aws("storagegateway").create_tape_pool(PoolName="taken", StorageClass="GLACIER")
