"""Documents: Amazon's own, which moto has not, beside the account's, which are moto's; and what a document is refused for."""
from __future__ import annotations

import datetime
import json
from typing import Any

from emulator.context import Context
from emulator.errors import Refused, fail
from emulator.kinds import Kind
from emulator.services import service

ssm = service("ssm")
RUN, START, SHELL = "Command", "Automation", "Session"
OWNED: dict[str, tuple[str, str, tuple[str, ...]]] = {  # Amazon's own: type, step, parameters that must be given
    "AWS-RunShellScript": (RUN, "aws:runShellScript", ("commands",)), "AWS-RunPowerShellScript": (RUN, "aws:runPowerShellScript", ("commands",)),
    "AWS-RunPatchBaseline": (RUN, "PatchLinux", ("Operation",)), "AWS-UpdateSSMAgent": (RUN, "aws:updateSsmAgent", ()),
    "AWS-GatherSoftwareInventory": (RUN, "collectSoftwareInventoryItems", ()), "AWS-RunDocument": (RUN, "runDocument", ("sourceType",)),
    "AWS-ConfigureAWSPackage": (RUN, "configurePackage", ("action", "name")), "AmazonCloudWatch-ManageAgent": (RUN, "ControlCloudWatchAgentLinux", ("action",)),
    "AWS-RestartEC2Instance": (START, "", ("InstanceId",)), "AWS-StopEC2Instance": (START, "", ("InstanceId",)),
    "AWS-StartEC2Instance": (START, "", ("InstanceId",)), "AWS-StartSSHSession": (SHELL, "", ()), "AWS-StartPortForwardingSession": (SHELL, "", ()),
    "AWS-StartPortForwardingSessionToRemoteHost": (SHELL, "", ()), "AWS-StartInteractiveCommand": (SHELL, "", ("command",)),
    "SSM-SessionManagerRunShell": (SHELL, "", ()),
}


class Library(Kind):
    """Documents, as commands, associations, sessions and automations look for them: Amazon's own, and moto's for the account's."""

    def find(self, c: Context, name: str, kind: str, error: str = "InvalidDocument") -> dict[str, Any]:
        """The document's description; raises `error` where there is none, or one of another type."""
        name = name.rsplit("/", 1)[-1] if name.startswith("arn:") else name
        try:
            found = dict(c.call("ssm", "DescribeDocument", Name=name)["Document"])
        except Refused:
            raise fail(error, f"Document with name {name} does not exist.") from None
        if found["DocumentType"] != kind:
            raise fail(error, f"Document {name} is of the type {found['DocumentType']}, not {kind}.")
        return found

    def step(self, c: Context, name: str) -> str:
        """What the plugin of a command is called."""
        if name in OWNED:
            return OWNED[name][1]
        steps = self.content(c, name).get("mainSteps") or [{}]
        return str(steps[0].get("name") or steps[0].get("action") or "aws:runShellScript")

    def content(self, c: Context, name: str) -> dict[str, Any]:
        import yaml
        text = c.call("ssm", "GetDocument", Name=name)["Content"]
        found = text if isinstance(text, dict) else yaml.safe_load(text)  # JSON is YAML
        return dict(found)

    def fits(self, c: Context, description: dict[str, Any], given: dict[str, Any], error: str = "InvalidParameters") -> None:
        """Raises for parameters that the document lacks, or that it needs and did not get."""
        name = description["Name"]
        if name in OWNED:
            absent = [p for p in OWNED[name][2] if not given.get(p)]
            strays: list[str] = []
        else:
            rows = {p["Name"]: p for p in description.get("Parameters", [])}
            absent = [n for n, p in rows.items() if n not in given and p.get("DefaultValue") is None]
            strays = [n for n in given if n not in rows]
        if absent or strays:
            raise fail(error, f"Document {name}: {'missing' if absent else 'unknown'} parameters {', '.join(absent or strays)}")


library = Library(ssm, "Library", key="Name")


@ssm.around_moto("DescribeDocument")
def described(c: Context, moto: Any) -> dict[str, Any]:
    name = c.params["Name"].rsplit("/", 1)[-1] if c.params["Name"].startswith("arn:") else c.params["Name"]
    if name not in OWNED:
        return dict(moto(Name=name))
    kind, _, needed = OWNED[name]
    return {"Document": {
        "Name": name, "Owner": "Amazon", "DocumentType": kind, "DocumentFormat": "JSON", "Status": "Active", "DocumentVersion": "1", "DefaultVersion": "1",
        "LatestVersion": "1", "SchemaVersion": {RUN: "2.2", START: "0.3", SHELL: "1.0"}[kind], "PlatformTypes": ["Linux", "Windows", "MacOS"],
        "Parameters": [{"Name": p, "Type": "StringList"} for p in needed], "CreatedDate": datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)}}


@ssm.before_moto("DeleteDocument")
def not_associated(c: Context) -> None:
    if c.find("Association", Name=c.params["Name"]) and not c.params.get("Force"):
        raise fail("AssociatedInstances", f"The document {c.params['Name']} is associated with managed nodes.")


@ssm.before_moto("CreateDocument")
def says_what_it_is(c: Context) -> None:
    """A session's document has inputs where others have steps. What is no JSON at all moto refuses by itself."""
    if c.params.get("DocumentType") != SHELL or c.params.get("DocumentFormat", "JSON") != "JSON":
        return
    try:
        content = json.loads(c.params["Content"])
    except ValueError:
        return
    if "inputs" not in content:
        raise fail("InvalidDocumentContent", "A session document has inputs.")
