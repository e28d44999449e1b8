"""The parameters of CreateStack, UpdateStack and CreateChangeSet -> the request that the engine works on."""
from __future__ import annotations

import re
from typing import Any

from ..context import Context
from ..errors import fail
from . import parameters
from .fetching import fetched
from .plan import Request
from .rules import asserted
from .stacks import Stack
from .templates import MAX_BODY, Template, invalid, parse

IAM_TYPES = {"AWS::IAM::AccessKey", "AWS::IAM::Group", "AWS::IAM::InstanceProfile", "AWS::IAM::ManagedPolicy", "AWS::IAM::Policy",
             "AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::UserToGroupAddition", "AWS::IAM::GroupPolicy", "AWS::IAM::RolePolicy",
             "AWS::IAM::UserPolicy", "AWS::IAM::ServiceLinkedRole"}
IAM_NAMES = {"AWS::IAM::Group": "GroupName", "AWS::IAM::InstanceProfile": "InstanceProfileName", "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
             "AWS::IAM::Role": "RoleName", "AWS::IAM::User": "UserName"}
OPTIONS = ("RoleARN", "NotificationARNs", "TimeoutInMinutes", "DisableRollback", "RollbackConfiguration", "ClientRequestToken", "OnFailure",
           "Description", "OnStackFailure")


def request_of(c: Context, stack: Stack | None) -> Request:
    """`stack` is the one that is to be changed, for what is left as it was. Raises Refused for whatever CloudFormation would."""
    body = body_of(c, stack)
    template = parse(body)
    given = given_parameters(c, stack)
    tags = c.params.get("Tags")
    own = {t["Key"]: t["Value"] for t in tags} if tags is not None else dict(stack.tags) if stack else {}
    check_tags(own)
    values = parameters.values(template, given, c)
    asserted(template, values)
    capabilities = list(c.params.get("Capabilities") or [])
    check_capabilities(template, capabilities)
    options = {k: c.params[k] for k in OPTIONS if c.params.get(k) is not None}
    return Request(body, template, given, values, own, capabilities, options)


def body_of(c: Context, stack: Stack | None) -> str:
    body, url = c.params.get("TemplateBody"), c.params.get("TemplateURL")
    previous = c.params.get("UsePreviousTemplate")
    if sum(map(bool, (body, url, previous))) > 1:
        raise invalid("You cannot specify both usePreviousTemplate and Template Body/Template URL." if previous
                      else "Specify exactly one of 'TemplateBody', 'TemplateURL'")
    if previous and stack:
        return stack.body
    if body:
        if len(body.encode()) > MAX_BODY:
            raise invalid(f"1 validation error detected: Value '{body[:20]}...' at 'templateBody' failed to satisfy constraint: "
                          f"Member must have length less than or equal to {MAX_BODY}")
        return str(body)
    if url:
        return fetched(c, url)
    raise invalid("Either Template URL or Template Body must be specified.")


def given_parameters(c: Context, stack: Stack | None) -> dict[str, str]:
    out: dict[str, str] = {}
    for one in c.params.get("Parameters") or []:
        key = one.get("ParameterKey", "")
        if one.get("UsePreviousValue"):
            if one.get("ParameterValue"):
                raise invalid(f"Invalid input for parameter key {key}. Cannot specify usePreviousValue as true and non empty value for a parameter")
            if stack and key in stack.given:
                out[key] = stack.given[key]
            elif stack is None or "Default" not in ((stack.template.get("Parameters") or {}).get(key) or {}):
                raise invalid(f"Invalid input for parameter key {key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template")
        elif "ParameterValue" in one:
            out[key] = one["ParameterValue"]
        else:
            raise invalid(f"Invalid input for parameter key {key}. Either a value or usePreviousValue must be specified")
    return out


def check_tags(tags: dict[str, str]) -> None:
    if len(tags) > 50:
        raise invalid("1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50")
    reserved = [k for k in tags if k.lower().startswith("aws:")]
    if reserved:
        raise invalid("aws: prefixed tag key names are not allowed for external use.")


def needed_capabilities(template: Template) -> list[str]:
    resources = list((template.get("Resources") or {}).values())
    named = any((r.get("Properties") or {}).get(IAM_NAMES.get(r.get("Type", ""), "")) for r in resources)
    any_iam = any(r.get("Type") in IAM_TYPES for r in resources)
    return ["CAPABILITY_NAMED_IAM"] if named else ["CAPABILITY_IAM"] if any_iam else []


def check_capabilities(template: Template, given: list[str]) -> None:
    needed = needed_capabilities(template)
    enough = not needed or needed[0] in given or (needed[0] == "CAPABILITY_IAM" and "CAPABILITY_NAMED_IAM" in given)
    if not enough:
        raise fail("InsufficientCapabilitiesException", f"Requires capabilities : [{needed[0]}]")
    if template.get("Transform") and "CAPABILITY_AUTO_EXPAND" not in given and "AWS::LanguageExtensions" not in str(template["Transform"]):
        raise fail("InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_AUTO_EXPAND]")


STACK_NAME = re.compile(r"[a-zA-Z][-a-zA-Z0-9]{0,127}")


def check_name(name: Any) -> str:
    if not isinstance(name, str) or not STACK_NAME.fullmatch(name):
        raise invalid(f"1 validation error detected: Value '{name}' at 'stackName' failed to satisfy constraint: Member must satisfy "
                      "regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*")
    return name
