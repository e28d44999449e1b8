"""What else the sandbox's AWS Backup promises: states over time, what locks and policies refuse, restores, copies, reports."""
from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Sandbox, message, refused

ROLE = "arn:aws:iam::123456789012:role/backups"
COPIES = "arn:aws:backup:us-west-2:123456789012:backup-vault:copies"
POLICIES = {name: f"arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicy{name}" for name in ("ForBackup", "ForRestores")}
TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "backup.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
Aws = Callable[..., Any]


@pytest.fixture
def volume(aws: Aws) -> str:
    """A tagged volume, a vault here and one in the other region, and the role."""
    aws("backup").create_backup_vault(BackupVaultName="vault")
    aws("backup", "us-west-2").create_backup_vault(BackupVaultName="copies")
    aws("iam").create_role(RoleName="backups", AssumeRolePolicyDocument=json.dumps(TRUST))
    for arn in POLICIES.values():
        aws("iam").attach_role_policy(RoleName="backups", PolicyArn=arn)
    tags = [{"ResourceType": "volume", "Tags": [{"Key": "worklab:run", "Value": "abc123"}]}]
    made = aws("ec2").create_volume(AvailabilityZone="us-east-1a", Size=1, VolumeType="gp3", Encrypted=True, TagSpecifications=tags)["VolumeId"]
    return f"arn:aws:ec2:us-east-1:123456789012:volume/{made}"


def until(read: Callable[[], str], *ends: str, wait: Callable[[float], None] = time.sleep) -> list[str]:
    """The states that were seen, in order, the last one among `ends`."""
    seen: list[str] = []
    for _ in range(100):
        state = read()
        seen += [state] if seen[-1:] != [state] else []
        if state in ends:
            return seen
        wait(0.1)
    raise AssertionError(seen)


def job(aws: Aws, volume: str, **more: Any) -> dict[str, Any]:
    client = aws("backup")
    id_ = client.start_backup_job(BackupVaultName="vault", ResourceArn=volume, IamRoleArn=ROLE, **more)["BackupJobId"]
    until(lambda: client.describe_backup_job(BackupJobId=id_)["State"], "COMPLETED", "FAILED")
    return client.describe_backup_job(BackupJobId=id_)  # type: ignore[no-any-return]


def point(aws: Aws, volume: str, **more: Any) -> str:
    return str(job(aws, volume, **more)["RecoveryPointArn"])


def restore(aws: Aws, arn: str, **more: Any) -> dict[str, Any]:
    client = aws("backup")
    metadata = client.get_recovery_point_restore_metadata(BackupVaultName="vault", RecoveryPointArn=arn)["RestoreMetadata"]
    id_ = client.start_restore_job(**{"RecoveryPointArn": arn, "Metadata": metadata, "IamRoleArn": ROLE, **more})["RestoreJobId"]
    until(lambda: client.describe_restore_job(RestoreJobId=id_)["Status"], "COMPLETED", "FAILED")
    return client.describe_restore_job(RestoreJobId=id_)  # type: ignore[no-any-return]


# ---------------------------------------------------------------- backups


def test_a_backup_runs_through_its_states_and_its_recovery_point_with_it(aws: Aws, volume: str, sandbox: Sandbox) -> None:
    client = aws("backup")
    with sandbox.stopped():
        id_ = client.start_backup_job(BackupVaultName="vault", ResourceArn=volume, IamRoleArn=ROLE)["BackupJobId"]
        [made] = client.list_recovery_points_by_backup_vault(BackupVaultName="vault")["RecoveryPoints"]
        assert made["Status"] == "CREATING"
        assert refused(client.delete_recovery_point, BackupVaultName="vault", RecoveryPointArn=made["RecoveryPointArn"]) == "InvalidResourceStateException"
        assert "RecoveryPointArn" not in client.describe_backup_job(BackupJobId=id_)
        seen = until(lambda: client.describe_backup_job(BackupJobId=id_)["State"], "COMPLETED", wait=sandbox.turn)
    assert seen == ["CREATED", "RUNNING", "COMPLETED"]
    done = client.describe_backup_job(BackupJobId=id_)
    assert done["RecoveryPointArn"] == made["RecoveryPointArn"] and done["PercentDone"] == "100.0" and done["CompletionDate"]
    assert client.describe_recovery_point(BackupVaultName="vault", RecoveryPointArn=made["RecoveryPointArn"])["Status"] == "COMPLETED"


def test_a_recovery_point_is_a_snapshot_with_the_tags_of_its_volume_which_ec2_does_not_delete(aws: Aws, volume: str) -> None:
    arn = point(aws, volume, RecoveryPointTags={"more": "yes"})
    id_ = arn.removeprefix("arn:aws:ec2:us-east-1::snapshot/")
    [snapshot] = aws("ec2").describe_snapshots(SnapshotIds=[id_])["Snapshots"]
    tags = {t["Key"]: t["Value"] for t in snapshot["Tags"]}
    assert tags["worklab:run"] == "abc123" and tags["more"] == "yes" and tags["aws:backup:source-resource"] == volume.rpartition("/")[2]
    assert "managed by the AWS Backup service" in message(aws("ec2").delete_snapshot, SnapshotId=id_)
    aws("backup").delete_recovery_point(BackupVaultName="vault", RecoveryPointArn=arn)
    assert refused(aws("ec2").describe_snapshots, SnapshotIds=[id_]) == "InvalidSnapshot.NotFound"


def test_a_vault_with_recovery_points_is_not_deleted(aws: Aws, volume: str) -> None:
    arn, client = point(aws, volume), aws("backup")
    assert client.describe_backup_vault(BackupVaultName="vault")["NumberOfRecoveryPoints"] == 1
    assert refused(client.delete_backup_vault, BackupVaultName="vault") == "InvalidRequestException"
    client.delete_recovery_point(BackupVaultName="vault", RecoveryPointArn=arn)
    client.delete_backup_vault(BackupVaultName="vault")
    assert refused(client.describe_backup_vault, BackupVaultName="vault") == "ResourceNotFoundException"


def test_the_same_token_starts_one_job(aws: Aws, volume: str) -> None:
    asked = {"BackupVaultName": "vault", "ResourceArn": volume, "IamRoleArn": ROLE, "IdempotencyToken": "once"}
    assert len({aws("backup").start_backup_job(**asked)["BackupJobId"] for _ in range(2)}) == 1


def test_a_job_that_is_stopped_leaves_nothing(aws: Aws, volume: str) -> None:
    client = aws("backup")
    id_ = client.start_backup_job(BackupVaultName="vault", ResourceArn=volume, IamRoleArn=ROLE)["BackupJobId"]
    client.stop_backup_job(BackupJobId=id_)
    assert client.describe_backup_job(BackupJobId=id_)["State"] == "ABORTED"
    assert client.list_recovery_points_by_backup_vault(BackupVaultName="vault")["RecoveryPoints"] == []
    assert refused(client.stop_backup_job, BackupJobId=id_) == "InvalidRequestException"


def test_a_role_without_permission_lets_the_job_fail_and_one_without_trust_is_refused(aws: Aws, volume: str) -> None:
    aws("iam").detach_role_policy(RoleName="backups", PolicyArn=POLICIES["ForBackup"])
    aws("iam").detach_role_policy(RoleName="backups", PolicyArn=POLICIES["ForRestores"])
    failed = job(aws, volume)
    assert failed["State"] == "FAILED" and "Access Denied" in failed["StatusMessage"]
    aws("iam").update_assume_role_policy(RoleName="backups", PolicyDocument=json.dumps(TRUST).replace("backup.", "ec2."))
    code = refused(aws("backup").start_backup_job, BackupVaultName="vault", ResourceArn=volume, IamRoleArn=ROLE)
    assert code == "InvalidParameterValueException"


def test_a_type_that_is_not_opted_in_is_not_backed_up(aws: Aws, volume: str) -> None:
    aws("backup").update_region_settings(ResourceTypeOptInPreference={"EBS": False})
    settings = aws("backup").describe_region_settings()["ResourceTypeOptInPreference"]
    assert (settings["EBS"], settings["EFS"]) == (False, True)
    assert aws("backup", "us-west-2").describe_region_settings()["ResourceTypeOptInPreference"]["EBS"] is True
    code = refused(aws("backup").start_backup_job, BackupVaultName="vault", ResourceArn=volume, IamRoleArn=ROLE)
    assert code == "InvalidRequestException"
    assert "EBS" in aws("backup").get_supported_resource_types()["ResourceTypes"]


def test_jobs_are_listed_by_what_they_are_about_page_by_page(aws: Aws, volume: str) -> None:
    client = aws("backup")
    for _ in range(3):
        job(aws, volume)
    pages = list(client.get_paginator("list_backup_jobs").paginate(ByState="COMPLETED", ByBackupVaultName="vault", PaginationConfig={"PageSize": 2}))
    assert [len(p["BackupJobs"]) for p in pages] == [2, 1]
    assert client.list_backup_jobs(ByState="FAILED")["BackupJobs"] == []
    assert client.list_backup_jobs(ByCreatedAfter="2099-01-01")["BackupJobs"] == []
    assert len(client.list_backup_jobs(ByCreatedAfter="2020-01-01", ByResourceArn=volume)["BackupJobs"]) == 3
    assert len(client.list_recovery_points_by_resource(ResourceArn=volume)["RecoveryPoints"]) == 3
    [protected] = client.list_protected_resources()["Results"]
    assert protected["ResourceArn"] == volume
    assert client.describe_protected_resource(ResourceArn=volume)["ResourceType"] == "EBS"


# ---------------------------------------------------------------- what guards a vault


def test_a_lock_fails_jobs_outside_of_it_and_keeps_what_is_there(aws: Aws, volume: str) -> None:
    arn, client = point(aws, volume), aws("backup")
    client.put_backup_vault_lock_configuration(BackupVaultName="vault", MinRetentionDays=2, MaxRetentionDays=7)
    assert [job(aws, volume, Lifecycle={"DeleteAfterDays": days})["State"] for days in (1, 2, 8)] == ["FAILED", "COMPLETED", "FAILED"]
    assert job(aws, volume)["State"] == "FAILED"  # for ever is longer than seven days
    assert "configured with Lock" in message(client.delete_recovery_point, BackupVaultName="vault", RecoveryPointArn=arn)
    lifecycle = {"BackupVaultName": "vault", "RecoveryPointArn": arn}
    assert refused(client.update_recovery_point_lifecycle, **lifecycle, Lifecycle={"DeleteAfterDays": 1}) == "InvalidRequestException"
    assert client.update_recovery_point_lifecycle(**lifecycle, Lifecycle={"DeleteAfterDays": 3})["CalculatedLifecycle"]["DeleteAt"]
    client.delete_backup_vault_lock_configuration(BackupVaultName="vault")
    client.delete_recovery_point(BackupVaultName="vault", RecoveryPointArn=arn)


def test_a_lock_of_compliance_is_final_after_its_days_of_grace(sandbox: Sandbox, aws: Aws, volume: str) -> None:
    client = aws("backup")
    client.put_backup_vault_lock_configuration(BackupVaultName="vault", MinRetentionDays=1, ChangeableForDays=3)
    assert client.describe_backup_vault(BackupVaultName="vault")["LockDate"]
    client.delete_backup_vault_lock_configuration(BackupVaultName="vault")
    assert client.describe_backup_vault(BackupVaultName="vault")["Locked"] is False


def test_an_access_policy_binds_whom_it_names(aws: Aws, volume: str) -> None:
    arn, client = point(aws, volume), aws("backup")
    me = aws("sts").get_caller_identity()["Arn"]
    deny = {"Effect": "Deny", "Principal": "*", "Action": ["backup:DeleteRecoveryPoint"], "Resource": "*"}

    def put(**more: Any) -> None:
        client.put_backup_vault_access_policy(BackupVaultName="vault", Policy=json.dumps({"Version": "2012-10-17", "Statement": [{**deny, **more}]}))
    put()
    assert refused(client.delete_recovery_point, BackupVaultName="vault", RecoveryPointArn=arn) == "AccessDeniedException"
    assert json.loads(client.get_backup_vault_access_policy(BackupVaultName="vault")["Policy"])["Statement"][0]["Effect"] == "Deny"
    put(Condition={"ArnNotLike": {"aws:PrincipalArn": me}})
    client.delete_recovery_point(BackupVaultName="vault", RecoveryPointArn=arn)
    client.delete_backup_vault_access_policy(BackupVaultName="vault")
    assert refused(client.get_backup_vault_access_policy, BackupVaultName="vault") == "ResourceNotFoundException"


def test_a_vault_tells_a_topic_that_is_there_of_events_that_there_are(aws: Aws, volume: str) -> None:
    client, topic = aws("backup"), aws("sns").create_topic(Name="events")["TopicArn"]
    told = {"BackupVaultName": "vault", "SNSTopicArn": topic}
    client.put_backup_vault_notifications(**told, BackupVaultEvents=["BACKUP_JOB_FAILED"])
    assert client.get_backup_vault_notifications(BackupVaultName="vault")["SNSTopicArn"] == topic
    client.delete_backup_vault_notifications(BackupVaultName="vault")
    assert refused(client.get_backup_vault_notifications, BackupVaultName="vault") == "ResourceNotFoundException"


# ---------------------------------------------------------------- restores and copies


def test_a_restore_makes_a_volume_without_tags_unless_they_are_asked_for(aws: Aws, volume: str) -> None:
    arn = point(aws, volume)
    plain, tagged = restore(aws, arn), restore(aws, arn, CopySourceTagsToRestoredResource=True)
    ids = [j["CreatedResourceArn"].rpartition("/")[2] for j in (plain, tagged)]
    found = {v["VolumeId"]: v for v in aws("ec2").describe_volumes(VolumeIds=ids)["Volumes"]}
    assert found[ids[0]].get("Tags", []) == [] and {t["Key"] for t in found[ids[1]]["Tags"]} == {"worklab:run"}
    assert all(v["Encrypted"] and v["Size"] == 1 and v["SnapshotId"] == arn.rpartition("/")[2] for v in found.values())
    assert plain["SourceResourceArn"] == volume and plain["BackupVaultArn"].endswith(":vault")
    assert len(aws("backup").list_restore_jobs(ByStatus="COMPLETED")["RestoreJobs"]) == 2


def test_a_restore_that_cannot_be_fails_or_is_refused(aws: Aws, volume: str) -> None:
    arn, client = point(aws, volume), aws("backup")
    start = {"RecoveryPointArn": arn, "IamRoleArn": ROLE}
    assert refused(client.start_restore_job, **start, Metadata={"volumeSize": "1"}) == "InvalidParameterValueException"
    assert "us-east-1z" in restore(aws, arn, Metadata={"availabilityZone": "us-east-1z"})["StatusMessage"]
    aws("iam").detach_role_policy(RoleName="backups", PolicyArn=POLICIES["ForRestores"])
    failed = restore(aws, arn)
    assert failed["Status"] == "FAILED" and "CreateVolume" in failed["StatusMessage"]
    assert len(aws("ec2").describe_volumes()["Volumes"]) == 1


def test_a_copy_is_a_recovery_point_of_the_other_regions_vault(aws: Aws, volume: str, sandbox: Sandbox) -> None:
    arn, client, there = point(aws, volume), aws("backup"), aws("backup", "us-west-2")
    asked = {"RecoveryPointArn": arn, "SourceBackupVaultName": "vault", "DestinationBackupVaultArn": COPIES, "IamRoleArn": ROLE}
    with sandbox.stopped():
        id_ = client.start_copy_job(**asked, Lifecycle={"DeleteAfterDays": 1})["CopyJobId"]
        seen = until(lambda: client.describe_copy_job(CopyJobId=id_)["CopyJob"]["State"], "COMPLETED", wait=sandbox.turn)
    assert seen == ["CREATED", "RUNNING", "COMPLETED"]
    copy = client.describe_copy_job(CopyJobId=id_)["CopyJob"]["DestinationRecoveryPointArn"]
    [found] = there.list_recovery_points_by_backup_vault(BackupVaultName="copies")["RecoveryPoints"]
    assert found["RecoveryPointArn"] == copy and copy.startswith("arn:aws:ec2:us-west-2::snapshot/") and found["Lifecycle"] == {"DeleteAfterDays": 1}
    [snapshot] = aws("ec2", "us-west-2").describe_snapshots(OwnerIds=["self"])["Snapshots"]
    assert {"Key": "worklab:run", "Value": "abc123"} in snapshot["Tags"]
    there.delete_recovery_point(BackupVaultName="copies", RecoveryPointArn=copy)
    assert aws("ec2", "us-west-2").describe_snapshots(OwnerIds=["self"])["Snapshots"] == []


def test_a_copy_into_another_account_needs_an_organization_that_lets_it(aws: Aws, volume: str) -> None:
    asked = {"RecoveryPointArn": point(aws, volume), "SourceBackupVaultName": "vault", "IamRoleArn": ROLE,
             "DestinationBackupVaultArn": COPIES.replace("123456789012", "210987654321")}
    assert refused(aws("backup").start_copy_job, **asked) == "InvalidRequestException"
    aws("organizations").create_organization(FeatureSet="ALL")
    assert aws("backup").describe_global_settings()["GlobalSettings"] == {"isCrossAccountBackupEnabled": "false"}
    assert refused(aws("backup").start_copy_job, **asked) == "InvalidRequestException"
    aws("backup").update_global_settings(GlobalSettings={"isCrossAccountBackupEnabled": "true"})
    assert aws("backup", "us-west-2").describe_global_settings()["GlobalSettings"] == {"isCrossAccountBackupEnabled": "true"}


# ---------------------------------------------------------------- plans


def plan(aws: Aws, **rule: Any) -> Any:
    rules = [{"RuleName": "r", "TargetBackupVaultName": "vault", **rule}]
    return aws("backup").create_backup_plan, {"BackupPlan": {"BackupPlanName": "p", "Rules": rules}, "BackupPlanTags": {"a": "b"}}


@pytest.mark.parametrize("rule", [
    {"ScheduleExpression": "0 5 * * *"}, {"StartWindowMinutes": 30}, {"StartWindowMinutes": 60, "CompletionWindowMinutes": 90},
    {"EnableContinuousBackup": True}, {"EnableContinuousBackup": True, "Lifecycle": {"DeleteAfterDays": 36}},
    {"Lifecycle": {"MoveToColdStorageAfterDays": 1, "DeleteAfterDays": 90}}, {"Lifecycle": {"DeleteAfterDays": 0}},
    {"CopyActions": [{"DestinationBackupVaultArn": COPIES, "Lifecycle": {"MoveToColdStorageAfterDays": 9, "DeleteAfterDays": 10}}]},
])
def test_a_rule_that_aws_refuses_is_refused(aws: Aws, rule: dict[str, Any]) -> None:
    create, params = plan(aws, **rule)
    assert refused(create, **params) == "InvalidParameterValueException"


def test_a_plan_changes_as_a_whole_and_stays_while_it_selects(aws: Aws, volume: str) -> None:
    create, params = plan(aws, ScheduleExpression="cron(0 5 ? * * *)", Lifecycle={"DeleteAfterDays": 1})
    made, client = create(**params), aws("backup")
    id_ = made["BackupPlanId"]
    before = client.get_backup_plan(BackupPlanId=id_)["BackupPlan"]["Rules"][0]["RuleId"]
    rules = [params["BackupPlan"]["Rules"][0], {"RuleName": "weekly", "TargetBackupVaultName": "vault", "ScheduleExpression": "cron(0 6 ? * SUN *)"}]
    changed = client.update_backup_plan(BackupPlanId=id_, BackupPlan={"BackupPlanName": "p", "Rules": rules})
    now = client.get_backup_plan(BackupPlanId=id_)
    assert changed["VersionId"] == now["VersionId"] != made["VersionId"]
    assert [r["RuleName"] for r in now["BackupPlan"]["Rules"]] == ["r", "weekly"] and now["BackupPlan"]["Rules"][0]["RuleId"] == before
    chosen = {"SelectionName": "s", "IamRoleArn": ROLE, "ListOfTags": [{"ConditionType": "STRINGEQUALS", "ConditionKey": "k", "ConditionValue": "v"}]}
    selection = client.create_backup_selection(BackupPlanId=id_, BackupSelection=chosen)["SelectionId"]
    assert refused(client.create_backup_selection, BackupPlanId=id_, BackupSelection=chosen) == "AlreadyExistsException"
    assert client.get_backup_selection(BackupPlanId=id_, SelectionId=selection)["BackupSelection"] == chosen
    assert refused(client.delete_backup_plan, BackupPlanId=id_) == "InvalidRequestException"
    client.delete_backup_selection(BackupPlanId=id_, SelectionId=selection)
    client.delete_backup_plan(BackupPlanId=id_)
    assert client.list_backup_plans()["BackupPlansList"] == []


def test_the_name_of_a_deleted_plan_is_free_again(aws: Aws, volume: str) -> None:
    client = aws("backup")
    plan = {"BackupPlanName": "again", "Rules": [{"RuleName": "daily", "TargetBackupVaultName": "vault"}]}
    first = client.create_backup_plan(BackupPlan=plan)["BackupPlanId"]
    assert "already exists" in message(lambda: client.create_backup_plan(BackupPlan=plan))
    client.delete_backup_plan(BackupPlanId=first)
    second = client.create_backup_plan(BackupPlan=plan)["BackupPlanId"]
    assert [p["BackupPlanId"] for p in client.list_backup_plans()["BackupPlansList"]] == [second]
    assert {p["BackupPlanId"] for p in client.list_backup_plans(IncludeDeleted=True)["BackupPlansList"]} == {first, second}


# ---------------------------------------------------------------- reports


def test_a_report_is_delivered_where_the_bucket_lets_it(aws: Aws, volume: str) -> None:
    client, s3, arn = aws("backup"), aws("s3"), point(aws, volume)
    s3.create_bucket(Bucket="reports")
    channel = {"S3BucketName": "reports", "Formats": ["CSV"]}
    params = {"ReportPlanName": "jobs", "ReportDeliveryChannel": channel, "ReportSetting": {"ReportTemplate": "BACKUP_JOB_REPORT"}}
    assert refused(client.create_report_plan, **{**params, "ReportPlanName": "no-dashes"}) == "InvalidParameterValueException"
    made = client.create_report_plan(**params, ReportPlanTags={"a": "b"})
    assert client.list_tags(ResourceArn=made["ReportPlanArn"])["Tags"] == {"a": "b"}
    assert refused(client.create_report_plan, **params) == "AlreadyExistsException"

    def run() -> dict[str, Any]:
        id_ = client.start_report_job(ReportPlanName="jobs")["ReportJobId"]
        until(lambda: client.describe_report_job(ReportJobId=id_)["ReportJob"]["Status"], "COMPLETED", "FAILED")
        return client.describe_report_job(ReportJobId=id_)["ReportJob"]  # type: ignore[no-any-return]
    assert run()["Status"] == "FAILED"
    writer = "arn:aws:iam::123456789012:role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports"
    allow = {"Effect": "Allow", "Principal": {"AWS": writer}, "Action": "s3:PutObject", "Resource": "arn:aws:s3:::reports/*"}
    s3.put_bucket_policy(Bucket="reports", Policy=json.dumps({"Version": "2012-10-17", "Statement": [allow]}))
    done = run()
    assert done["Status"] == "COMPLETED"
    text = s3.get_object(Bucket="reports", Key=done["ReportDestination"]["S3Keys"][0])["Body"].read().decode()
    assert arn in text
    assert len(client.list_report_jobs(ByReportPlanName="jobs", ByStatus="COMPLETED")["ReportJobs"]) == 1
    client.update_report_plan(ReportPlanName="jobs", ReportPlanDescription="d")
    assert client.describe_report_plan(ReportPlanName="jobs")["ReportPlan"]["ReportPlanDescription"] == "d"
    client.delete_report_plan(ReportPlanName="jobs")
    assert refused(client.delete_report_plan, ReportPlanName="jobs") == "ResourceNotFoundException"
