"""Report plans and their jobs: a CSV in a bucket whose policy lets AWS Backup's service-linked role write."""
from __future__ import annotations

import csv
import io
import re
from typing import Any

from emulator.base.policy import Caller, Policies, Request, decide, read, values
from emulator.context import Context, make_uuid, now
from emulator.errors import Refused, fail
from emulator.kinds import Kind, States
from emulator.pages import page
from emulator.services import service

backup = service("backup")
INVALID, NOT_FOUND = "InvalidParameterValueException", "ResourceNotFoundException"
TEMPLATES = ("RESOURCE_COMPLIANCE_REPORT", "CONTROL_COMPLIANCE_REPORT", "BACKUP_JOB_REPORT", "COPY_JOB_REPORT", "RESTORE_JOB_REPORT")
WRITER = "arn:{0}:iam::{1}:role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports"
COLUMNS = ("BackupJobId", "State", "ResourceType", "ResourceArn", "BackupVaultName", "RecoveryPointArn", "CreationDate", "CompletionDate")


def backend(c: Context) -> Any:
    """moto's own AWS Backup of the account and region."""
    from moto.backup.models import backup_backends
    return backup_backends[c.account][c.region]


def plan_fits(params: dict[str, Any]) -> None:
    channel, setting = params.get("ReportDeliveryChannel") or {}, params.get("ReportSetting") or {}
    if not re.fullmatch(r"[a-zA-Z][_a-zA-Z0-9]{0,255}", params["ReportPlanName"]):
        raise fail(INVALID, "The report plan name must begin with a letter, and consist of letters, digits and underscores.")
    if setting and setting["ReportTemplate"] not in TEMPLATES:
        raise fail(INVALID, f"Invalid report template: {setting['ReportTemplate']}")
    if any(f not in ("CSV", "JSON") for f in channel.get("Formats") or []):
        raise fail(INVALID, f"Invalid report formats: {', '.join(channel['Formats'])}")


@backup.before_moto("CreateReportPlan")
def creatable(c: Context) -> None:
    plan_fits(c.params)
    if c.exists("backup", "DescribeReportPlan", ReportPlanName=c.params["ReportPlanName"]):
        raise fail("AlreadyExistsException", f"Report plan {c.params['ReportPlanName']} already exists.")


@backup.after_moto("CreateReportPlan")
def tagged(c: Context, answer: dict[str, Any]) -> None:
    """moto forgets the tags."""
    if c.params.get("ReportPlanTags"):
        c.call("backup", "TagResource", ResourceArn=answer["ReportPlanArn"], Tags=c.params["ReportPlanTags"])


@backup.after_moto("ListReportPlans")
def plans_in_pages(c: Context, answer: dict[str, Any]) -> dict[str, Any]:
    return answer if c.within else page(c, answer["ReportPlans"])


@backup.before_moto("DeleteReportPlan")
def there(c: Context) -> None:
    c.call("backup", "DescribeReportPlan", ReportPlanName=c.params["ReportPlanName"])


@backup.op("UpdateReportPlan")
def update(c: Context) -> dict[str, Any]:
    known = c.call("backup", "DescribeReportPlan", ReportPlanName=c.params["ReportPlanName"])["ReportPlan"]
    plan_fits(c.params)
    plan = backend(c).report_plans[c.params["ReportPlanName"]]
    plan.report_plan_description = c.params.get("ReportPlanDescription", plan.report_plan_description)
    plan.report_delivery_channel = c.params.get("ReportDeliveryChannel", plan.report_delivery_channel)
    plan.report_setting = c.params.get("ReportSetting", plan.report_setting)
    return {k: known[k] for k in ("ReportPlanName", "ReportPlanArn", "CreationTime")}


# ---------------------------------------------------------------- jobs


class ReportJobs(Kind):
    def settled(self, record: dict[str, Any]) -> dict[str, Any]:
        super().settled(record)
        if record["Status"] == "COMPLETED" and record.get("__failure"):
            record.update(Status="FAILED", StatusMessage=record["__failure"])
        if record["Status"] in ("COMPLETED", "FAILED"):
            record.setdefault("CompletionTime", now())
        return record

    def rows(self, c: Context) -> list[dict[str, Any]]:
        name = c.params.get("ByReportPlanName")
        if name:
            c.call("backup", "DescribeReportPlan", ReportPlanName=name)  # its own error, if it is not there
        return super().rows(c)


JOBS = ReportJobs(
    backup, "ReportJob", key="ReportJobId", get="DescribeReportJob", list="ListReportJobs", output="ReportJob", made={"ReportJobId": make_uuid},
    rename={"ByReportPlanName": "__plan", "ByStatus": "Status"}, missing=(NOT_FOUND, "Report job {} was not found."),
    states=States("Status", (("CREATED", 0.3), ("RUNNING", 0.5)), "COMPLETED"),
)


@backup.op("StartReportJob")
def start(c: Context) -> dict[str, Any]:
    plan = c.call("backup", "DescribeReportPlan", ReportPlanName=c.params["ReportPlanName"])["ReportPlan"]
    token = c.params.get("IdempotencyToken")
    before = c.find("ReportJob", __token=token) if token else []
    if before:
        return {"ReportJobId": before[0]["ReportJobId"]}
    channel, template = plan["ReportDeliveryChannel"], plan["ReportSetting"]["ReportTemplate"]
    key = "/".join(p for p in (channel.get("S3KeyPrefix", "").strip("/"), "Backup", c.account, c.region, now().strftime("%Y/%m/%d"),
                               f"{template.lower()}_{plan['ReportPlanName']}_{make_uuid()[:8]}.csv") if p)
    job = JOBS.keep(c, {"ReportPlanArn": plan["ReportPlanArn"], "ReportTemplate": template, "CreationTime": now(), "__token": token,
                        "__plan": plan["ReportPlanName"], "__failure": deliver(c, channel["S3BucketName"], key, template),
                        "ReportDestination": {"S3BucketName": channel["S3BucketName"], "S3Keys": [key]}})
    return {"ReportJobId": job["ReportJobId"]}


def deliver(c: Context, bucket: str, key: str, template: str) -> str:
    """Writes the report of the backup jobs; of other templates the heading alone. Returns why it could not."""
    try:
        document = c.call("s3", "GetBucketPolicy", Bucket=bucket)["Policy"]
    except Refused as error:
        return f"The report cannot be delivered: {error}"
    writer = Caller(WRITER.format(c.partition, c.account))
    request = Request("s3:PutObject", f"arn:{c.partition}:s3:::{bucket}/{key}", values({"s3:x-amz-acl": "bucket-owner-full-control"}), writer)
    if not decide(request, Policies(resource=(read(document),))).allowed:
        return "The report cannot be delivered: the bucket policy does not let AWSServiceRoleForBackupReports put objects."
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for job in c.call("backup", "ListBackupJobs")["BackupJobs"] if template == "BACKUP_JOB_REPORT" else []:
        table.writerow([job.get(column, "") for column in COLUMNS])
    c.call("s3", "PutObject", Bucket=bucket, Key=key, Body=out.getvalue().encode())
    return ""
