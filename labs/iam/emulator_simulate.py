"""IAM's policy simulator: the policies of a user, group or role, or given ones, asked about actions. The evaluation is the engine's own."""
from __future__ import annotations

import json
from typing import Any

from emulator.base.conditions import Malformed
from emulator.base.identity import attached, boundary, kind_of, name_of
from emulator.base.policy import Caller, Decision, Policies, Policy, Request, Statement, decide, is_about, keys_of, read, statement_keys, values
from emulator.context import Context
from emulator.errors import Refused, fail
from emulator.pages import page
from emulator.services import service

iam = service("iam", regional=False)


def given(texts: list[str] | None, prefix: str) -> tuple[Policy, ...]:
    """The documents of a request, numbered as the simulator's answers number them."""
    out = []
    for i, text in enumerate(texts or [], 1):
        try:
            out.append(read(text, f"{prefix}.{i}"))
        except Malformed as error:
            raise fail("InvalidInput", f"{prefix}.{i}: {error}") from None
    return tuple(out)


# ---------------------------------------------------------------- the policies of a principal


def principal(c: Context, arn: str) -> tuple[tuple[Policy, ...], tuple[Policy, ...] | None]:
    """(its policies, its groups' included; its boundary) of the ARN of a user, group or role."""
    kind, name = kind_of(arn).capitalize(), name_of(arn)
    if kind not in ("User", "Group", "Role"):
        raise fail("InvalidInput", f"Invalid Entity Arn: {arn} does not clearly define entity type and name.")
    try:
        entity = c.call("iam", f"Get{kind}", **{f"{kind}Name": name})[kind]
    except Refused:
        entity = {"Arn": ""}
    if entity["Arn"] != arn:
        raise fail("NoSuchEntity", f"The specified entity {arn} does not exist.", 404)
    return tuple(attached(c, kind, name)), boundary(c, entity)


# ---------------------------------------------------------------- the simulator


@iam.op("SimulateCustomPolicy")
def simulate_custom(c: Context) -> dict[str, Any]:
    return simulated(c, (), None)


@iam.op("SimulatePrincipalPolicy")
def simulate_principal(c: Context) -> dict[str, Any]:
    return simulated(c, *principal(c, c.params["PolicySourceArn"]))


def simulated(c: Context, own: tuple[Policy, ...], bounds: tuple[Policy, ...] | None) -> dict[str, Any]:
    p = c.params
    if p.get("PolicyExclusionList"):
        raise NotImplementedError("policies left out of a simulation")
    if p.get("PermissionsBoundaryPolicyInputList"):
        bounds = given(p["PermissionsBoundaryPolicyInputList"], "PermissionsBoundaryPolicyInputList")
    resource = given([p["ResourcePolicy"]] if p.get("ResourcePolicy") else [], "ResourcePolicy")
    together = Policies((*own, *given(p.get("PolicyInputList"), "PolicyInputList")), resource, bounds, foreign=bool(foreign(p)))
    caller = p.get("CallerArn") or p.get("PolicySourceArn")
    if resource and not caller:
        raise fail("InvalidInput", "CallerArn is required when a ResourcePolicy is given and the PolicySourceArn is not the ARN of a user.")
    context = values({e["ContextKeyName"]: e.get("ContextKeyValues") or [] for e in p.get("ContextEntries") or []})
    rows = []
    for action in p["ActionNames"]:
        if ":" not in action:
            raise fail("InvalidInput", f"Invalid action name: {action}. Actions must be of the form service:action.")
        for arn in p.get("ResourceArns") or ["*"]:
            request = Request(action, arn, context, Caller(caller) if caller else None)
            rows.append(result(request, together, decide(request, together)))
    shown = page(c, rows)
    return {"IsTruncated": "Marker" in shown, **shown}


def foreign(p: dict[str, Any]) -> bool:
    owner, caller = p.get("ResourceOwner"), p.get("CallerArn") or p.get("PolicySourceArn")
    return bool(owner and caller and p.get("ResourcePolicy") and str(owner).split(":")[4:5] != str(caller).split(":")[4:5])


def result(request: Request, policies: Policies, found: Decision) -> dict[str, Any]:
    out: dict[str, Any] = {
        "EvalActionName": request.action, "EvalResourceName": request.resource, "EvalDecision": found.decision,
        "MatchedStatements": [matched(s) for s in found.matched], "MissingContextValues": missing(request, policies),
    }
    if found.by_boundary is not None:
        out["PermissionsBoundaryDecisionDetail"] = {"AllowedByPermissionsBoundary": found.by_boundary}
    return out


def missing(request: Request, policies: Policies) -> list[str]:
    """Context keys that a statement about the action and resource asks for, and the request does not give."""
    every = [*policies.identity, *policies.resource, *(policies.boundary or ())]
    asked = [k for p in every for s in p.statements() if is_about(s, request) for k in statement_keys(s)]
    return list(dict.fromkeys(k for k in asked if k.lower() not in request.context))


# ---------------------------------------------------------------- where a statement stands in its document


def matched(statement: Statement) -> dict[str, Any]:
    start, end = span(statement.policy.text, statement.index)
    return {"SourcePolicyId": statement.policy.id, "SourcePolicyType": statement.policy.kind,
            "StartPosition": position(statement.policy.text, start), "EndPosition": position(statement.policy.text, end)}


def position(text: str, offset: int) -> dict[str, int]:
    return {"Line": text.count("\n", 0, offset) + 1, "Column": offset - (text.rfind("\n", 0, offset) + 1) + 1}


def span(text: str, index: int) -> tuple[int, int]:
    """Offsets of a statement, as the simulator tells them: from after what precedes it in a list, or from after its own brace."""
    decoder, at = json.JSONDecoder(), text.index("{") + 1
    while True:
        key, at = decoder.raw_decode(text, skip(text, at, ", \t\r\n"))
        at = skip(text, at, ": \t\r\n")
        if key == "Statement":
            break
        _, at = decoder.raw_decode(text, at)
    if text[at] != "[":
        return at + 1, decoder.raw_decode(text, at)[1]
    start = end = at + 1
    for _ in range(index + 1):
        start = end
        _, end = decoder.raw_decode(text, skip(text, start, ", \t\r\n"))
    return start, end


def skip(text: str, at: int, characters: str) -> int:
    while text[at] in characters:
        at += 1
    return at


# ---------------------------------------------------------------- which context keys there are to give


def named(policies: tuple[Policy, ...]) -> dict[str, Any]:
    return {"ContextKeyNames": list(dict.fromkeys(k for p in policies for k in keys_of(p)))}


@iam.op("GetContextKeysForCustomPolicy")
def keys_for_custom(c: Context) -> dict[str, Any]:
    return named(given(c.params["PolicyInputList"], "PolicyInputList"))


@iam.op("GetContextKeysForPrincipalPolicy")
def keys_for_principal(c: Context) -> dict[str, Any]:
    own, _ = principal(c, c.params["PolicySourceArn"])
    return named((*own, *given(c.params.get("PolicyInputList"), "PolicyInputList")))
