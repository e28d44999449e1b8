"""Backup plans and their selections: the rules that AWS refuses, versions, and what a plan selects."""
from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from emulator.context import Context, make_uuid, now
from emulator.errors import Refused, fail
from emulator.kinds import Kind
from emulator.pages import page
from emulator.services import service

backup = service("backup")
INVALID = "InvalidParameterValueException"
SCHEDULE = re.compile(r"^(cron\(\S+( \S+){5}\)|rate\([1-9]\d* (minute|hour|day)s?\))$")
LONGEST_CONTINUOUS = 35  # days that a point in time is kept, API reference of BackupRule, 2026-11-22
SHORTEST_WINDOW = 60  # minutes, the same page
COLD = 90  # days that a backup stays in cold storage at least, the same page


def backend(c: Context) -> Any:
    """moto's own AWS Backup of the account and region."""
    from moto.backup.models import backup_backends
    return backup_backends[c.account][c.region]


# ---------------------------------------------------------------- rules


def lifecycle_fits(lifecycle: dict[str, Any]) -> None:
    cold, end = lifecycle.get("MoveToColdStorageAfterDays"), lifecycle.get("DeleteAfterDays")
    for days in (cold, end):
        if days is not None and not (days == -1 or 1 <= days <= 36500):
            raise fail(INVALID, "Lifecycle days must be between 1 and 36500.")
    if cold and end and 0 < end < cold + COLD:
        raise fail(INVALID, f"DeleteAfterDays cannot be less than {COLD} days apart from MoveToColdStorageAfterDays")


def rule_fits(rule: dict[str, Any]) -> None:
    start, end = rule.get("StartWindowMinutes", 480), rule.get("CompletionWindowMinutes", 10080)
    if "ScheduleExpression" in rule and not SCHEDULE.match(rule["ScheduleExpression"]):
        raise fail(INVALID, f"Invalid schedule expression: {rule['ScheduleExpression']}")
    if start < SHORTEST_WINDOW:
        raise fail(INVALID, f"Invalid start window: it must be at least {SHORTEST_WINDOW} minutes.")
    if end < start + SHORTEST_WINDOW:
        raise fail(INVALID, f"Invalid completion window: it must be at least {SHORTEST_WINDOW} minutes longer than the start window.")
    lifecycle = rule.get("Lifecycle") or {}
    if rule.get("EnableContinuousBackup") and not 1 <= lifecycle.get("DeleteAfterDays", 0) <= LONGEST_CONTINUOUS:
        raise fail(INVALID, f"Continuous backups must be kept from 1 to {LONGEST_CONTINUOUS} days.")
    for one in [lifecycle, *(a.get("Lifecycle") or {} for a in rule.get("CopyActions") or [])]:
        lifecycle_fits(one)


@backup.before_moto("CreateBackupPlan")
def plan_fits(c: Context) -> None:
    rules = c.params["BackupPlan"]["Rules"]
    names = [r["RuleName"] for r in rules]
    if not rules or len(set(names)) < len(names):
        raise fail(INVALID, "A backup plan needs rules, each with a name of its own.")
    for rule in rules:
        rule_fits(rule)


@backup.around_moto("CreateBackupPlan")
def beside_deleted_ones(c: Context, moto: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    """A plan that was deleted is kept to be listed as such; to moto its name is taken for good."""
    plans = backend(c).plans
    deleted = {id_: plans.pop(id_) for id_, plan in list(plans.items()) if plan.deletion_date}
    try:
        return moto()
    finally:
        plans.update(deleted)


@backup.op("UpdateBackupPlan")
def update_plan(c: Context) -> dict[str, Any]:
    """Another version of the same plan: jobs that run go on with the rules they began with."""
    c.call("backup", "GetBackupPlan", BackupPlanId=c.params["BackupPlanId"])  # moto's own error, if it is not there
    plan_fits(c)
    held = backend(c)
    plan, rules_before = held.plans[c.params["BackupPlanId"]], {}
    for rule in plan.backup_plan["Rules"]:
        rules_before[rule["RuleName"]] = rule["RuleId"]
    fresh = type(plan)(backup_plan=c.params["BackupPlan"], creator_request_id=plan.creator_request_id, backend=held)
    for rule in fresh.backup_plan["Rules"]:
        rule["RuleId"] = rules_before.get(rule["RuleName"], rule["RuleId"])
    plan.backup_plan, plan.version_id, plan.advanced_backup_settings = fresh.backup_plan, fresh.version_id, fresh.advanced_backup_settings
    return {**plan.to_dict(), "CreationDate": now()}


@backup.after_moto("ListBackupPlans")
def plans_in_pages(c: Context, answer: dict[str, Any]) -> dict[str, Any]:
    return answer if c.within else page(c, answer["BackupPlansList"])


# ---------------------------------------------------------------- selections


def selectable(c: Context, selection: dict[str, Any]) -> None:
    """A selection is of a plan that is there, by a role that AWS Backup may take on, and chooses something."""
    plan = c.params["BackupPlanId"]
    try:
        c.call("backup", "GetBackupPlan", BackupPlanId=plan)
    except Refused:
        raise fail(INVALID, f"Backup plan {plan} does not exist.") from None
    chosen = c.params["BackupSelection"]
    if not any(chosen.get(k) for k in ("Resources", "ListOfTags", "NotResources", "Conditions")):
        raise fail(INVALID, "A selection needs resources, tags or conditions.")
    try:
        c.call("iam", "GetRole", RoleName=chosen["IamRoleArn"].rsplit("/", 1)[-1])
    except Refused:
        raise fail(INVALID, f"IAM Role {chosen['IamRoleArn']} cannot be assumed by AWS Backup") from None
    if any(r["SelectionName"] == chosen["SelectionName"] for r in c.find("Selection", BackupPlanId=plan)):
        raise fail("AlreadyExistsException", f"Backup selection {chosen['SelectionName']} already exists.")


class Selections(Kind):
    def result(self, c: Context, record: dict[str, Any]) -> dict[str, Any]:
        """GetBackupSelection shows the members of the selection in a structure of their own."""
        out = super().result(c, record)
        return {**out, "BackupSelection": record["__request"]["BackupSelection"]} if c.operation.name == self.get else out


Selections(
    backup, "Selection", key="SelectionId", create="CreateBackupSelection", get="GetBackupSelection", list="ListBackupSelections",
    delete="DeleteBackupSelection", token="CreatorRequestId", token_reused="AlreadyExistsException", check=selectable,
    missing=("ResourceNotFoundException", "Backup selection {} does not exist."),
    made={"SelectionId": make_uuid, "CreationDate": lambda c, r: now()},
)


@backup.before_moto("ListBackupSelections")
def of_a_plan(c: Context) -> None:
    c.call("backup", "GetBackupPlan", BackupPlanId=c.params["BackupPlanId"])


@backup.before_moto("DeleteBackupPlan")
def without_selections(c: Context) -> None:
    if c.find("Selection", BackupPlanId=c.params["BackupPlanId"]):
        raise fail("InvalidRequestException", "Related backup plan selections must be deleted prior to backup plan deletion.")
