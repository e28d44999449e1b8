"""Systems Manager's CloudFormation types as its own operations."""
from __future__ import annotations

import json
from typing import Any

from emulator.cfn.declared import cfn_type
from emulator.cfn.reading import first
from emulator.cfn.types import Found, Work
from emulator.errors import Refused

SSM = "ssm"


def text(document: Any) -> str:
    return document if isinstance(document, str) else json.dumps(document)


def retag(kind: str, key: str) -> Any:
    def change(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
        named = {"ResourceType": kind, "ResourceId": found[key]}
        if gone:
            work.call(SSM, "RemoveTagsFromResource", **named, TagKeys=gone)
        if put:
            work.call(SSM, "AddTagsToResource", **named, Tags=[{"Key": k, "Value": v} for k, v in put.items()])
    return change


def shown(operation: str, key: str, inner: str = "") -> Any:
    """The properties as an operation shows them, None where the thing is gone."""
    def now(work: Work, found: Found) -> dict[str, Any] | None:
        try:
            answer = work.call(SSM, operation, **{key: found[key]})
        except Refused:
            return None
        return answer[inner] if inner else answer
    return now


# ---------------------------------------------------------------- documents


def document(props: dict[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in props.items() if k != "UpdateMethod"}
    return {"DocumentType": "Command", "DocumentFormat": "JSON", **kept, "Content": text(props["Content"])}


def next_version(work: Work, found: Found, changed: set[str]) -> None:
    """The new content becomes the one that is used."""
    made = work.call(SSM, "UpdateDocument", Name=found["Name"], Content=text(work.properties["Content"]), DocumentVersion="$LATEST",
                     DocumentFormat=work.properties.get("DocumentFormat", "JSON"))
    work.call(SSM, "UpdateDocumentDefaultVersion", Name=found["Name"], DocumentVersion=made["DocumentDescription"]["DocumentVersion"])


def document_now(work: Work, found: Found) -> dict[str, Any] | None:
    try:
        now = work.call(SSM, "GetDocument", Name=found["Name"])
    except Refused:
        return None
    return {"Name": now["Name"], "DocumentType": now["DocumentType"], "Content": json.loads(now["Content"])}


cfn_type("AWS::SSM::Document", SSM, "CreateDocument", "DeleteDocument", "Name", name="Name", length=128, reshape=document, ids={"Name": "Name"},
         retag=retag("Document", "Name"), update=next_version, updatable=("Content", "VersionName", "UpdateMethod"), reader=document_now,
         replace=("Name", "DocumentType", "DocumentFormat", "TargetType", "Requires", "Attachments"))

# ---------------------------------------------------------------- associations


def association(props: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in props.items() if k != "WaitForSuccessTimeoutSeconds"}


cfn_type("AWS::SSM::Association", SSM, "CreateAssociation", "DeleteAssociation", "AssociationId", reshape=association, attrs={"AssociationId": "AssociationId"},
         ids={"AssociationId": "AssociationId"}, retag=retag("Association", "AssociationId"), update="UpdateAssociation",
         reader=shown("DescribeAssociation", "AssociationId", "AssociationDescription"))

# ---------------------------------------------------------------- patch baselines


def groups(work: Work, value: Any, found: Found) -> None:
    """The groups that a baseline is registered for, and no others."""
    now, wanted = set(work.call(SSM, "GetPatchBaseline", BaselineId=found["BaselineId"]).get("PatchGroups") or []), set(value or [])
    for group in sorted(now - wanted):
        work.call(SSM, "DeregisterPatchBaselineForPatchGroup", BaselineId=found["BaselineId"], PatchGroup=group)
    for group in sorted(wanted - now):
        work.call(SSM, "RegisterPatchBaselineForPatchGroup", BaselineId=found["BaselineId"], PatchGroup=group)


def as_default(work: Work, value: Any, found: Found) -> None:
    if str(value).lower() == "true":
        work.call(SSM, "RegisterDefaultPatchBaseline", BaselineId=found["BaselineId"])


def delete_baseline(work: Work, found: Found) -> None:
    """CloudFormation takes it off the groups that the template names; one that somebody else registered is in its way."""
    for group in work.properties.get("PatchGroups") or []:
        work.call(SSM, "DeregisterPatchBaselineForPatchGroup", BaselineId=found["BaselineId"], PatchGroup=group)
    work.call(SSM, "DeletePatchBaseline", BaselineId=found["BaselineId"])


cfn_type("AWS::SSM::PatchBaseline", SSM, "CreatePatchBaseline", delete_baseline, "BaselineId", attrs={"Id": "BaselineId"},
         ids={"BaselineId": "BaselineId"}, retag=retag("PatchBaseline", "BaselineId"), then={"PatchGroups": groups, "DefaultBaseline": as_default},
         update="UpdatePatchBaseline", replace=("OperatingSystem",), reader=shown("GetPatchBaseline", "BaselineId"))

# ---------------------------------------------------------------- maintenance windows

cfn_type("AWS::SSM::MaintenanceWindow", SSM, "CreateMaintenanceWindow", "DeleteMaintenanceWindow", "WindowId", ids={"WindowId": "WindowId"},
         retag=retag("MaintenanceWindow", "WindowId"), update="UpdateMaintenanceWindow", reader=shown("GetMaintenanceWindow", "WindowId"))


def one_of(operation: str, rows: str, key: str) -> Any:
    return lambda work, found: first(work, SSM, operation, rows, WindowId=found["WindowId"], Filters=[{"Key": key, "Values": [found[key]]}])


cfn_type("AWS::SSM::MaintenanceWindowTarget", SSM, "RegisterTargetWithMaintenanceWindow", "DeregisterTargetFromMaintenanceWindow", "WindowTargetId",
         tags="", update="UpdateMaintenanceWindowTarget", replace=("WindowId", "ResourceType"),
         reader=one_of("DescribeMaintenanceWindowTargets", "Targets", "WindowTargetId"))


def task(props: dict[str, Any]) -> dict[str, Any]:
    """CloudFormation spells the parameters of a task's kinds in its own way."""
    said = dict(props.get("TaskInvocationParameters") or {})
    spelt = {"MaintenanceWindowRunCommandParameters": "RunCommand", "MaintenanceWindowAutomationParameters": "Automation",
             "MaintenanceWindowLambdaParameters": "Lambda", "MaintenanceWindowStepFunctionsParameters": "StepFunctions"}
    kept = {k: v for k, v in props.items() if k != "TaskInvocationParameters"}
    return {**kept, **({"TaskInvocationParameters": {spelt.get(k, k): v for k, v in said.items()}} if said else {})}


cfn_type("AWS::SSM::MaintenanceWindowTask", SSM, "RegisterTaskWithMaintenanceWindow", "DeregisterTaskFromMaintenanceWindow", "WindowTaskId", tags="",
         reshape=task, update="UpdateMaintenanceWindowTask", replace=("WindowId", "TaskType"),
         reader=one_of("DescribeMaintenanceWindowTasks", "Tasks", "WindowTaskId"))
