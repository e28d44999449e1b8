"""KMS's CloudFormation types as KMS's own operations: any kind of key, with its policy, its rotation and the stack's tags; what a key is for."""
from __future__ import annotations

import json
from typing import Any

from ..cfn.declared import cfn_type
from ..cfn.reading import first
from ..cfn.types import Found, Work
from ..context import Context
from ..moto_internals import in_use
from ..services import service

KMS = "kms"
DEFAULT_WAIT = 30  # days, CloudFormation's


@service(KMS).after_moto("CreateKey", when=lambda c: not c.params.get("KeyUsage"))
def encrypts_if_not_said(c: Context, answer: dict[str, Any]) -> None:
    """moto's key would be for nothing."""
    made = in_use("kms", c.account, c.region).keys[answer["KeyMetadata"]["KeyId"]]
    answer["KeyMetadata"]["KeyUsage"] = made.key_usage = "ENCRYPT_DECRYPT"


def yes(value: Any) -> bool:
    return str(value).lower() == "true"


def key_parameters(props: dict[str, Any]) -> dict[str, Any]:
    """Properties -> parameters of CreateKey, whose tags are spelled otherwise."""
    out = {k: v for k, v in props.items() if k != "KeyPolicy"}
    if "KeyPolicy" in props:
        out["Policy"] = props["KeyPolicy"] if isinstance(props["KeyPolicy"], str) else json.dumps(props["KeyPolicy"])
    return out


def tags(work: Work) -> dict[str, str]:
    return {**work.tags, **{t["Key"]: str(t["Value"]) for t in work.properties.get("Tags") or []}}


def key_made(work: Work, found: Found) -> dict[str, Any]:
    """What CreateKey answers is in KeyMetadata. The tags of the stack are the key's from the beginning."""
    id_ = found["KeyMetadata"]["KeyId"]
    if tags(work):
        work.call(KMS, "TagResource", KeyId=id_, Tags=[{"TagKey": k, "TagValue": v} for k, v in tags(work).items()])
    return {"KeyId": id_, "Arn": found["KeyMetadata"]["Arn"]}


def rotate(work: Work, value: Any, found: Found) -> None:
    if value is not None:
        work.call(KMS, "EnableKeyRotation" if yes(value) else "DisableKeyRotation", KeyId=found["KeyId"])


def enable(work: Work, value: Any, found: Found) -> None:
    if value is not None:
        work.call(KMS, "EnableKey" if yes(value) else "DisableKey", KeyId=found["KeyId"])


def change_key(work: Work, found: Found, changed: set[str]) -> None:
    if "KeyPolicy" in changed:
        policy = work.properties.get("KeyPolicy")
        work.call(KMS, "PutKeyPolicy", KeyId=found["KeyId"], PolicyName="default", Policy=policy if isinstance(policy, str) else json.dumps(policy))
    if "Description" in changed:
        work.call(KMS, "UpdateKeyDescription", KeyId=found["KeyId"], Description=work.properties.get("Description", ""))


def retag(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
    if gone:
        work.call(KMS, "UntagResource", KeyId=found["KeyId"], TagKeys=gone)
    if put:
        work.call(KMS, "TagResource", KeyId=found["KeyId"], Tags=[{"TagKey": k, "TagValue": v} for k, v in put.items()])


def schedule(work: Work, found: Found) -> None:
    """A key is never deleted at once."""
    about = work.call(KMS, "DescribeKey", KeyId=found["KeyId"])["KeyMetadata"]
    if about["KeyState"] != "PendingDeletion":
        work.call(KMS, "ScheduleKeyDeletion", KeyId=found["KeyId"], PendingWindowInDays=int(work.properties.get("PendingWindowInDays", DEFAULT_WAIT)))


cfn_type("AWS::KMS::Key", KMS, "CreateKey", schedule, "KeyId", tags="", reshape=key_parameters, settle=key_made, attrs={"Arn": "Arn", "KeyId": "KeyId"},
         then={"EnableKeyRotation": rotate, "Enabled": enable}, update=change_key, updatable=("KeyPolicy", "Description"), retag=retag,
         replace=("KeySpec", "KeyUsage", "MultiRegion", "Origin"), ignored=("PendingWindowInDays", "RotationPeriodInDays", "Tags"))


def retarget(work: Work, found: Found, changed: set[str]) -> None:
    work.call(KMS, "UpdateAlias", AliasName=found["AliasName"], TargetKeyId=work.properties["TargetKeyId"])


def alias_now(work: Work, found: Found) -> dict[str, Any] | None:
    alias = first(work, KMS, "ListAliases", "Aliases", KeyId=found["TargetKeyId"])
    return alias if alias and alias["AliasName"] == found["AliasName"] else None


cfn_type("AWS::KMS::Alias", KMS, "CreateAlias", "DeleteAlias", "AliasName", tags="", update=retarget, updatable=("TargetKeyId",), replace=("AliasName",),
         reader=alias_now)
