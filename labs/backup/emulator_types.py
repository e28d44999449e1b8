"""AWS Backup's CloudFormation types as its own operations, and the policy of an SNS topic."""
from __future__ import annotations

import json
from typing import Any

from emulator.cfn.declared import cfn_type
from emulator.cfn.types import Found, Work
from emulator.errors import Refused

BACKUP = "backup"


def text(document: Any) -> str:
    return document if isinstance(document, str) else json.dumps(document)


def retag(arn: str) -> Any:
    def change(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
        if gone:
            work.call(BACKUP, "UntagResource", ResourceArn=found[arn], TagKeyList=gone)
        if put:
            work.call(BACKUP, "TagResource", ResourceArn=found[arn], Tags=put)
    return change


# ---------------------------------------------------------------- vaults


def said(put: str, delete: str, parameters: Any) -> Any:
    """A property of a vault that operations of its own set and take away."""
    def set_to(work: Work, value: Any, found: Found) -> None:
        name = found["BackupVaultName"]
        if value is None:
            work.call(BACKUP, delete, BackupVaultName=name)
        else:
            work.call(BACKUP, put, BackupVaultName=name, **parameters(value))
    return set_to


def vault_now(work: Work, found: Found) -> dict[str, Any] | None:
    name = found["BackupVaultName"]
    if not work.context.exists(BACKUP, "DescribeBackupVault", BackupVaultName=name):
        return None
    now = work.call(BACKUP, "DescribeBackupVault", BackupVaultName=name)
    lock = {k: now[k] for k in ("MinRetentionDays", "MaxRetentionDays") if now.get("Locked") and k in now}
    return {"BackupVaultName": name, "LockConfiguration": lock or None, **policy_now(work, name)}


def policy_now(work: Work, name: str) -> dict[str, Any]:
    try:
        return {"AccessPolicy": json.loads(work.call(BACKUP, "GetBackupVaultAccessPolicy", BackupVaultName=name)["Policy"])}
    except Refused:
        return {"AccessPolicy": None}


cfn_type(
    "AWS::Backup::BackupVault", BACKUP, "CreateBackupVault", "DeleteBackupVault", "BackupVaultName", name="BackupVaultName", length=50,
    tags="BackupVaultTags", retag=retag("BackupVaultArn"), attrs={"BackupVaultArn": "BackupVaultArn", "BackupVaultName": "BackupVaultName"},
    then={
        "AccessPolicy": said("PutBackupVaultAccessPolicy", "DeleteBackupVaultAccessPolicy", lambda v: {"Policy": text(v)}),
        "LockConfiguration": said("PutBackupVaultLockConfiguration", "DeleteBackupVaultLockConfiguration",
                                  lambda v: {k: int(days) for k, days in v.items()}),
        "Notifications": said("PutBackupVaultNotifications", "DeleteBackupVaultNotifications", dict),
    },
    replace=("BackupVaultName", "EncryptionKeyArn"), reader=vault_now,
)

# ---------------------------------------------------------------- plans and selections


def plan_of(props: dict[str, Any]) -> dict[str, Any]:
    """CloudFormation calls a plan's rules and a rule's vault by other names than the API."""
    plan = dict(props["BackupPlan"])
    rules = plan.pop("BackupPlanRule", [])
    plan["Rules"] = [{("TargetBackupVaultName" if k == "TargetBackupVault" else k): v for k, v in rule.items()} for rule in rules]
    return {**props, "BackupPlan": plan}


cfn_type(
    "AWS::Backup::BackupPlan", BACKUP, "CreateBackupPlan", "DeleteBackupPlan", "BackupPlanId", tags="BackupPlanTags", retag=retag("BackupPlanArn"),
    reshape=plan_of, update="UpdateBackupPlan", updatable=("BackupPlan",),
    attrs={"BackupPlanId": "BackupPlanId", "BackupPlanArn": "BackupPlanArn", "VersionId": "VersionId"},
)

cfn_type(
    "AWS::Backup::BackupSelection", BACKUP, "CreateBackupSelection", "DeleteBackupSelection", lambda f: f"{f['SelectionId']}_{f['BackupPlanId']}",
    tags="", attrs={"BackupPlanId": "BackupPlanId", "SelectionId": "SelectionId", "Id": lambda f: f"{f['SelectionId']}_{f['BackupPlanId']}"},
    replace=("BackupPlanId", "BackupSelection"),
)

# ---------------------------------------------------------------- report plans

cfn_type(
    "AWS::Backup::ReportPlan", BACKUP, "CreateReportPlan", "DeleteReportPlan", "ReportPlanArn", name="ReportPlanName", tags="ReportPlanTags",
    retag=retag("ReportPlanArn"), attrs={"ReportPlanArn": "ReportPlanArn"}, update="UpdateReportPlan",
    updatable=("ReportPlanDescription", "ReportDeliveryChannel", "ReportSetting"), replace=("ReportPlanName",),
)

# ---------------------------------------------------------------- who may publish to a topic


def put_topic_policy(work: Work, found: Found, changed: set[str]) -> None:
    for topic in work.properties["Topics"]:
        work.call("sns", "SetTopicAttributes", TopicArn=topic, AttributeName="Policy", AttributeValue=text(work.properties["PolicyDocument"]))


def first_topic(props: dict[str, Any]) -> dict[str, Any]:
    return {"TopicArn": props["Topics"][0], "AttributeName": "Policy", "AttributeValue": text(props["PolicyDocument"])}


cfn_type(
    "AWS::SNS::TopicPolicy", "sns", "SetTopicAttributes", lambda work, found: None, lambda f: f"{f['TopicArn']}-policy", tags="", reshape=first_topic,
    settle=lambda work, found: put_topic_policy(work, found, set()), update=put_topic_policy, updatable=("Topics", "PolicyDocument"),
)
