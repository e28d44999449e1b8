"""The text of a template -> its dictionary, short forms written out, checked for what CloudFormation checks before it begins."""
from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from ..errors import Refused, fail

Template = dict[str, Any]
SECTIONS = {"AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions", "Transform",
            "Resources", "Outputs", "Hooks"}
RESOURCE_KEYS = {"Type", "Properties", "DependsOn", "Condition", "CreationPolicy", "UpdatePolicy", "DeletionPolicy",
                 "UpdateReplacePolicy", "Metadata", "Version"}
MAX_BODY = 51_200  # bytes of TemplateBody; a TemplateURL may hold 1 MB (CloudFormation quotas, 2026)
TRANSFORMS = {"AWS::LanguageExtensions"}


def invalid(message: str) -> Refused:
    return fail("ValidationError", message)


class Loader(yaml.SafeLoader):
    """YAML as CloudFormation reads it: short forms of functions, dates stay text, no key twice."""


def short_form(loader: Any, suffix: str, node: Any) -> Any:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
        if suffix == "GetAtt":
            value = value.split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


Loader.add_multi_constructor("!", short_form)
Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def loaded(body: str) -> Any:
    """JSON or YAML. Raises Refused (ValidationError) for neither."""
    try:
        return json.loads(body) if body.lstrip().startswith("{") else yaml.load(body, Loader)  # noqa: S506 (a SafeLoader)
    except json.JSONDecodeError as error:
        try:
            return yaml.load(body, Loader)  # noqa: S506 (YAML may begin with a brace as well)
        except yaml.YAMLError:
            raise invalid(f"Template format error: JSON not well-formed. (line {error.lineno}, column {error.colno})") from None
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        place = f" (line {where.line + 1}, column {where.column + 1})" if where else ""
        raise invalid(f"Template format error: YAML not well-formed.{place}") from None
    except RecursionError:
        raise invalid("Template format error: nested too deeply.") from None


def parse(body: str) -> Template:
    """Raises Refused (ValidationError) for what is no template."""
    template = loaded(body)
    if not isinstance(template, dict):
        raise invalid("Template format error: unsupported structure.")
    check(template)
    return template


def check(template: Template) -> None:
    extra = set(template) - SECTIONS
    if extra:
        raise invalid(f"Invalid template property or properties [{', '.join(sorted(map(str, extra)))}]")
    if not isinstance(template.get("Resources"), dict) or not template["Resources"]:
        raise invalid("Template format error: At least one Resources member must be defined.")
    for section in ("Parameters", "Mappings", "Conditions", "Outputs"):
        if section in template and not isinstance(template[section], dict):
            raise invalid(f"Template format error: {section} must be a map")  # null included
    unknown = {t for t in transforms(template) if t not in TRANSFORMS}
    if unknown:
        raise invalid(f"Template format error: the sandbox does not emulate the transforms [{', '.join(sorted(unknown))}]")
    for name, resource in template["Resources"].items():
        check_resource(name, resource)
    check_references(template)


def check_resource(name: str, resource: Any) -> None:
    if not re.fullmatch(r"[A-Za-z0-9]+", str(name)):
        raise invalid(f"Template format error: Resource name {name} is non alphanumeric.")
    if not isinstance(resource, dict) or not isinstance(resource.get("Type"), str):
        raise invalid(f"Template format error: [/Resources/{name}] Every Resources object must contain a Type member.")
    extra = set(resource) - RESOURCE_KEYS
    if extra:
        raise invalid(f"Invalid template resource property '{sorted(extra)[0]}'")
    if not isinstance(resource.get("Properties") or {}, dict):
        raise invalid(f"Template format error: [/Resources/{name}/Properties] must be a map")


def transforms(template: Template) -> list[str]:
    named = template.get("Transform") or []
    return [t if isinstance(t, str) else t.get("Name", "") for t in (named if isinstance(named, list) else [named])]


def references(value: Any) -> Iterator[tuple[str, str]]:
    """(logical name, attribute or "") of everything that a part of a template refers to, functions included."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        if len(value) == 1:
            (name, inside), = value.items()
            if name == "Ref" and isinstance(inside, str):
                yield inside, ""
                return
            if name == "Fn::GetAtt":
                yield attribute_of(inside)
                return
            if name == "Fn::Sub":
                yield from sub_references(inside)
                return
        for item in value.values():
            yield from references(item)


def attribute_of(value: Any) -> tuple[str, str]:
    """GetAtt's two ways: "A.B.C" and ["A", "B.C"]."""
    parts = value.split(".", 1) if isinstance(value, str) else value
    if not isinstance(parts, list) or len(parts) != 2 or not isinstance(parts[0], str):
        raise invalid("Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute")
    return parts[0], parts[1] if isinstance(parts[1], str) else ""


VARIABLE = re.compile(r"\$\{([^!}][^}]*)\}")


def sub_references(value: Any) -> Iterator[tuple[str, str]]:
    text, own = (value[0], value[1]) if isinstance(value, list) and len(value) == 2 else (value, {})
    if not isinstance(text, str):
        raise invalid("Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments.")
    yield from references(list(own.values()))
    for name in VARIABLE.findall(text):
        name = name.strip()
        if name not in own:
            yield (name.split(".", 1)[0], name.split(".", 1)[1]) if "." in name and "::" not in name else (name, "")


def depends_on(resource: dict[str, Any]) -> list[str]:
    named = resource.get("DependsOn") or []
    return [named] if isinstance(named, str) else list(named)


def check_references(template: Template) -> None:
    resources, parameters = template["Resources"], template.get("Parameters") or {}
    absent: dict[str, list[str]] = {"Resources": [], "Outputs": []}
    for section in absent:
        for part in (template.get(section) or {}).values():
            for name, attribute in references({k: v for k, v in part.items() if k not in ("DependsOn", "Condition")}):
                known = name in resources or (not attribute and (name in parameters or name.startswith("AWS::")))
                if not known and attribute:
                    raise invalid(f"Template error: instance of Fn::GetAtt references undefined resource {name}")
                if not known:
                    absent[section].append(name)
            absent[section] += [n for n in depends_on(part) if n not in resources]
    for section, names in absent.items():
        if names:
            raise invalid(f"Template format error: Unresolved resource dependencies [{', '.join(dict.fromkeys(names))}] "
                          f"in the {section} block of the template")
