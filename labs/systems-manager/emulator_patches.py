"""Patch Manager: baselines, the groups that they are for, and the default ones. What a scan finds is not played."""
from __future__ import annotations

import re
from typing import Any

from emulator.context import Context, make_id, now
from emulator.errors import fail
from emulator.kinds import Kind
from emulator.pages import page
from emulator.services import service

ssm = service("ssm")
BASELINE = re.compile(r"(arn:aws[\w-]*:ssm:[\w-]+:\d+:patchbaseline/)?pb-[0-9a-f]{17}")
SYSTEMS = ("WINDOWS", "AMAZON_LINUX", "AMAZON_LINUX_2", "AMAZON_LINUX_2023", "UBUNTU", "REDHAT_ENTERPRISE_LINUX", "SUSE", "CENTOS", "ORACLE_LINUX",
           "DEBIAN", "MACOS", "ROCKY_LINUX", "ALMA_LINUX")
CHANGEABLE = ("Name", "GlobalFilters", "ApprovalRules", "ApprovedPatches", "ApprovedPatchesComplianceLevel", "ApprovedPatchesEnableNonSecurity",
              "RejectedPatches", "RejectedPatchesAction", "Description", "Sources")
MADE: dict[str, Any] = {
    "OperatingSystem": "WINDOWS", "GlobalFilters": {"PatchFilters": []}, "ApprovalRules": {"PatchRules": []}, "ApprovedPatches": [],
    "ApprovedPatchesComplianceLevel": "UNSPECIFIED", "ApprovedPatchesEnableNonSecurity": False, "RejectedPatches": [],
    "RejectedPatchesAction": "ALLOW_AS_DEPENDENCY", "Description": "", "Sources": []}


def groups_of(c: Context, baseline: str) -> list[str]:
    return [g["PatchGroup"] for g in c.find("PatchGroup", BaselineId=baseline)]


def amazons(c: Context, system: str) -> str:
    """The id of the baseline that AWS provides for an operating system: moto has a list of them."""
    return str(c.call("ssm", "GetPatchBaselineForPatchGroup", PatchGroup="nobodys", OperatingSystem=system)["BaselineId"])


def system_of(c: Context, id_: str) -> str:
    """The operating system of a baseline, the account's own or one that AWS provides. Raises where there is none of the id."""
    if not BASELINE.fullmatch(id_):
        raise fail("InvalidResourceId", "Invalid Resource Id")
    own = c.records("PatchBaseline").get(id_)
    system = own["OperatingSystem"] if own else next((s for s in SYSTEMS if amazons(c, s) == id_), None)
    if system is None:
        raise fail("DoesNotExistException", "Patch Baseline to be retrieved does not exist.")
    return str(system)


def default_of(c: Context, system: str) -> str:
    chosen = c.find("DefaultBaseline", OperatingSystem=system)
    return str(chosen[0]["BaselineId"]) if chosen else amazons(c, system)


def rules_fit(c: Context, baseline: dict[str, Any]) -> None:
    """A rule says after how many days or until which date, and not both. What it leaves open is filled in."""
    for rule in (baseline.get("ApprovalRules") or {}).get("PatchRules", []):
        rule.setdefault("ComplianceLevel", "UNSPECIFIED")
        rule.setdefault("EnableNonSecurity", False)
        if ("ApproveAfterDays" in rule) == ("ApproveUntilDate" in rule):
            raise fail("ValidationException", "An approval rule has either ApproveAfterDays or ApproveUntilDate.")


def unused(c: Context, baseline: dict[str, Any]) -> None:
    id_ = baseline["BaselineId"]
    if groups_of(c, id_):
        raise fail("ResourceInUseException", f"The baseline {id_} is registered for patch groups: {', '.join(groups_of(c, id_))}")
    if c.find("DefaultBaseline", BaselineId=id_):
        raise fail("ResourceInUseException", f"The baseline {id_} is a default baseline.")


class Baselines(Kind):
    def do_delete(self, c: Context) -> dict[str, Any]:
        """What is not there is deleted already: AWS answers with its id."""
        id_ = c.params["BaselineId"]
        return super().do_delete(c) if id_ in c.records(self.name) else {"BaselineId": id_}

    def do_update(self, c: Context) -> dict[str, Any]:
        record = self.one(c)
        given = {k: v for k, v in c.params.items() if k in CHANGEABLE and v is not None}
        if c.params.get("Replace"):
            if not given.get("Name"):
                raise fail("ValidationException", "With Replace a name has to be given.")
            record.update({k: v for k, v in MADE.items() if k in CHANGEABLE})
        rules_fit(c, given)
        record.update({**given, "ModifiedDate": now()})
        return self.result(c, record)

    def result(self, c: Context, record: dict[str, Any]) -> dict[str, Any]:
        return super().result(c, {**record, "PatchGroups": groups_of(c, record["BaselineId"])})


baselines = Baselines(
    ssm, "PatchBaseline", key="BaselineId", create="CreatePatchBaseline", get="GetPatchBaseline", update="UpdatePatchBaseline",
    delete="DeletePatchBaseline", check=rules_fit, gone=unused, arn="__arn", type="ssm:patchbaseline",
    missing=("DoesNotExistException", "Patch baseline {} does not exist."),
    made={"BaselineId": lambda c, r: make_id("pb-"), "CreatedDate": lambda c, r: now(), "ModifiedDate": lambda c, r: now(), **MADE,
          "__arn": lambda c, r: c.arn(f"patchbaseline/{r['BaselineId']}")})


def identity(c: Context, id_: str, system: str) -> dict[str, Any]:
    own = c.records("PatchBaseline").get(id_)
    said = {"BaselineName": own["Name"], "BaselineDescription": own["Description"]} if own else {
        "BaselineName": f"AWS-{system.replace('_', ' ').title().replace(' ', '')}DefaultPatchBaseline", "BaselineDescription": "Provided by AWS."}
    return {"BaselineId": id_, "OperatingSystem": system, "DefaultBaseline": default_of(c, system) == id_, **said}


@ssm.op("DescribePatchBaselines")
def listed(c: Context) -> dict[str, Any]:
    """AWS's and the account's own."""
    rows = [{**identity(c, amazons(c, s), s), "__owner": "AWS"} for s in SYSTEMS]
    rows += [{**identity(c, r["BaselineId"], r["OperatingSystem"]), "__owner": "Self"} for r in c.records("PatchBaseline").values()]
    for one in c.params.get("Filters") or []:
        values = [v.strip("[]") for v in one.get("Values") or []]
        tests = {"OWNER": lambda r, v: r["__owner"] == v, "NAME_PREFIX": lambda r, v: r["BaselineName"].startswith(v),
                 "OPERATING_SYSTEM": lambda r, v: r["OperatingSystem"] == v}
        if one.get("Key") not in tests:
            raise fail("ValidationException", f"The filter {one.get('Key')} is not valid.")
        rows = [r for r in rows if any(tests[one["Key"]](r, v) for v in values)]
    return page(c, rows)


@ssm.op("GetDefaultPatchBaseline")
def get_default(c: Context) -> dict[str, Any]:
    system = c.params.get("OperatingSystem") or "WINDOWS"
    if system not in SYSTEMS:
        raise fail("ValidationException", f"The operating system {system} is not valid.")
    return {"BaselineId": default_of(c, system), "OperatingSystem": system}


@ssm.op("RegisterDefaultPatchBaseline")
def set_default(c: Context) -> dict[str, Any]:
    """One for the region and operating system: a setting of the account."""
    id_ = c.params["BaselineId"]
    system = system_of(c, id_)
    c.records("DefaultBaseline")[system] = {"OperatingSystem": system, "BaselineId": id_}
    return {"BaselineId": id_}


# ---------------------------------------------------------------- groups


@ssm.op("RegisterPatchBaselineForPatchGroup")
def register(c: Context) -> dict[str, Any]:
    id_, group = c.params["BaselineId"], c.params["PatchGroup"]
    system = system_of(c, id_)
    before = c.find("PatchGroup", PatchGroup=group, OperatingSystem=system)
    if before and before[0]["BaselineId"] != id_:
        raise fail("AlreadyExistsException", f"Patch Group baseline already has a baseline registered for OperatingSystem {system}.")
    c.records("PatchGroup")[f"{group}|{system}"] = {"PatchGroup": group, "OperatingSystem": system, "BaselineId": id_}
    return {"BaselineId": id_, "PatchGroup": group}


@ssm.op("DeregisterPatchBaselineForPatchGroup")
def deregister(c: Context) -> dict[str, Any]:
    id_, group = c.params["BaselineId"], c.params["PatchGroup"]
    system_of(c, id_)
    for found in c.find("PatchGroup", PatchGroup=group, BaselineId=id_):
        c.records("PatchGroup").pop(f"{group}|{found['OperatingSystem']}")
    return {"BaselineId": id_, "PatchGroup": group}


@ssm.around_moto("GetPatchBaselineForPatchGroup")
def of_group(c: Context, moto: Any) -> dict[str, Any]:
    """The group's own, or else the default one of the operating system."""
    group, system = c.params["PatchGroup"], c.params.get("OperatingSystem") or "WINDOWS"
    found = [*c.find("PatchGroup", PatchGroup=group, OperatingSystem=system), *c.find("DefaultBaseline", OperatingSystem=system)]
    if found and not (c.within and group == "nobodys"):
        return {"BaselineId": found[0]["BaselineId"], "PatchGroup": group, "OperatingSystem": system}
    return dict(moto(OperatingSystem=system))


@ssm.op("DescribePatchGroups")
def groups(c: Context) -> dict[str, Any]:
    rows = [{"PatchGroup": g["PatchGroup"], "BaselineIdentity": identity(c, g["BaselineId"], g["OperatingSystem"])} for g in c.records("PatchGroup").values()]
    for one in c.params.get("Filters") or []:
        if one.get("Key") == "NAME_PREFIX":
            rows = [r for r in rows if any(r["PatchGroup"].startswith(v) for v in one.get("Values") or [])]
        elif one.get("Key") == "OPERATING_SYSTEM":
            rows = [r for r in rows if r["BaselineIdentity"]["OperatingSystem"] in (one.get("Values") or [])]
        else:
            raise fail("ValidationException", f"The filter {one.get('Key')} is not valid.")
    return page(c, rows)


@ssm.op("DescribeInstancePatchStates")
def states(c: Context) -> dict[str, Any]:
    """Nodes that were never scanned are not in the list, and nothing of the sandbox can be: counts are what a scan finds inside."""
    return page(c, [])
