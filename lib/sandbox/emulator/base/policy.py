"""IAM's evaluation of policies: a request and the policies that speak of it -> allowed, explicitDeny or implicitDeny. Pure.

As https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html says (2026-11-22): a Deny anywhere
wins; every level of service control policies, the permissions boundary and the session's policies have to allow, where there are
any; and then a policy of the identity or of the resource has to, or both where the resource is another account's.
"""
from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .conditions import WITH_VARIABLES, Malformed, Values, expanded, like, many, met, parsed, variables

ALLOWED, EXPLICIT_DENY, IMPLICIT_DENY = "allowed", "explicitDeny", "implicitDeny"
OLDEST = "2008-10-17"  # the version of a document that names none


@dataclass(frozen=True)
class Caller:
    """Who asks, as a Principal element names it. A role's session goes by its own ARN and by its role's."""

    arn: str  # of a user, role or session; a service's name; a provider's ARN
    kind: str = "AWS"  # AWS, Service, Federated
    role: str = ""

    @property
    def account(self) -> str:
        return self.arn.split(":")[4] if self.arn.startswith("arn:") else ""


@dataclass(frozen=True)
class Request:
    """`context` gives the values of condition keys, their names in lower case: see values()."""

    action: str
    resource: str = "*"
    context: Values = field(default_factory=dict)
    caller: Caller | None = None


@dataclass(frozen=True)
class Policy:
    document: Mapping[str, Any]
    id: str = ""
    kind: str = "IAM Policy"
    text: str = ""

    @property
    def version(self) -> str:
        return str(self.document.get("Version", OLDEST))

    def statements(self) -> list[Statement]:
        return [Statement(self, i, body) for i, body in enumerate(many(self.document.get("Statement")))]


@dataclass(frozen=True)
class Statement:
    policy: Policy
    index: int
    body: Mapping[str, Any]

    @property
    def denies(self) -> bool:
        return bool(self.body["Effect"] == "Deny")


@dataclass(frozen=True)
class Policies:
    """All that speak of a request. None: there is no such limit. () is a limit that allows nothing."""

    identity: tuple[Policy, ...] = ()  # the user's or role's own, attached, and its groups'
    resource: tuple[Policy, ...] = ()
    boundary: tuple[Policy, ...] | None = None
    session: tuple[Policy, ...] | None = None
    control: tuple[tuple[Policy, ...], ...] = ()  # service control policies: those of the root, of each unit on the way, of the account
    foreign: bool = False  # the resource is another account's than the identity


@dataclass(frozen=True)
class Decision:
    """`by_organization` and `by_boundary` are None where there is no such limit."""

    decision: str
    matched: tuple[Statement, ...] = ()
    by_organization: bool | None = None
    by_boundary: bool | None = None

    @property
    def allowed(self) -> bool:
        return self.decision == ALLOWED


def values(context: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """{"aws:username": "alice"} or lists of values -> a request's context."""
    return {key.lower(): tuple(str(v) for v in many(value)) for key, value in context.items()}


# ---------------------------------------------------------------- documents


def read(document: str | Mapping[str, Any], id: str = "", kind: str = "IAM Policy") -> Policy:
    """A policy out of its text; raises Malformed for what IAM would not take."""
    text = document if isinstance(document, str) else json.dumps(document)
    try:
        parsed_text = json.loads(text)
    except ValueError as error:
        raise Malformed("Syntax errors in policy.") from error
    if not isinstance(parsed_text, dict) or "Statement" not in parsed_text:
        raise Malformed("Syntax errors in policy.")
    policy = Policy(parsed_text, id, kind, text)
    if policy.version not in (OLDEST, WITH_VARIABLES):
        raise Malformed(f"Invalid policy version: {policy.version}")
    for statement in policy.statements():
        check(statement.body)
    return policy


def check(body: Any) -> None:
    if not isinstance(body, dict):
        raise Malformed("Syntax errors in policy.")
    if body.get("Effect") not in ("Allow", "Deny"):
        raise Malformed(f"Invalid effect: {body.get('Effect', '')}")
    for element in ("Action", "Resource", "Principal"):
        if element in body and f"Not{element}" in body:
            raise Malformed(f"Statement/policy already has instance of {element}")
    if "Action" not in body and "NotAction" not in body:
        raise Malformed("Policy statement must contain actions.")
    for operator in body.get("Condition") or {}:
        parsed(operator)


def keys_of(policy: Policy) -> Iterator[str]:
    """The context keys that a document refers to, in conditions and variables, in the order of the text."""
    for statement in policy.statements():
        yield from statement_keys(statement)


def statement_keys(statement: Statement) -> Iterator[str]:
    body, with_variables = statement.body, statement.policy.version == WITH_VARIABLES
    for resource in [*many(body.get("Resource")), *many(body.get("NotResource"))] if with_variables else []:
        yield from variables(resource)
    for keys in (body.get("Condition") or {}).values():
        for key, wanted in keys.items():
            yield key
            for value in many(wanted) if with_variables else []:
                yield from variables(str(value))


# ---------------------------------------------------------------- one statement


def is_about(statement: Statement, request: Request) -> bool:
    """Action and resource, without the conditions."""
    body, version = statement.body, statement.policy.version
    action = request.action.lower()
    named = any(like(action, str(a).lower()) for a in [*many(body.get("Action")), *many(body.get("NotAction"))])
    if named == ("NotAction" in body):
        return False
    if "Resource" not in body and "NotResource" not in body:
        return True  # a resource's own policy, such as a role's trust
    patterns = [expanded(str(r), request.context, version) for r in [*many(body.get("Resource")), *many(body.get("NotResource"))]]
    hit = any(p is not None and like(request.resource, p) for p in patterns)
    return hit != ("NotResource" in body)


def applies(statement: Statement, request: Request) -> bool:
    return is_about(statement, request) and met(statement.body.get("Condition") or {}, request.context, statement.policy.version)


DIRECTLY, BY_ACCOUNT, EVERYBODY, NOT_NAMED = "directly", "by account", "everybody", ""


def names(statement: Statement, caller: Caller | None) -> str:
    """How the statement of a resource's policy names the caller."""
    body = statement.body
    if "NotPrincipal" in body:
        return NOT_NAMED if named_in(body["NotPrincipal"], caller) else EVERYBODY
    return named_in(body.get("Principal"), caller)


def named_in(principal: Any, caller: Caller | None) -> str:
    if principal == "*":
        return EVERYBODY
    listed = many(principal.get(caller.kind)) if isinstance(principal, dict) and caller else []
    if caller is None or not listed:
        return NOT_NAMED
    if caller.arn in listed or (caller.role and caller.role in listed):
        return DIRECTLY
    if "*" in listed:
        return EVERYBODY
    account = caller.account
    return BY_ACCOUNT if account and any(p == account or str(p).endswith(f"::{account}:root") for p in listed) else NOT_NAMED


# ---------------------------------------------------------------- all of them


def applying(policies: Iterable[Policy], request: Request) -> list[Statement]:
    return [s for p in policies for s in p.statements() if applies(s, request)]


def allows(policies: Iterable[Policy] | None, request: Request) -> bool | None:
    """Does a limit let the request through? None where there is none."""
    return None if policies is None else any(not s.denies for s in applying(policies, request))


def decide(request: Request, policies: Policies) -> Decision:
    own = applying(policies.identity, request)
    granted = [s for s in applying(policies.resource, request) if names(s, request.caller)]
    limits = [*(policies.boundary or ()), *(policies.session or ()), *(p for level in policies.control for p in level)]
    by_organization = all(allows(level, request) for level in policies.control) if policies.control else None
    by_boundary = allows(policies.boundary, request)
    denies = [s for s in [*own, *granted, *applying(limits, request)] if s.denies]
    if denies:
        return Decision(EXPLICIT_DENY, tuple(denies), by_organization, by_boundary)
    enough, matched = grants(own, granted, policies, request)
    if by_organization is False or not enough:
        return Decision(IMPLICIT_DENY, (), by_organization, by_boundary)
    return Decision(ALLOWED, tuple(matched), by_organization, by_boundary)


def grants(own: list[Statement], granted: list[Statement], policies: Policies, request: Request) -> tuple[bool, list[Statement]]:
    """Whether they grant it, and which statements do. A user or session that a resource's policy names by its ARN is not held
    back by what its boundary and session policies merely leave out; who is named through the account needs a policy of its own."""
    within = all(allows(limit, request) is not False for limit in (policies.boundary, policies.session))
    by_resource = [s for s in granted if names(s, request.caller) in (DIRECTLY, EVERYBODY)]
    if policies.foreign:
        return bool(own and granted and within), [*own, *granted]
    caller = request.caller
    unlimited = [s for s in by_resource if names(s, caller) == DIRECTLY and caller and is_final(caller, s)]
    enough = bool(unlimited) or (within and bool(own or by_resource))
    return enough, [*own, *by_resource]


def is_final(caller: Caller, statement: Statement) -> bool:
    """Named by the ARN of a user or of a session, rather than by a role's."""
    listed = many((statement.body.get("Principal") or {}).get(caller.kind))
    return caller.arn in listed and ":role/" not in caller.arn
