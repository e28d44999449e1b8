"""A stack changed into what it is asked to become; back again when that fails."""
from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from ..clock import now
from ..errors import Refused
from . import triggers
from .engine import Failed, adopt, by_need, make, outputs, reason_of, remove, work_of
from .plan import Plan, Request
from .stacks import GONE, Resource, Stack, importers
from .types import Work, known_type


@dataclass
class Done:
    """What has been done to one resource, to be undone if the update fails."""

    name: str
    how: str  # added, changed or replaced
    before: Resource | None


@dataclass
class Undo:
    """What an update has done, and what the stack was before."""

    was: tuple[Any, ...]
    outputs: list[Any]
    imports: set[str]
    done: list[Done]
    old: list[Resource]  # replaced: deleted when all is well
    kept: set[str]  # the names of the new template


def update(stack: Stack, request: Request, disable_rollback: bool = False) -> None:
    """Ends in UPDATE_COMPLETE, UPDATE_ROLLBACK_COMPLETE, UPDATE_ROLLBACK_FAILED or (not rolled back) UPDATE_FAILED."""
    plan = Plan(stack, request)
    was = (stack.body, stack.template, stack.given, stack.parameters, stack.tags, stack.capabilities, stack.applied)
    undo = Undo(was, stack.outputs, stack.imports, [], [], set(plan.resources))
    adopt(stack, request)
    stack.updated = now()
    stack.turn("UPDATE_IN_PROGRESS", "User Initiated")
    try:
        for name in plan.order:
            change(stack, plan, name, undo.done, undo.old)
        stack.outputs = outputs(stack, plan)
        stack.imports = plan.imports
        exports_held(stack, undo.outputs)
        reason = triggers.trouble(stack)
        if reason:
            raise Failed(None, reason)
    except (Failed, Refused) as error:
        reason = error.reason if isinstance(error, Failed) else error.message
        failed = getattr(error, "resource", None)
        told = f"The following resource(s) failed to {'update' if failed and failed.found else 'create'}: [{failed.logical}]. " if failed else reason
        if disable_rollback:
            stack.turn("UPDATE_FAILED", told)
        else:
            take_back(stack, undo, told)
        return
    if not triggers.watched(stack, undo):
        finish(stack, undo)


def take_back(stack: Stack, undo: Undo, reason: str) -> None:
    stack.turn("UPDATE_ROLLBACK_IN_PROGRESS", reason)
    (stack.body, stack.template, stack.given, stack.parameters, stack.tags, stack.capabilities, stack.applied) = undo.was
    stack.outputs, stack.imports = undo.outputs, undo.imports
    back(stack, undo.done)


def finish(stack: Stack, undo: Undo, _: str = "") -> None:
    tidy(stack, undo.kept, undo.old)
    stack.turn("UPDATE_COMPLETE")


def exports_held(stack: Stack, before: list[Any]) -> None:
    """An export that another stack imports can neither go nor change."""
    after = {o.export: o.value for o in stack.outputs if o.export}
    for output in before:
        if output.export and after.get(output.export) != output.value:
            users = importers(stack.context(), output.export)
            if users:
                what = "delete" if output.export not in after else "update"
                raise Failed(None, f"Cannot {what} export {output.export} as it is in use by {', '.join(s.name for s in users)}.")


def change(stack: Stack, plan: Plan, name: str, done: list[Done], old: list[Resource]) -> None:
    """One resource of the new template: made, changed, replaced or left alone."""
    resource = stack.resources.get(name)
    about = plan.resources[name]
    if resource is None or resource.status == GONE or not resource.found:
        done.append(Done(name, "added", None))
        make(stack, plan, name)
        return
    if resource.type != about["Type"]:
        raise Failed(resource, f"Update of resource type is not permitted. The new template modifies resource type of the following resources: [{name}]")
    kind = known_type(resource.type)
    try:
        properties = plan.properties(name)
    except Refused as error:
        stack.mark(resource, "UPDATE_FAILED", error.message)
        raise Failed(resource, error.message) from None
    tags = plan.tags(name)
    resource.policy, resource.replace_policy = plan.policy(name, "DeletionPolicy"), plan.policy(name, "UpdateReplacePolicy")
    resource.needs, resource.metadata = plan.needed(name), about.get("Metadata")
    changed = {k for k in {*properties, *resource.properties} if properties.get(k) != resource.properties.get(k)}
    if not changed and tags == resource.tags:
        return
    before = copy.copy(resource)
    before.found, before.properties = dict(resource.found), resource.properties
    if kind.replaces(changed):
        done.append(Done(name, "replaced", before))
        replace(stack, plan, name)
        old.append(before)
        return
    done.append(Done(name, "changed", before))
    changed_in_place(stack, resource, properties, tags)


def changed_in_place(stack: Stack, resource: Resource, properties: dict[str, Any], tags: dict[str, str]) -> None:
    kind = known_type(resource.type)
    stack.mark(resource, "UPDATE_IN_PROGRESS")
    work = Work(stack.context(), stack.name, stack.id, resource.logical, resource.type, properties, tags, resource.properties, resource.tags)
    try:
        kind.check(properties)
        resource.found = kind.update(work, resource.found)
        resource.physical = kind.physical(resource.found)
    except Exception as error:  # told as the resource's failure
        reason = reason_of(resource.type, error)
        resource.attempted = properties
        stack.mark(resource, "UPDATE_FAILED", reason)
        raise Failed(resource, reason) from None
    resource.properties, resource.tags = properties, tags
    stack.mark(resource, "UPDATE_COMPLETE", f"not emulated: {kind.not_emulated}" if kind.not_emulated else "")


def replace(stack: Stack, plan: Plan, name: str) -> None:
    resource = stack.resources[name]
    stack.mark(resource, "UPDATE_IN_PROGRESS", "Requested update requires the creation of a new physical resource; hence creating one.")
    kind = known_type(resource.type)
    new = copy.copy(resource)
    stack.resources[name] = new
    new.properties, new.tags = plan.properties(name), plan.tags(name)
    try:
        kind.check(new.properties)
        new.found = kind.create(work_of(stack, new, new.tags))
        new.physical = kind.physical(new.found)
    except Exception as error:  # told as the resource's failure
        reason = reason_of(resource.type, error)
        stack.resources[name] = resource
        stack.mark(resource, "UPDATE_FAILED", reason)
        raise Failed(resource, reason) from None
    stack.mark(new, "UPDATE_COMPLETE")


def tidy(stack: Stack, kept: set[str], old: list[Resource]) -> None:
    """What was replaced or is in the template no longer goes, in the other order; what will not go is told, and stays behind."""
    stack.turn("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
    for resource in reversed(old):
        clear_away(stack, resource, resource.replace_policy)
    gone = {n: r for n, r in stack.resources.items() if n not in kept}
    for name in reversed(by_need(stack.resources)):
        if name in gone:
            clear_away(stack, gone[name], gone[name].policy)
            del stack.resources[name]


def clear_away(stack: Stack, resource: Resource, policy: str) -> None:
    if not resource.found or resource.status in (GONE, "DELETE_SKIPPED"):
        return
    held = copy.copy(resource)
    held.policy = policy
    remove(stack, held)


def back(stack: Stack, done: list[Done], skip: list[str] | tuple[str, ...] = ()) -> None:
    """Undoes what was done, last first. What cannot be undone is told, and remembered for ContinueUpdateRollback."""
    trouble = []
    for step in reversed(done):
        if step.before is None or step.name in skip:
            continue
        resource = stack.resources[step.name]
        if step.how == "replaced":
            if resource.physical != step.before.physical:
                new = copy.copy(resource)
                stack.resources[step.name] = step.before
                clear_away(stack, new, "Delete")
            stack.mark(step.before, "UPDATE_COMPLETE")
        elif not restored(stack, resource, step.before):
            trouble.append(step.name)
    stack.undone = done if trouble else []
    if trouble:
        stack.turn("UPDATE_ROLLBACK_FAILED", f"The following resource(s) failed to update: [{', '.join(trouble)}]. ")
        return
    stack.turn("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")
    for step in reversed(done):
        if step.how == "added" and step.name in stack.resources:
            remove(stack, stack.resources[step.name], created=True)
            del stack.resources[step.name]
    stack.turn("UPDATE_ROLLBACK_COMPLETE")


def restored(stack: Stack, resource: Resource, before: Resource) -> bool:
    """Puts the old properties back. What failed half way is changed back as far as it goes: it was never told as changed."""
    half = resource.status == "UPDATE_FAILED"
    if half:
        resource.properties, resource.tags = resource.attempted or before.properties, before.tags
    try:
        changed_in_place(stack, resource, before.properties, before.tags)
        return True
    except Failed:
        if half:
            resource.properties = before.properties
            stack.mark(resource, "UPDATE_COMPLETE")
        return half
