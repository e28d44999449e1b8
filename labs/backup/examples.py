"""What the documented examples of AWS Backup need first, and an error that AWS documents for each added operation."""
from __future__ import annotations

import json
import time
from typing import Any

TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "backup.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
ROLE = "arn:aws:iam::123456789012:role/backups"
POINT = "arn:aws:ec2:us-east-1::snapshot/snap-0123456789abcdef0"
VOLUME = "arn:aws:ec2:us-east-1:123456789012:volume/vol-0123456789abcdef0"
NOWHERE = "a1b2c3d4-5678-90ab-cdef-EXAMPLE11111"
NOT_FOUND, INVALID = "ResourceNotFoundException", "InvalidParameterValueException"


def ground(aws: Any) -> str:
    """A vault and a role; the ARN of a volume."""
    aws("backup").create_backup_vault(BackupVaultName="there")
    aws("iam").create_role(RoleName="backups", AssumeRolePolicyDocument=json.dumps(TRUST))
    for name in ("ForBackup", "ForRestores"):
        aws("iam").attach_role_policy(RoleName="backups", PolicyArn=f"arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicy{name}")
    volume = aws("ec2").create_volume(AvailabilityZone="us-east-1a", Size=1, VolumeType="gp3")["VolumeId"]
    return f"arn:aws:ec2:us-east-1:123456789012:volume/{volume}"


def backed_up(aws: Any) -> None:
    volume, client = ground(aws), aws("backup")
    job = client.start_backup_job(BackupVaultName="there", ResourceArn=volume, IamRoleArn=ROLE)["BackupJobId"]
    while client.describe_backup_job(BackupJobId=job)["State"] != "COMPLETED":
        time.sleep(0.1)


SETUPS: dict[tuple[str, str], list[Any]] = {("backup", "ListBackupJobs"): [backed_up, backed_up]}

NO_EXAMPLE = """CreateBackupSelection DeleteBackupSelection DeleteBackupVaultAccessPolicy DeleteBackupVaultNotifications DeleteRecoveryPoint
DescribeBackupJob DescribeCopyJob DescribeGlobalSettings DescribeProtectedResource DescribeRecoveryPoint DescribeRegionSettings DescribeReportJob
DescribeRestoreJob DisassociateRecoveryPoint GetBackupSelection GetBackupVaultAccessPolicy GetBackupVaultNotifications
GetRecoveryPointRestoreMetadata GetSupportedResourceTypes ListBackupSelections ListCopyJobs ListProtectedResources
ListRecoveryPointsByBackupVault ListRecoveryPointsByResource ListReportJobs ListRestoreJobs PutBackupVaultAccessPolicy
PutBackupVaultNotifications StartBackupJob StartCopyJob StartReportJob StartRestoreJob StopBackupJob UpdateBackupPlan UpdateGlobalSettings
UpdateRecoveryPointLifecycle UpdateRegionSettings UpdateReportPlan"""
NOT_REPLAYED = {("backup", operation): "awscli has no example of it" for operation in NO_EXAMPLE.split()}

FAULTS_ALONE = (("backup", "DescribeRegionSettings"), ("backup", "GetSupportedResourceTypes"))

RULES = [{"RuleName": "r", "TargetBackupVaultName": "there"}]
SELECTION = {"SelectionName": "s", "IamRoleArn": ROLE, "Resources": ["*"]}
IN_VAULT = {"BackupVaultName": "there", "RecoveryPointArn": POINT}
OF_PLAN = {"BackupPlanId": NOWHERE, "SelectionId": NOWHERE}
NO_VAULT = {"BackupVaultName": "nope"}

ERRORS: list[tuple[str, str, dict[str, Any], str]] = [("backup", operation, params, code) for operation, params, code in [
    ("CreateBackupSelection", {"BackupPlanId": NOWHERE, "BackupSelection": SELECTION}, INVALID),
    ("DeleteBackupSelection", OF_PLAN, NOT_FOUND), ("GetBackupSelection", OF_PLAN, NOT_FOUND),
    ("ListBackupSelections", {"BackupPlanId": NOWHERE}, NOT_FOUND),
    ("UpdateBackupPlan", {"BackupPlanId": NOWHERE, "BackupPlan": {"BackupPlanName": "p", "Rules": RULES}}, NOT_FOUND),
    ("PutBackupVaultAccessPolicy", {"BackupVaultName": "there", "Policy": "{"}, INVALID),
    ("GetBackupVaultAccessPolicy", {"BackupVaultName": "there"}, NOT_FOUND), ("DeleteBackupVaultAccessPolicy", NO_VAULT, NOT_FOUND),
    ("PutBackupVaultNotifications", {"BackupVaultName": "there", "SNSTopicArn": "arn:aws:sns:us-east-1:123456789012:nope",
                                     "BackupVaultEvents": ["BACKUP_JOB_FAILED"]}, INVALID),
    ("GetBackupVaultNotifications", {"BackupVaultName": "there"}, NOT_FOUND), ("DeleteBackupVaultNotifications", NO_VAULT, NOT_FOUND),
    ("StartBackupJob", {"BackupVaultName": "there", "ResourceArn": VOLUME, "IamRoleArn": "arn:aws:iam::123456789012:role/nope"}, INVALID),
    ("DescribeBackupJob", {"BackupJobId": NOWHERE}, NOT_FOUND), ("StopBackupJob", {"BackupJobId": NOWHERE}, NOT_FOUND),
    ("ListBackupJobs", {"NextToken": "nonsense"}, INVALID),
    ("StartRestoreJob", {"RecoveryPointArn": POINT, "Metadata": {"availabilityZone": "us-east-1a"}, "IamRoleArn": ROLE}, NOT_FOUND),
    ("DescribeRestoreJob", {"RestoreJobId": NOWHERE}, NOT_FOUND), ("ListRestoreJobs", {"NextToken": "nonsense"}, INVALID),
    ("StartCopyJob", {"RecoveryPointArn": POINT, "SourceBackupVaultName": "there", "IamRoleArn": ROLE,
                      "DestinationBackupVaultArn": "arn:aws:backup:us-west-2:123456789012:backup-vault:nope"}, NOT_FOUND),
    ("DescribeCopyJob", {"CopyJobId": NOWHERE}, NOT_FOUND), ("ListCopyJobs", {"NextToken": "nonsense"}, INVALID),
    ("ListRecoveryPointsByBackupVault", NO_VAULT, NOT_FOUND), ("DescribeRecoveryPoint", IN_VAULT, NOT_FOUND),
    ("ListRecoveryPointsByResource", {"ResourceArn": "vol-1"}, INVALID), ("GetRecoveryPointRestoreMetadata", IN_VAULT, NOT_FOUND),
    ("DeleteRecoveryPoint", IN_VAULT, NOT_FOUND), ("DisassociateRecoveryPoint", IN_VAULT, NOT_FOUND),
    ("UpdateRecoveryPointLifecycle", {**IN_VAULT, "Lifecycle": {"DeleteAfterDays": 1}}, NOT_FOUND),
    ("ListProtectedResources", {"NextToken": "nonsense"}, INVALID), ("DescribeProtectedResource", {"ResourceArn": VOLUME}, NOT_FOUND),
    ("UpdateRegionSettings", {"ResourceTypeOptInPreference": {"Floppy": True}}, INVALID),
    ("DescribeGlobalSettings", {}, "InvalidRequestException"),  # the account is in no organization
    ("UpdateGlobalSettings", {"GlobalSettings": {"isCrossAccountBackupEnabled": "true"}}, "InvalidRequestException"),
    ("StartReportJob", {"ReportPlanName": "nope"}, NOT_FOUND), ("DescribeReportJob", {"ReportJobId": NOWHERE}, NOT_FOUND),
    ("ListReportJobs", {"ByReportPlanName": "nope"}, NOT_FOUND), ("UpdateReportPlan", {"ReportPlanName": "nope"}, NOT_FOUND),
]]


def before_errors(aws: Any) -> None:
    ground(aws)
