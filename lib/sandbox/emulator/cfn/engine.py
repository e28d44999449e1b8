"""A stack made, changed, rolled back and deleted, resource by resource, each with its events."""
from __future__ import annotations

import logging
import re
from typing import Any

from ..clock import now
from ..errors import Refused, says_gone
from . import triggers
from .functions import as_text
from .plan import Plan, Request
from .stacks import GONE, Output, Resource, Stack, exports, importers
from .templates import invalid
from .types import NotStabilized, Work, known_type

log = logging.getLogger("emulator")


class Failed(Exception):
    """A resource could not be made, changed or removed."""

    def __init__(self, resource: Resource | None, reason: str):
        super().__init__(reason)
        self.resource, self.reason = resource, reason


def reason_of(kind: str, error: Exception) -> str:
    """What the resource's event says: the service's own words."""
    if isinstance(error, NotStabilized):
        return str(error)
    if isinstance(error, Refused) and error.code == "ValidationError" and error.message.startswith(("Properties validation", "Template", "Unable to fetch", "No export")):
        return error.message
    service = kind.split("::")[1] if kind.count("::") >= 2 else kind
    if isinstance(error, Refused):
        return (f'Resource handler returned message: "{error.message} (Service: {service}, Status Code: {error.status}, Code: {error.code})" '
                f"(HandlerErrorCode: {handler_code(error.code)})")
    log.exception("%s failed", kind, exc_info=error)
    return f'Resource handler returned message: "{type(error).__name__}: {error}" (HandlerErrorCode: InternalFailure)'


# CloudFormation's own codes (CloudFormation CLI user guide, "Handler error codes", 2026-11-26); the first that fits is it.
HANDLER_CODES = {
    "NotFound": r"NotFound|NoSuch|DoesNotExist|NonExist",
    "AlreadyExists": r"Exist|Duplicate",
    "AccessDenied": r"AccessDenied|Unauthorized|AuthFailure",
    "Throttling": r"Throttl|TooManyRequests|RequestLimitExceeded",
    "ServiceLimitExceeded": r"(Limits?|Quota)(Exceeded|Reached)|OverLimit",
    "ResourceConflict": r"Dependency|InUse|Conflict",
}


def handler_code(code: str) -> str:
    """What CloudFormation calls a service's error of this code."""
    return next((name for name, pattern in HANDLER_CODES.items() if re.search(pattern, code)), "InvalidRequest")


def work_of(stack: Stack, resource: Resource, tags: dict[str, str]) -> Work:
    return Work(stack.context(), stack.name, stack.id, resource.logical, resource.type, resource.properties, tags)


# ---------------------------------------------------------------- create


def create(stack: Stack, request: Request, on_failure: str = "ROLLBACK") -> None:
    """Ends in CREATE_COMPLETE, or in what `on_failure` says: ROLLBACK_COMPLETE, CREATE_FAILED (DO_NOTHING) or gone (DELETE)."""
    plan = Plan(stack, request)
    adopt(stack, request)
    stack.turn("CREATE_IN_PROGRESS", "User Initiated")
    try:
        for name in plan.order:
            make(stack, plan, name)
        stack.outputs, stack.imports = outputs(stack, plan), plan.imports
    except (Failed, Refused) as error:
        undo_create(stack, error, on_failure)
        return
    reason = triggers.trouble(stack)
    if reason:
        undo_create(stack, Failed(None, reason), on_failure)
    elif not triggers.watched(stack, on_failure=on_failure):
        stack.turn("CREATE_COMPLETE")


def adopt(stack: Stack, request: Request) -> None:
    stack.body, stack.template, stack.given, stack.parameters = request.body, request.template, request.given, request.parameters
    stack.tags, stack.capabilities, stack.applied = request.tags, request.capabilities, request.change_set
    stack.options = {**stack.options, **request.options}


def make(stack: Stack, plan: Plan, name: str) -> None:
    """One new resource."""
    about = plan.resources[name]
    resource = Resource(name, about["Type"], {}, policy=plan.policy(name, "DeletionPolicy"), needs=plan.needed(name),
                        replace_policy=plan.policy(name, "UpdateReplacePolicy"), tags=plan.tags(name), metadata=about.get("Metadata"))
    stack.resources[name] = resource
    kind = known_type(resource.type)
    try:
        resource.properties = plan.properties(name)
        kind.check(resource.properties)
        stack.mark(resource, "CREATE_IN_PROGRESS")
        resource.found = kind.create(work_of(stack, resource, resource.tags))
        resource.physical = kind.physical(resource.found)
    except Exception as error:  # whatever a handler raises is the resource's failure, not the server's
        reason = reason_of(resource.type, error)
        stack.mark(resource, "CREATE_FAILED", reason)
        raise Failed(resource, reason) from None
    stack.mark(resource, "CREATE_IN_PROGRESS", "Resource creation Initiated")
    stack.mark(resource, "CREATE_COMPLETE", f"not emulated: {kind.not_emulated}" if kind.not_emulated else "")


def undo_create(stack: Stack, error: Exception, on_failure: str) -> None:
    failed = getattr(error, "resource", None)
    what = f"The following resource(s) failed to create: [{failed.logical}]. " if failed else f"{getattr(error, 'message', error)} ".replace("  ", " ")
    if on_failure == "DO_NOTHING":
        stack.turn("CREATE_FAILED", what.strip())
        return
    if on_failure == "DELETE":
        stack.turn("DELETE_IN_PROGRESS", f"{what}Delete requested by user.")
        stack.turn(*(("DELETE_FAILED", left_text(left)) if (left := remove_all(stack)) else (GONE, "")))
        stack.deleted = now()
        return
    stack.turn("ROLLBACK_IN_PROGRESS", f"{what}Rollback requested by user.")
    left = remove_all(stack, created=True)
    stack.outputs, stack.imports = [], set()
    stack.turn(*(("ROLLBACK_FAILED", left_text(left)) if left else ("ROLLBACK_COMPLETE", "")))


def left_text(names: list[str]) -> str:
    return f"The following resource(s) failed to delete: [{', '.join(names)}]. "


# ---------------------------------------------------------------- delete


def delete(stack: Stack, retain: list[str] | None = None) -> None:
    """Ends in DELETE_COMPLETE, or in DELETE_FAILED with the names of what would not go. Raises Refused where it may not begin."""
    if stack.protected:
        raise invalid(f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")
    if stack.status.startswith("UPDATE") and stack.status.endswith("IN_PROGRESS"):
        raise invalid(f"Stack [{stack.id}] cannot be deleted while in status {stack.status}")
    stack.watch = None
    for output in stack.outputs:
        users = importers(stack.context(), output.export) if output.export else []
        if users:
            stack.turn("DELETE_IN_PROGRESS", "User Initiated")
            names = ", ".join(s.name for s in users)
            stack.turn("DELETE_FAILED", f"Cannot delete export {output.export} as it is in use by {names}.")
            return
    stack.turn("DELETE_IN_PROGRESS", "User Initiated")
    left = remove_all(stack, retain=retain or [])
    if left:
        stack.turn("DELETE_FAILED", left_text(left))
        return
    stack.outputs, stack.imports, stack.deleted = [], set(), now()
    stack.turn(GONE)


def remove_all(stack: Stack, retain: list[str] | tuple[str, ...] = (), created: bool = False) -> list[str]:
    """Deletes what there is, last made first; what something that stayed needs is not tried. The names that are left."""
    left: list[str] = []
    for name in reversed(by_need(stack.resources)):
        resource = stack.resources[name]
        if resource.status == GONE or (resource.status == "DELETE_SKIPPED"):
            continue
        if any(name in stack.resources[other].needs for other in left):
            left.append(name)  # CloudFormation does not begin with it either
        elif not remove(stack, resource, keep=name in retain, created=created):
            left.append(name)
    return [n for n in left if stack.resources[n].status == "DELETE_FAILED"] or left


def by_need(resources: dict[str, Resource]) -> list[str]:
    """The order in which they were made, by what each needed."""
    from .order import in_order
    return in_order({n: {"DependsOn": [d for d in r.needs if d in resources]} for n, r in resources.items()})


def remove(stack: Stack, resource: Resource, keep: bool = False, created: bool = False) -> bool:
    """One resource; False when it would not go."""
    if not resource.found:  # its creation failed: there is nothing
        stack.mark(resource, GONE)
        return True
    retained = resource.policy == "Retain" or (resource.policy == "RetainExceptOnCreate" and not created)
    if keep or retained:
        stack.mark(resource, "DELETE_SKIPPED")
        return True
    stack.mark(resource, "DELETE_IN_PROGRESS")
    try:
        if resource.policy == "Snapshot" and not created:
            snapshot(stack, resource)
        known_type(resource.type).delete(work_of(stack, resource, resource.tags), resource.found)
    except Exception as error:  # told as the resource's failure
        if not says_gone(error):
            stack.mark(resource, "DELETE_FAILED", reason_of(resource.type, error))
            return False
    stack.mark(resource, GONE)
    return True


def snapshot(stack: Stack, resource: Resource) -> None:
    """DeletionPolicy: Snapshot."""
    if resource.type == "AWS::EC2::Volume":
        stack.context().call("ec2", "CreateSnapshot", VolumeId=resource.physical)
    elif resource.type == "AWS::RDS::DBInstance":
        stack.context().call("rds", "CreateDBSnapshot", DBInstanceIdentifier=resource.physical,
                             DBSnapshotIdentifier=f"{stack.name}-snapshot-{resource.logical}".lower()[:255])


# ---------------------------------------------------------------- outputs


def outputs(stack: Stack, plan: Plan) -> list[Output]:
    """Raises Failed for an export that another stack has."""
    found = []
    for key, about in (plan.request.template.get("Outputs") or {}).items():
        if "Condition" in about and not plan.resolver.condition(about["Condition"]):
            continue
        value = plan.resolver.value(about.get("Value"))
        name = plan.resolver.value((about.get("Export") or {}).get("Name", "")) if about.get("Export") else ""
        owner = exports(stack.context()).get(str(name)) if name else None
        if owner and owner[0].id != stack.id:
            raise Failed(None, f"Export with name {name} is already exported by stack {owner[0].name}. ")
        found.append(Output(key, str(as_text(value)), str(about.get("Description") or ""), str(name or "")))
    return found
