"""A stack and what it is asked to become -> the changes that a change set shows."""
from __future__ import annotations

import json
from typing import Any

from .functions import UNKNOWN
from .plan import Plan, Request
from .stacks import GONE, Resource, Stack
from .templates import references
from .types import known_type


def changes_of(stack: Stack, request: Request) -> list[dict[str, Any]]:
    """[{Type: Resource, ResourceChange}] in the order in which they would be made, removals last."""
    plan = Plan(stack, request, guess=True)
    found = []
    for name in plan.order:
        change = one(stack, plan, name)
        if change:
            found.append(change)
    for name, resource in stack.resources.items():
        if name not in plan.resources and resource.status != GONE:
            found.append({"Action": "Remove", "PolicyAction": "Retain" if resource.policy == "Retain" else "Delete", **named(resource)})
    return [{"Type": "Resource", "ResourceChange": c} for c in found]


def named(resource: Resource) -> dict[str, Any]:
    return {"LogicalResourceId": resource.logical, "PhysicalResourceId": resource.physical, "ResourceType": resource.type}


def one(stack: Stack, plan: Plan, name: str) -> dict[str, Any] | None:
    about, resource = plan.resources[name], stack.resources.get(name)
    if resource is None or resource.status == GONE or not resource.found:
        return {"Action": "Add", "LogicalResourceId": name, "ResourceType": about["Type"], "Scope": [], "Details": []}
    properties, tags = plan.properties(name), plan.tags(name)
    changed = sorted(k for k in {*properties, *resource.properties} if properties.get(k) != resource.properties.get(k))
    scope = ["Properties"] if changed else []
    if tags != resource.tags:
        scope.append("Tags")
    if about.get("Metadata") != resource.metadata:
        scope.append("Metadata")
    if plan.policy(name, "DeletionPolicy") != resource.policy:
        scope.append("DeletionPolicy")
    if not scope:
        return None
    replaced = known_type(resource.type).replaces(set(changed))
    if replaced:
        plan.replaced.add(name)  # what refers to it is not known before it is made
    details = [detail(stack, plan, resource, k, k in replaced, properties.get(k)) for k in changed]
    details += [{"Target": {"Attribute": s, "RequiresRecreation": "Never"}, "Evaluation": "Static", "ChangeSource": "DirectModification"}
                for s in scope if s != "Properties"]
    certain = any(d["Evaluation"] == "Static" and d["Target"]["RequiresRecreation"] == "Always" for d in details)
    change = {"Action": "Modify", **named(resource), "Scope": scope, "Details": details,
              "Replacement": "True" if certain else "Conditional" if replaced else "False"}
    if replaced:
        change["PolicyAction"] = "ReplaceAndRetain" if resource.replace_policy == "Retain" else "ReplaceAndDelete"
    return change


def detail(stack: Stack, plan: Plan, resource: Resource, name: str, recreates: bool, value: Any) -> dict[str, Any]:
    """Why one property changes: edited in the template, by a parameter, or because what it refers to does."""
    target = {"Attribute": "Properties", "Name": name, "RequiresRecreation": "Always" if recreates else "Never", "Path": f"/Properties/{name}"}
    before = resource.properties.get(name)
    target["AttributeChangeType"] = "Remove" if value is None else "Add" if before is None else "Modify"
    if before is not None:
        target["BeforeValue"] = shown(before)
    if value is not None:
        target["AfterValue"] = shown(value)
    new = (plan.resources[resource.logical].get("Properties") or {}).get(name)
    old = ((stack.template.get("Resources") or {}).get(resource.logical, {}).get("Properties") or {}).get(name)
    unsure = UNKNOWN in json.dumps(value, default=str)
    out: dict[str, Any] = {"Target": target, "Evaluation": "Dynamic" if unsure else "Static", "ChangeSource": "DirectModification"}
    if new == old:
        for entity, attribute in references(new):
            if entity in plan.request.parameters and not attribute:
                if plan.request.parameters[entity] != stack.parameters.get(entity):
                    return {**out, "ChangeSource": "ParameterReference", "CausingEntity": entity}
            elif entity in plan.resources:
                source = "ResourceAttribute" if attribute else "ResourceReference"
                return {**out, "ChangeSource": source, "CausingEntity": f"{entity}.{attribute}" if attribute else entity}
    return out


def shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)


def only_said_again(stack: Stack, request: Request) -> bool:
    """Nothing of the stack itself is different either: its outputs, tags, topics and roll back triggers."""
    asked = {k: v for k, v in request.options.items() if k in ("NotificationARNs", "RollbackConfiguration", "RoleARN")}
    same = (stack.template.get("Outputs") or {}) == (request.template.get("Outputs") or {})
    return same and stack.tags == request.tags and all(stack.options.get(k) == v for k, v in asked.items())
