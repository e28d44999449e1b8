"""CloudFormation's operations on templates: what one says, and which a stack has."""
from __future__ import annotations

import json
from typing import Any

from ..context import Context
from ..services import service
from .asking import body_of, needed_capabilities
from .parameters import text
from .stacks import change_set_of, find
from .templates import invalid, parse

cfn = service("cloudformation")


@cfn.op("GetTemplate")
def get_template(c: Context) -> dict[str, Any]:
    named = c.params.get("ChangeSetName")
    if named:
        body = change_set_of(c, named, c.params.get("StackName") or "")[1].body
    else:
        body = find(c, c.params.get("StackName") or "").body
    return {"TemplateBody": body, "StagesAvailable": ["Original", "Processed"]}


@cfn.op("GetTemplateSummary")
def get_template_summary(c: Context) -> dict[str, Any]:
    return summary(c, template_asked(c))


@cfn.op("ValidateTemplate")
def validate_template(c: Context) -> dict[str, Any]:
    told = summary(c, template_asked(c))
    parameters = [{"ParameterKey": p["ParameterKey"], "NoEcho": p["NoEcho"], **({"DefaultValue": p["DefaultValue"]} if "DefaultValue" in p else {}),
                   **({"Description": p["Description"]} if "Description" in p else {})} for p in told["Parameters"]]
    kept = ("Description", "Capabilities", "CapabilitiesReason", "DeclaredTransforms")
    return {"Parameters": parameters, **{k: told[k] for k in kept if k in told}}


def template_asked(c: Context) -> dict[str, Any]:
    named = c.params.get("StackName")
    if named:
        stack = find(c, named)
        if stack.status == "REVIEW_IN_PROGRESS":
            raise invalid("GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.")
        return stack.template
    return parse(body_of(c, None))


def summary(c: Context, template: dict[str, Any]) -> dict[str, Any]:
    rows = []
    for name, about in (template.get("Parameters") or {}).items():
        row: dict[str, Any] = {"ParameterKey": name, "ParameterType": about.get("Type", "String"),
                               "NoEcho": str(about.get("NoEcho", "")).lower() == "true", "ParameterConstraints": {}}
        if "Default" in about:
            row["DefaultValue"] = text(about["Default"])
        row["Description"] = about.get("Description", "")
        if "AllowedValues" in about:
            row["ParameterConstraints"] = {"AllowedValues": [text(v) for v in about["AllowedValues"]]}
        rows.append(row)
    out: dict[str, Any] = {"Parameters": rows, "ResourceTypes": [r["Type"] for r in template["Resources"].values()]}
    if template.get("AWSTemplateFormatVersion"):
        out["Version"] = str(template["AWSTemplateFormatVersion"])
    if template.get("Description"):
        out["Description"] = template["Description"]
    if template.get("Metadata"):
        out["Metadata"] = json.dumps(template["Metadata"])
    capabilities = needed_capabilities(template)
    if capabilities:
        kinds = sorted({r["Type"] for r in template["Resources"].values() if r["Type"].startswith("AWS::IAM::")})
        out.update(Capabilities=capabilities, CapabilitiesReason=f"The following resource(s) require capabilities: [{', '.join(kinds)}]")
    return out
