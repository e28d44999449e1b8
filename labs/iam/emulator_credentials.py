"""Virtual MFA devices whose codes are really looked at, access keys of which there may be two, and reports on who used what."""
from __future__ import annotations

import base64
import hmac
import struct
from typing import Any

from emulator.base.conditions import many
from emulator.base.identity import attached, kind_of, managed, name_of
from emulator.clock import CLOCK
from emulator.context import Context, make_uuid, now
from emulator.errors import fail
from emulator.kinds import States
from emulator.services import service

iam = service("iam", regional=False)


def backend(c: Context) -> Any:
    from moto.iam.models import iam_backends
    return iam_backends[c.account][c.partition]


# ---------------------------------------------------------------- MFA

STEP = 30  # seconds that a code lasts (RFC 6238)
DRIFT = 2  # steps that the device's clock may be off; AWS does not say how many it allows


def code(seed: str, step: int) -> str:
    """RFC 6238 with SHA-1 and six digits: what every authenticator app computes."""
    digest = hmac.digest(base64.b32decode(seed), struct.pack(">Q", step), "sha1")
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 1000000:06d}"


def consecutive(seed: str, first: str, second: str) -> bool:
    here = int(CLOCK.time()) // STEP
    return any((code(seed, s), code(seed, s + 1)) == (first, second) for s in range(here - DRIFT - 1, here + DRIFT + 1))


@iam.before_moto("EnableMFADevice")
def codes_fit(c: Context) -> None:
    """moto takes any two numbers."""
    c.call("iam", "GetUser", UserName=c.params["UserName"])
    device = backend(c).virtual_mfa_devices.get(c.params["SerialNumber"])
    if device is None:
        raise fail("NoSuchEntity", f"MFA Device with serial number {c.params['SerialNumber']} does not exist.", 404)
    if device.user is not None:
        raise fail("EntityAlreadyExists", f"MFADevice entity at the same path and name already exists: {device.serial_number}", 409)
    if not consecutive(device.base32_string_seed, c.params["AuthenticationCode1"], c.params["AuthenticationCode2"]):
        raise fail("InvalidAuthenticationCode", "Authentication code for device is not valid.", 403)


@iam.before_moto("DeleteVirtualMFADevice")
def is_nobodys(c: Context) -> None:
    device = backend(c).virtual_mfa_devices.get(c.params["SerialNumber"])
    if device is not None and device.user is not None:
        raise fail("DeleteConflict", "Cannot delete entity, must deactivate MFA device first.", 409)


# ---------------------------------------------------------------- access keys

MOST_KEYS = 2  # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (2026-11-22)


@iam.before_moto("CreateAccessKey")
def room_for_a_key(c: Context) -> None:
    name = c.params.get("UserName")
    if name and len(c.call("iam", "ListAccessKeys", UserName=name)["AccessKeyMetadata"]) >= MOST_KEYS:
        raise fail("LimitExceeded", f"Cannot exceed quota for AccessKeysPerUser: {MOST_KEYS}", 409)


# ---------------------------------------------------------------- what was last used

REPORTS = States("JobStatus", (("IN_PROGRESS", 1),), "COMPLETED")


@iam.op("GenerateServiceLastAccessedDetails")
def generate(c: Context) -> dict[str, Any]:
    arn = c.params["Arn"]
    shown = {"user": ("GetUser", "UserName"), "role": ("GetRole", "RoleName"), "group": ("GetGroup", "GroupName"), "policy": ("GetPolicy", "PolicyArn")}
    kind = kind_of(arn)
    if kind not in shown:
        raise fail("InvalidInput", f"Invalid ARN: {arn}")
    operation, parameter = shown[kind]
    if not c.exists("iam", operation, **{parameter: arn if kind == "policy" else name_of(arn)}):
        raise fail("NoSuchEntity", f"The ARN {arn} cannot be found.", 404)
    id_ = make_uuid()
    c.records("AccessReport")[id_] = {"JobId": id_, "Arn": arn, "JobType": c.params.get("Granularity", "SERVICE_LEVEL"), "JobCreationDate": now(),
                                      "Services": services_of(c, arn, kind), "__since": CLOCK.time()}
    return {"JobId": id_}


@iam.op("GetServiceLastAccessedDetails")
def report(c: Context) -> dict[str, Any]:
    record = c.records("AccessReport").get(c.params["JobId"])
    if record is None:
        raise fail("NoSuchEntity", f"Job {c.params['JobId']} does not exist.", 404)
    status = REPORTS.at(CLOCK.time() - record["__since"])
    out = {"JobStatus": status, "JobType": record["JobType"], "JobCreationDate": record["JobCreationDate"], "ServicesLastAccessed": [], "IsTruncated": False,
           "JobCompletionDate": record["JobCreationDate"]}
    if status == "COMPLETED":
        out["ServicesLastAccessed"] = [row(name) for name in record["Services"]]
    return out


def services_of(c: Context, arn: str, kind: str) -> list[str]:
    """The services that its policies allow something of: what a report has a row for."""
    policies = [managed(c, arn)] if kind == "policy" else list(attached(c, kind.capitalize(), name_of(arn)))
    actions = [a for p in policies for s in p.statements() if not s.denies for a in many(s.body.get("Action"))]
    return sorted({str(a).split(":")[0] for a in actions if ":" in str(a)})


def row(namespace: str) -> dict[str, Any]:
    """A service that nobody has used: the sandbox asks nobody for permissions, and so sees nobody use them."""
    return {"ServiceName": namespace, "ServiceNamespace": namespace, "TotalAuthenticatedEntities": 0}
