"""Automation: runbooks whose steps ask other services are really carried out here; those that need more than that are not begun."""
from __future__ import annotations

import datetime
import json
import re
from typing import Any

from emulator.base.identity import name_of, text_of
from emulator.base.policy import Caller, Policies, Request, decide, read
from emulator.clock import CLOCK
from emulator.context import Context, make_uuid, now
from emulator.errors import Refused, fail
from emulator.kinds import Kind
from emulator.pages import page
from emulator.services import service

ssm = service("ssm")
STEP = 0.4  # seconds that a step takes to be reported, or as long as it is told to sleep
GIVEN = re.compile(r"\{\{\s*([\w.:-]+)\s*\}\}")
INVALID = "InvalidAutomationExecutionParametersException"
MYSELF = Caller("ssm.amazonaws.com", "Service")
FINISHED = ("Success", "Failed", "Cancelled")


def runbook(*states: str) -> dict[str, Any]:
    return {"assumeRole": "{{ AutomationAssumeRole }}", "parameters": {"InstanceId": {"type": "StringList"}, "AutomationAssumeRole": {"type": "String", "default": ""}},
            "mainSteps": [{"name": {"running": "startInstances", "stopped": "stopInstances"}[s], "action": "aws:changeInstanceState",
                           "inputs": {"InstanceIds": "{{ InstanceId }}", "DesiredState": s}} for s in states]}


OWNED = {"AWS-RestartEC2Instance": runbook("stopped", "running"), "AWS-StopEC2Instance": runbook("stopped"), "AWS-StartEC2Instance": runbook("running")}


# ---------------------------------------------------------------- what a step is told


def filled(value: Any, known: dict[str, Any]) -> Any:
    """A step's inputs with the parameters and outputs that they name."""
    if isinstance(value, list):
        return [filled(v, known) for v in value]
    if isinstance(value, dict):
        return {k: filled(v, known) for k, v in value.items()}
    if not isinstance(value, str):
        return value
    whole = GIVEN.fullmatch(value)
    if whole and whole[1] in known:
        return known[whole[1]]
    return GIVEN.sub(lambda found: str(known.get(found[1], found[0])), value)


def selected(answer: Any, selector: str) -> Any:
    """$.A.B[0]: what executeAwsApi calls a selector."""
    for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", selector):
        answer = (answer or {}).get(name) if name else (answer or [None])[int(index)]
    return answer


def seconds(step: dict[str, Any], inputs: dict[str, Any]) -> float:
    """How long a step lasts: aws:sleep says so itself, as PT1H2M3S."""
    found = re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?", str(inputs.get("Duration", ""))) if step["action"] == "aws:sleep" else None
    return sum(int(n or 0) * unit for n, unit in zip(found.groups(), (3600, 60, 1))) if found else STEP


# ---------------------------------------------------------------- the steps


class Step:
    """One step in the name of a role, or of whoever began the execution."""

    def __init__(self, c: Context, role: str, inputs: dict[str, Any]):
        self.c, self.role, self.inputs = c, role, inputs

    def ask(self, service: str, operation: str, instance: str = "", **params: Any) -> dict[str, Any]:
        action = f"{service}:{operation}"
        if self.role and not ssm.kinds["Node"].may(self.c, self.role, action, instance):  # type: ignore[attr-defined]
            raise fail("AccessDenied", f"The role {self.role} is not authorized to perform {action}")
        return self.c.call(service, operation, **params)

    def change_state(self) -> dict[str, Any]:
        wanted, ids = self.inputs["DesiredState"], self.inputs["InstanceIds"]
        ids = ids if isinstance(ids, list) else [ids]
        operation = {"running": "StartInstances", "stopped": "StopInstances", "terminated": "TerminateInstances"}[wanted]
        for id_ in ids:
            self.ask("ec2", operation, id_, InstanceIds=[id_])
        self.ask("ec2", "DescribeInstanceStatus", InstanceIds=ids)
        return {"InstanceStates": [wanted]}

    def call_api(self) -> dict[str, Any]:
        params = {k: v for k, v in self.inputs.items() if k not in ("Service", "Api", "PropertySelector", "DesiredValues")}
        api = str(self.inputs["Api"])
        return self.ask(str(self.inputs["Service"]).lower(), api[:1].upper() + api[1:], **params)

    def compare(self) -> dict[str, Any]:
        found = selected(self.call_api(), self.inputs["PropertySelector"])
        if str(found) not in [str(v) for v in self.inputs["DesiredValues"]]:
            raise fail("Assertion", f"{self.inputs['PropertySelector']} is {found}")
        return {}

    def nothing(self) -> dict[str, Any]:
        return {}


ACTIONS = {"aws:changeInstanceState": Step.change_state, "aws:executeAwsApi": Step.call_api, "aws:sleep": Step.nothing,
           "aws:assertAwsResourceProperty": Step.compare, "aws:waitForAwsResourceProperty": Step.compare}


def carried_out(c: Context, content: dict[str, Any], role: str, known: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps as they went, to the first that failed."""
    went = []
    for step in content["mainSteps"]:
        inputs = filled(step.get("inputs") or {}, known)
        row = {"StepName": step["name"], "Action": step["action"], "Inputs": {k: json.dumps(v) for k, v in inputs.items()}, "Outputs": {},
               "StepExecutionId": make_uuid(), "OverriddenParameters": {}, "__seconds": seconds(step, inputs), "OnFailure": step.get("onFailure", "Abort")}
        try:
            answer = ACTIONS[step["action"]](Step(c, role, inputs))
        except Refused as error:
            went.append({**row, "__ends": "Failed", "FailureMessage": f"Step fails when it is Execute/Cancelling action. {error}"})
            break
        row["Outputs"] = {k: [str(v) for v in values] for k, values in answer.items()} if step["action"] == "aws:changeInstanceState" else {}
        for output in step.get("outputs") or []:
            known[f"{step['name']}.{output['Name']}"] = found = selected(answer, output["Selector"])
            row["Outputs"][output["Name"]] = [str(found)]
        went.append({**row, "__ends": "Success"})
    return went


# ---------------------------------------------------------------- executions


def assumed(c: Context, arn: str) -> str:
    """The name of the role; raises for one that Systems Manager cannot take on."""
    if not arn:
        return ""
    try:
        role = c.call("iam", "GetRole", RoleName=name_of(arn))["Role"]
        trust = read(text_of(role["AssumeRolePolicyDocument"]))
        trusted = decide(Request("sts:AssumeRole", arn, caller=MYSELF), Policies(resource=(trust,))).allowed
    except Refused:
        trusted = False
    if not trusted:
        raise fail(INVALID, "The defined assume role is unable to be assumed.")
    return str(role["RoleName"])


class Executions(Kind):
    def do_create(self, c: Context) -> dict[str, Any]:
        before = self.same_token(c, dict(c.params))
        return self.result(c, before or self.begin(c))

    def begin(self, c: Context) -> dict[str, Any]:
        library: Any = self.service.kinds["Library"]
        if any(c.params.get(k) for k in ("Targets", "TargetMaps", "TargetLocations", "TargetLocationsURL")) or c.params.get("Mode") == "Interactive":
            raise NotImplementedError
        name = c.params["DocumentName"].rsplit("/", 1)[-1]
        library.find(c, name, "Automation", "AutomationDefinitionNotFoundException")
        content = OWNED.get(name) or library.content(c, name)
        known = self.parameters(content, c.params.get("Parameters") or {})
        if any(s["action"] not in ACTIONS for s in content["mainSteps"]):
            raise NotImplementedError  # a step that runs a script, waits for a person, makes a stack
        role = assumed(c, str(filled(content.get("assumeRole") or "", known)))
        begun = now()
        steps = carried_out(c, content, role, {**known, "global:REGION": c.region, "global:ACCOUNT_ID": c.account})
        return self.keep(c, {
            "DocumentName": name, "DocumentVersion": "1", "Mode": "Auto", "Outputs": {}, "Targets": [], "AutomationType": "Local", "LogFile": "",
            "Parameters": {k: [str(v)] if not isinstance(v, list) else v for k, v in known.items()}, "ExecutionStartTime": begun, "__steps": steps,
            "ResolvedTargets": {"ParameterValues": [], "Truncated": False}, "StepExecutionsTruncated": False, "Tags": c.params.get("Tags") or [],
            "ClientToken": c.params.get("ClientToken"), "ExecutedBy": str(c.call("sts", "GetCallerIdentity")["Arn"])})

    def parameters(self, content: dict[str, Any], given: dict[str, list[str]]) -> dict[str, Any]:
        declared = content.get("parameters") or {}
        strays = [n for n in given if n not in declared]
        absent = [n for n, p in declared.items() if n not in given and "default" not in p]
        if strays or absent:
            raise fail(INVALID, f"{'Unknown' if strays else 'Missing'} parameters: {', '.join(strays or absent)}")
        return {n: (given[n] if str(p["type"]).endswith("List") else given[n][0]) if n in given else p["default"] for n, p in declared.items()}

    def settled(self, record: dict[str, Any]) -> dict[str, Any]:
        """Step by step by the clock."""
        steps = record["__steps"]
        age = (record.get("__stopped") or CLOCK.time()) - record["__since"]
        shown, start = [], 0.0
        for step in steps:
            end, begun = start + step["__seconds"], record["ExecutionStartTime"] + datetime.timedelta(seconds=start)
            state = step["__ends"] if age >= end else "InProgress" if age >= start else "Pending"
            ended = {"ExecutionEndTime": begun + datetime.timedelta(seconds=step["__seconds"])} if age >= end else {}
            shown.append({**step, "StepStatus": state, **({"ExecutionStartTime": begun} if age >= start else {}), **ended})
            start = end
        done = age >= start
        failure = next((s["FailureMessage"] for s in steps if s["__ends"] == "Failed"), None) if done else None
        state = "Cancelled" if record.get("__stopped") else "InProgress" if not done else "Failed" if failure else "Success"
        record.update(StepExecutions=shown, AutomationExecutionStatus=state)
        if failure:
            record["FailureMessage"] = failure
        if state in FINISHED:
            record.setdefault("ExecutionEndTime", record["ExecutionStartTime"] + datetime.timedelta(seconds=min(age, start)))
        return record

    def rows(self, c: Context) -> list[dict[str, Any]]:
        rows = [self.settled(r) for r in c.records(self.name).values()]
        for one in c.params.get("Filters") or []:
            rows = [r for r in rows if self.passes(r, one["Key"], one["Values"])]
        return sorted(rows, key=lambda r: r["__since"], reverse=True)

    def passes(self, record: dict[str, Any], key: str, values: list[str]) -> bool:
        fields = {"ExecutionStatus": "AutomationExecutionStatus", "ExecutionId": "AutomationExecutionId", "AutomationType": "AutomationType"}
        if key == "DocumentNamePrefix":
            return any(record["DocumentName"].startswith(v) for v in values)
        if key == "TagKey":
            return any(t["Key"] in values for t in record["Tags"])
        if key not in fields:
            raise fail("InvalidFilterKey", f"The filter key {key} is not valid.")
        return record.get(fields[key]) in values


executions = Executions(
    ssm, "Automation", key="AutomationExecutionId", create="StartAutomationExecution", get="GetAutomationExecution", list="DescribeAutomationExecutions",
    output="AutomationExecution", token="ClientToken", token_reused="IdempotentParameterMismatch", arn="__arn", type="ssm:automation-execution",
    missing=("AutomationExecutionNotFoundException", "Automation execution {} does not exist."),
    made={"AutomationExecutionId": make_uuid, "__arn": lambda c, r: c.arn(f"automation-execution/{r['AutomationExecutionId']}")})


@ssm.op("DescribeAutomationStepExecutions")
def steps(c: Context) -> dict[str, Any]:
    rows = executions.one(c)["StepExecutions"]
    for one in c.params.get("Filters") or []:
        if one["Key"] not in ("StepExecutionId", "StepName", "Action", "StepExecutionStatus"):
            raise fail("InvalidFilterKey", f"The filter key {one['Key']} is not valid.")
        field = {"StepExecutionStatus": "StepStatus"}.get(one["Key"], one["Key"])
        rows = [r for r in rows if r[field] in one["Values"]]
    return page(c, rows)


@ssm.op("StopAutomationExecution")
def stop(c: Context) -> None:
    record = executions.one(c)
    if record["AutomationExecutionStatus"] in FINISHED:
        raise fail("InvalidAutomationStatusUpdateException", "The execution is over.")
    record["__stopped"] = CLOCK.time()
