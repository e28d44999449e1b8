"""Stacks, their resources, events and change sets: what CloudFormation remembers, and how it shows it."""
from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..clock import now
from ..context import Context, make_uuid
from ..errors import fail
from ..state import STATE
from .templates import Template, invalid

GONE = "DELETE_COMPLETE"
EXECUTED = "EXECUTE_COMPLETE"  # of a change set: from then on it is known by its ARN alone, and its name is free
log = logging.getLogger("emulator")


@dataclass
class Resource:
    """`found` is everything known of the real thing; `properties` what the template asked for, resolved."""

    logical: str
    type: str
    properties: dict[str, Any]
    physical: str = ""
    status: str = "CREATE_IN_PROGRESS"
    reason: str = ""
    found: dict[str, Any] = field(default_factory=dict)
    policy: str = "Delete"  # DeletionPolicy
    replace_policy: str = "Delete"  # UpdateReplacePolicy
    needs: tuple[str, ...] = ()
    tags: dict[str, str] = field(default_factory=dict)
    metadata: Any = None
    attempted: dict[str, Any] = field(default_factory=dict)  # what an update that failed asked for
    updated: datetime = field(default_factory=now)
    drift: dict[str, Any] = field(default_factory=dict)


@dataclass
class Output:
    key: str
    value: str
    description: str = ""
    export: str = ""


@dataclass
class ChangeSet:
    id: str
    name: str
    kind: str  # CREATE, UPDATE or IMPORT
    body: str
    template: Template
    given: dict[str, str]
    parameters: dict[str, Any]
    tags: dict[str, str]
    capabilities: list[str]
    options: dict[str, Any]
    changes: list[dict[str, Any]] = field(default_factory=list)
    status: str = "CREATE_COMPLETE"
    reason: str = ""
    execution: str = "AVAILABLE"
    mode: str = ""  # REVERT_DRIFT: compares with what there really is
    created: datetime = field(default_factory=now)


@dataclass
class Stack:
    id: str
    name: str
    account: str
    region: str
    body: str = ""
    template: Template = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)  # parameters as they were given
    parameters: dict[str, Any] = field(default_factory=dict)  # as they are
    tags: dict[str, str] = field(default_factory=dict)
    capabilities: list[str] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)  # RoleARN, NotificationARNs, TimeoutInMinutes, DisableRollback ...
    protected: bool = False
    policy: str = ""
    status: str = "REVIEW_IN_PROGRESS"
    reason: str = ""
    resources: dict[str, Resource] = field(default_factory=dict)
    outputs: list[Output] = field(default_factory=list)
    imports: set[str] = field(default_factory=set)
    events: list[dict[str, Any]] = field(default_factory=list)
    change_sets: dict[str, ChangeSet] = field(default_factory=dict)
    applied: str = ""  # the change set that made it what it is
    undone: list[Any] = field(default_factory=list)  # what a rollback that failed still has to undo
    watch: Any = None  # an operation that its rollback triggers may still take back
    created: datetime = field(default_factory=now)
    updated: datetime | None = None
    deleted: datetime | None = None
    parent: str = ""
    root: str = ""
    drift: dict[str, Any] = field(default_factory=lambda: {"StackDriftStatus": "NOT_CHECKED"})

    @property
    def alive(self) -> bool:
        return self.status != GONE

    def context(self) -> Context:
        return Context("cloudformation", None, {}, self.account, self.region)

    def turn(self, status: str, reason: str = "") -> None:
        """The stack's own status, with its event."""
        self.status, self.reason = status, reason
        self.event(self.name, self.id, "AWS::CloudFormation::Stack", status, reason)

    def mark(self, resource: Resource, status: str, reason: str = "", physical: str | None = None) -> None:
        resource.status, resource.reason, resource.updated = status, reason, now()
        if status.endswith("_FAILED"):
            log.warning("stack %s: %s (%s): %s: %s", self.name, resource.logical, resource.type, status, reason)
        shown = resource.physical if physical is None else physical
        self.event(resource.logical, shown, resource.type, status, reason, resource.properties)

    def event(self, logical: str, physical: str, kind: str, status: str, reason: str = "", properties: Any = None) -> None:
        event = {"StackId": self.id, "StackName": self.name, "EventId": f"{logical}-{status}-{make_uuid()}", "LogicalResourceId": logical,
                 "PhysicalResourceId": physical, "ResourceType": kind, "Timestamp": now(), "ResourceStatus": status}
        if reason:
            event["ResourceStatusReason"] = reason
        if properties is not None:
            event["ResourceProperties"] = json.dumps(properties, default=str)
        token = self.options.get("ClientRequestToken")
        if token:
            event["ClientRequestToken"] = token
        self.events.append(event)
        for topic in self.options.get("NotificationARNs") or []:
            self.tell(topic, event)

    def tell(self, topic: str, event: dict[str, Any]) -> None:
        told = {k: event[k] for k in ("StackId", "EventId", "LogicalResourceId", "PhysicalResourceId", "ResourceType", "StackName", "ResourceStatus")}
        lines = [f"Timestamp='{event['Timestamp'].isoformat()}'", *(f"{k}='{v}'" for k, v in told.items()),
                 f"ResourceStatusReason='{event.get('ResourceStatusReason', '')}'", f"ResourceProperties='{event.get('ResourceProperties', 'null')}'"]
        if self.context().exists("sns", "GetTopicAttributes", TopicArn=topic):
            self.context().call("sns", "Publish", TopicArn=topic, Message="\n".join(lines) + "\n", Subject="AWS CloudFormation Notification")


def stacks(account: str, region: str) -> dict[str, Stack]:
    """By id, oldest first, deleted ones included."""
    kept: Any = STATE.table(account, region, "cloudformation", "Stack")
    return kept  # type: ignore[no-any-return]


def tagged(account: str, region: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """What the tagging API sees of stacks."""
    for stack in stacks(account, region).values():
        if stack.alive:
            yield stack.id, "cloudformation:stack", stack.tags


def find(context: Context, named: str, alive: bool = False) -> Stack:
    """By name (a deleted stack has none any more) or by id. Raises Refused as DescribeStacks does."""
    every = stacks(context.account, context.region)
    if named in every and (every[named].alive or not alive):
        return every[named]
    for stack in every.values():
        if stack.name == named and stack.alive:
            return stack
    raise invalid(f"Stack with id {named} does not exist")


def living(context: Context) -> list[Stack]:
    return [s for s in stacks(context.account, context.region).values() if s.alive]


def exports(context: Context) -> dict[str, tuple[Stack, Output]]:
    return {o.export: (s, o) for s in living(context) for o in s.outputs if o.export}


def importers(context: Context, export: str) -> list[Stack]:
    return [s for s in living(context) if export in s.imports]


def change_set_of(context: Context, named: str, stack: str = "") -> tuple[Stack, ChangeSet]:
    if stack and not named.startswith("arn:"):
        owner = find(context, stack)
        for found in owner.change_sets.values():
            if found.name == named and found.execution != EXECUTED:
                return owner, found
    elif named.startswith("arn:"):
        for owner in stacks(context.account, context.region).values():
            if named in owner.change_sets:
                return owner, owner.change_sets[named]
    else:
        raise invalid("StackName must be specified if ChangeSetName is not specified as an ARN.")
    raise fail("ChangeSetNotFound", f"ChangeSet [{named}] does not exist", 404)


def describe(stack: Stack) -> dict[str, Any]:
    """A stack as DescribeStacks shows it."""
    from .parameters import shown
    options = stack.options
    out: dict[str, Any] = {
        "StackId": stack.id, "StackName": stack.name, "CreationTime": stack.created, "StackStatus": stack.status,
        "DisableRollback": bool(options.get("DisableRollback")), "NotificationARNs": options.get("NotificationARNs") or [],
        "Tags": [{"Key": k, "Value": v} for k, v in stack.tags.items()], "EnableTerminationProtection": stack.protected,
        "RollbackConfiguration": options.get("RollbackConfiguration") or {}, "DriftInformation": stack.drift,
    }
    outputs = [{"OutputKey": o.key, "OutputValue": o.value, **({"Description": o.description} if o.description else {}),
                **({"ExportName": o.export} if o.export else {})} for o in stack.outputs]
    extra = {"Outputs": outputs, "Capabilities": stack.capabilities, "Parameters": shown(stack.template, stack.given, stack.parameters),
             "StackStatusReason": stack.reason, "Description": stack.template.get("Description"), "LastUpdatedTime": stack.updated,
             "DeletionTime": stack.deleted, "RoleARN": options.get("RoleARN"), "TimeoutInMinutes": options.get("TimeoutInMinutes"),
             "ChangeSetId": stack.applied, "ParentId": stack.parent, "RootId": stack.root}
    return {**out, **{k: v for k, v in extra.items() if v}}
