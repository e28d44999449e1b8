"""EFS's file systems and mount targets out of templates, as EFS's own operations: moto's classes lack attributes."""
from __future__ import annotations

import json
from typing import Any

from emulator.cfn.declared import cfn_type
from emulator.cfn.types import Found, Work
from emulator.context import make_uuid

EFS = "efs"


def created(props: dict[str, Any]) -> dict[str, Any]:
    backed_up = (props.get("BackupPolicy") or {}).get("Status") == "ENABLED"
    return {**{k: v for k, v in props.items() if k != "BackupPolicy"}, "CreationToken": make_uuid(), **({"Backup": True} if backed_up else {})}


def lifecycle(work: Work, value: Any, found: Found) -> None:
    work.call(EFS, "PutLifecycleConfiguration", FileSystemId=found["FileSystemId"], LifecyclePolicies=value or [])


def policy(work: Work, value: Any, found: Found) -> None:
    if value is None:
        work.call(EFS, "DeleteFileSystemPolicy", FileSystemId=found["FileSystemId"])
    else:
        work.call(EFS, "PutFileSystemPolicy", FileSystemId=found["FileSystemId"], Policy=value if isinstance(value, str) else json.dumps(value))


def retag(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
    if gone:
        work.call(EFS, "UntagResource", ResourceId=found["FileSystemId"], TagKeys=gone)
    if put:
        work.call(EFS, "TagResource", ResourceId=found["FileSystemId"], Tags=[{"Key": k, "Value": v} for k, v in put.items()])


cfn_type("AWS::EFS::FileSystem", EFS, "CreateFileSystem", "DeleteFileSystem", "FileSystemId", tags="FileSystemTags", rename={"FileSystemTags": "Tags"},
         attrs={"Arn": "FileSystemArn", "FileSystemId": "FileSystemId"}, reshape=created, then={"LifecyclePolicies": lifecycle, "FileSystemPolicy": policy}, retag=retag,
         replace=("AvailabilityZoneName", "Encrypted", "KmsKeyId", "PerformanceMode"))

cfn_type("AWS::EFS::MountTarget", EFS, "CreateMountTarget", "DeleteMountTarget", "MountTargetId", tags="",
         attrs={"Id": "MountTargetId", "IpAddress": "IpAddress"}, replace=("FileSystemId", "IpAddress", "SubnetId"),
         update=lambda work, found, changed: work.call(EFS, "ModifyMountTargetSecurityGroups", MountTargetId=found["MountTargetId"],
                                                       SecurityGroups=work.properties["SecurityGroups"]), updatable=("SecurityGroups",))
