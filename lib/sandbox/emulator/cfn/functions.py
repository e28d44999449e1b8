"""A part of a template -> its value: references, functions, conditions and dynamic references resolved."""
from __future__ import annotations

import base64
import ipaddress
import json
import re
from collections.abc import Callable
from typing import Any

from ..context import Context
from ..errors import Refused
from .fetching import fetched
from .templates import VARIABLE, Template, attribute_of, invalid

NO_VALUE = object()
UNKNOWN = "{{changeSet:KNOWN_AFTER_APPLY}}"  # CloudFormation's own word for what a change set cannot know yet
DYNAMIC = re.compile(r"\{\{resolve:(ssm|ssm-secure|secretsmanager):([^}]+)\}\}")


class Resolver:
    """`ref` and `attribute` answer for resources; they raise KeyError for one that is not there."""

    def __init__(self, template: Template, parameters: dict[str, Any], context: Context, stack: tuple[str, str],
                 ref: Callable[[str], Any], attribute: Callable[[str, str], Any], exported: Callable[[str], str]):
        self.template, self.parameters, self.context = template, parameters, context
        self.ref, self.attribute, self.exported = ref, attribute, exported
        self.decided: dict[str, bool] = {}
        name, id_ = stack
        self.pseudo: dict[str, Any] = {
            "AWS::AccountId": context.account, "AWS::Region": context.region, "AWS::StackName": name, "AWS::StackId": id_,
            "AWS::Partition": context.partition,
            "AWS::URLSuffix": "amazonaws.com.cn" if context.partition == "aws-cn" else "amazonaws.com", "AWS::NoValue": NO_VALUE, "AWS::NotificationARNs": [],
        }

    def value(self, part: Any) -> Any:
        if isinstance(part, dict):
            if len(part) == 1:
                (name, inside), = part.items()
                function = FUNCTIONS.get(name)
                if function:
                    return function(self, inside)
                if str(name).startswith("Fn::"):
                    raise invalid(f"Template format error: the function {name} is not one that the sandbox knows")
            kept = {k: self.value(v) for k, v in part.items()}
            return {k: v for k, v in kept.items() if v is not NO_VALUE}
        if isinstance(part, list):
            return [v for v in map(self.value, part) if v is not NO_VALUE]
        return self.dynamic(part) if isinstance(part, str) and "{{resolve:" in part else part

    def named(self, name: str) -> Any:
        if name in self.pseudo:
            return self.pseudo[name]
        if name in self.parameters:
            return self.parameters[name]
        try:
            return self.ref(name)
        except KeyError:
            raise invalid(f"Template format error: Unresolved resource dependencies [{name}] in the Resources block of the template") from None

    def condition(self, name: str) -> bool:
        if name not in self.decided:
            conditions = self.template.get("Conditions") or {}
            if name not in conditions:
                raise invalid(f"Template format error: Unresolved condition dependency {name} in the Conditions block of the template")
            self.decided[name] = self.holds(conditions[name])
        return self.decided[name]

    def holds(self, part: Any) -> bool:
        if isinstance(part, dict) and len(part) == 1:
            (name, inside), = part.items()
            if name == "Condition":
                return self.condition(inside)
            if name == "Fn::Not":
                return not self.holds(inside[0])
            if name == "Fn::And":
                return all([self.holds(p) for p in inside])
            if name == "Fn::Or":
                return any([self.holds(p) for p in inside])
            if name == "Fn::Equals":
                left, right = self.value(inside[0]), self.value(inside[1])
                return as_text(left) == as_text(right)
        return str(self.value(part)).lower() == "true"

    def dynamic(self, text: str) -> str:
        return DYNAMIC.sub(lambda m: self.secret(m[1], m[2]), text)

    def secret(self, kind: str, rest: str) -> str:
        if kind == "secretsmanager":
            parts = (rest if not rest.startswith("arn:") else "") .split(":")
            name = rest.split(":SecretString")[0].split(":SecretBinary")[0] if rest.startswith("arn:") else parts[0]
            key = rest.split(":SecretString:")[1].split(":")[0] if ":SecretString:" in rest else ""
            found = str(self.context.call("secretsmanager", "GetSecretValue", SecretId=name)["SecretString"])
            return str(json.loads(found)[key]) if key else found
        name, _, version = rest.partition(":")
        try:
            wanted = f"{name}:{version}" if version else name
            return str(self.context.call("ssm", "GetParameter", Name=wanted, WithDecryption=kind == "ssm-secure")["Parameter"]["Value"])
        except Refused:
            raise invalid(f"Unable to fetch parameters [{name}] from parameter store for this account.") from None


def as_text(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, (int, float)) else value


def unknown(value: Any) -> bool:
    """What a change set cannot know yet."""
    return isinstance(value, str) and UNKNOWN in value or isinstance(value, list) and any(unknown(v) for v in value)


# ---------------------------------------------------------------- the functions


def get_att(r: Resolver, inside: Any) -> Any:
    name, attribute = attribute_of(inside)
    if not attribute:
        attribute = str(r.value(inside[1]))
    try:
        return r.attribute(name, attribute)
    except KeyError:
        raise invalid(f"Template error: resource {name} does not support attribute type {attribute} in Fn::GetAtt") from None


def when(r: Resolver, inside: Any) -> Any:
    name, yes, no = inside
    return r.value(yes if r.condition(name) else no)


def join(r: Resolver, inside: Any) -> Any:
    glue, parts = inside
    return str(glue).join(as_text(p) for p in r.value(parts))


def split(r: Resolver, inside: Any) -> Any:
    return str(r.value(inside[1])).split(inside[0])


def select(r: Resolver, inside: Any) -> Any:
    index, rows = int(r.value(inside[0])), r.value(inside[1])
    if unknown(rows):
        return UNKNOWN
    if isinstance(rows, str):
        return rows.split(",")[index]
    if not 0 <= index < len(rows):
        raise invalid(f"Template error: Fn::Select cannot select nonexistent value at index {index}")
    return rows[index]


def sub(r: Resolver, inside: Any) -> Any:
    text, own = inside if isinstance(inside, list) else (inside, {})
    given = {k: r.value(v) for k, v in own.items()}

    def put(found: re.Match[str]) -> str:
        name = found[1].strip()
        if name in given:
            return str(as_text(given[name]))
        return str(as_text(get_att(r, name) if "." in name and "::" not in name else r.named(name)))
    return r.dynamic(VARIABLE.sub(put, text).replace("${!", "${"))


def find_in_map(r: Resolver, inside: Any) -> Any:
    name, top, second = (r.value(p) for p in inside[:3])
    try:
        mapping = r.template["Mappings"][name]
        if "Fn::Transform" in mapping:
            mapping = included(r, mapping["Fn::Transform"])
        return r.value(mapping[str(top)][str(second)])
    except KeyError:
        if len(inside) == 4 and "DefaultValue" in inside[3]:
            return r.value(inside[3]["DefaultValue"])
        raise invalid(f"Template error: Unable to get mapping for {name}::{top}::{second}") from None


def included(r: Resolver, inside: Any) -> Any:
    """AWS::Include: a part of a template that lies in S3."""
    from .templates import loaded
    if inside.get("Name") != "AWS::Include":
        raise invalid(f"Template format error: the sandbox does not emulate the transform {inside.get('Name')}")
    bucket, _, key = str(r.value(inside["Parameters"]["Location"])).removeprefix("s3://").partition("/")
    return loaded(fetched(r.context, f"https://{bucket}.s3.amazonaws.com/{key}"))


def zones(r: Resolver, inside: Any) -> Any:
    region = r.value(inside) or r.context.region
    found = Context("ec2", None, {}, r.context.account, region).call("ec2", "DescribeAvailabilityZones")["AvailabilityZones"]
    return sorted(z["ZoneName"] for z in found)


def cidr(r: Resolver, inside: Any) -> Any:
    """Fn::Cidr: [block, count, bits of each]"""
    block, count = r.value(inside[0]), int(r.value(inside[1]))
    if unknown(block):
        return [UNKNOWN] * count
    bits = int(r.value(inside[2])) if len(inside) > 2 else 8
    network = ipaddress.ip_network(str(block), strict=False)
    prefix = network.max_prefixlen - bits
    if not 1 <= count <= 256 or not network.prefixlen <= prefix <= network.max_prefixlen:
        raise invalid(f"Template error: Fn::Cidr cannot take {count} blocks of {bits} bits out of {block}")
    out: list[str] = []
    for subnet in network.subnets(new_prefix=prefix):
        if len(out) == count:
            return out
        out.append(str(subnet))
    if len(out) < count:
        raise invalid(f"Template error: Fn::Cidr cannot take {count} blocks of {bits} bits out of {block}")
    return out


FUNCTIONS: dict[str, Callable[[Resolver, Any], Any]] = {
    "Ref": lambda r, inside: r.named(str(inside)),
    "Fn::GetAtt": get_att, "Fn::If": when, "Fn::Join": join, "Fn::Split": split, "Fn::Select": select, "Fn::Sub": sub,
    "Fn::FindInMap": find_in_map, "Fn::GetAZs": zones, "Fn::Cidr": cidr,
    "Fn::Base64": lambda r, inside: base64.b64encode(str(r.value(inside)).encode()).decode(),
    "Fn::ImportValue": lambda r, inside: r.exported(str(r.value(inside))),
    "Fn::ToJsonString": lambda r, inside: json.dumps(r.value(inside), separators=(",", ":")),
    "Fn::Transform": lambda r, inside: r.value(included(r, inside)),
    "Fn::Length": lambda r, inside: len(r.value(inside)),
    "Fn::Equals": lambda r, inside: r.holds({"Fn::Equals": inside}), "Fn::Not": lambda r, inside: r.holds({"Fn::Not": inside}),
    "Fn::And": lambda r, inside: r.holds({"Fn::And": inside}), "Fn::Or": lambda r, inside: r.holds({"Fn::Or": inside}),
}
