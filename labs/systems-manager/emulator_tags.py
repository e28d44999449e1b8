"""Tags of what is kept here and not in moto: baselines, windows, associations, automations."""
from __future__ import annotations

from typing import Any

from emulator.context import Context
from emulator.errors import fail
from emulator.services import service

ssm = service("ssm")
TAGGED = {"PatchBaseline": "PatchBaseline", "MaintenanceWindow": "MaintenanceWindow", "Association": "Association", "Automation": "Automation"}


def tagged(c: Context) -> dict[str, Any] | None:
    """The record that a tagging operation names, None where it is moto's."""
    kind = TAGGED.get(c.params["ResourceType"])
    if kind is None:
        return None
    found: dict[str, Any] | None = c.records(kind).get(c.params["ResourceId"])
    if found is None:
        raise fail("InvalidResourceId", f"The resource ID {c.params['ResourceId']} is not valid.")
    return found


@ssm.around_moto("AddTagsToResource")
def add_tags(c: Context, moto: Any) -> dict[str, Any]:
    record = tagged(c)
    if record is None:
        return dict(moto())
    named = {t["Key"]: t["Value"] for t in [*(record.get("Tags") or []), *c.params["Tags"]]}
    record["Tags"] = [{"Key": k, "Value": v} for k, v in named.items()]
    return {}


@ssm.around_moto("RemoveTagsFromResource")
def remove_tags(c: Context, moto: Any) -> dict[str, Any]:
    record = tagged(c)
    if record is None:
        return dict(moto())
    record["Tags"] = [t for t in record.get("Tags") or [] if t["Key"] not in c.params["TagKeys"]]
    return {}


@ssm.around_moto("ListTagsForResource")
def list_tags(c: Context, moto: Any) -> dict[str, Any]:
    record = tagged(c)
    return dict(moto()) if record is None else {"TagList": record.get("Tags") or []}
