"""DataSync's agents: the image that they run from, the key that their web server gives, what becomes of it."""
from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from emulator.cfn.declared import cfn_type
from emulator.cfn.types import Found, Work
from emulator.clock import CLOCK
from emulator.context import Context, digest, make_id, now
from emulator.errors import Refused, fail
from emulator.hosts import host
from emulator.kinds import Kind
from emulator.pages import page
from emulator.services import service
from emulator.state import STATE, Record

INVALID = "InvalidRequestException"
datasync, ssm = service("datasync"), service("ssm")
PUBLISHED = "/aws/service/datasync/ami"
IMAGE_NAME = "aws-datasync-2.0"
KEY_LASTS = 30 * 60  # seconds; datasync user guide, "Activating your agent", 2026-11-22
CONNECTS_AFTER = 1.0  # seconds; on AWS up to minutes
AMAZON = "633936118553"  # any account but the learner's own

# ---------------------------------------------------------------- the machine


def machines() -> Iterator[tuple[str, str, Any]]:
    """(account, region, instance) of every instance of the sandbox."""
    from moto.ec2.models import ec2_backends
    for account, regions in list(ec2_backends.items()):
        for region, backend in list(regions.items()):
            for reservation in list(backend.reservations.values()):
                yield from ((account, region, instance) for instance in reservation.instances)


def is_agent(instance: Any) -> bool:
    image = instance.ec2_backend.amis.get(instance.image_id)
    return bool(image and (image.name or "").startswith("aws-datasync-"))


def lets_in(instance: Any, port: int) -> bool:
    rules = [rule for nic in instance.nics.values() for group in nic.group_set for rule in group.ingress_rules]
    return any(rule.ip_protocol == "-1" or (rule.from_port is not None and int(rule.from_port) <= port <= int(rule.to_port)) for rule in rules)


@host
def activation(address: str, path: str, query: dict[str, str]) -> str | None:
    """GET /?gatewayType=SYNC&activationRegion=R&no_redirect: the key alone. The sandbox has no network: the port is looked at."""
    for account, region, instance in machines():
        if address in (instance.public_ip, instance.private_ip) and instance.state == "running" and is_agent(instance) and lets_in(instance, 80):
            there = query.get("activationRegion") or region
            text = uuid.uuid4().hex.upper()[:25]
            key = "-".join(text[i:i + 5] for i in range(0, 25, 5))
            STATE.table(account, there, "datasync", "Activation")[key] = {"Key": key, "InstanceId": instance.id, "__since": CLOCK.time()}
            return key if "no_redirect" in query else f"https://console.aws.amazon.com/datasync/home?activationKey={key}&activationRegion={there}"
    return None


@ssm.before_moto("GetParameter", "GetParameters")
def published(c: Context) -> None:
    """The public parameter that names the agent's newest image."""
    if PUBLISHED not in [c.params.get("Name"), *(c.params.get("Names") or [])]:
        return
    from moto.ssm.models import Parameter, ssm_backends
    held: Any = ssm_backends[c.account][c.region]._parameters
    if not dict.get(held, PUBLISHED):
        held[PUBLISHED] = [Parameter(
            account_id=c.account, name=PUBLISHED, value=image(c), parameter_type="String", description=None, allowed_pattern=None, keyid=None,
            last_modified_date=now(), version=1, data_type="aws:ec2:image")]


def image(c: Context) -> str:
    from moto.ec2.models import ec2_backends
    from moto.ec2.models.amis import Ami
    backend, id_ = ec2_backends[c.account][c.region], f"ami-{digest(f'{PUBLISHED} {c.region}')[:17]}"
    if id_ not in backend.amis:
        backend.amis[id_] = Ami(
            backend, id_, name=IMAGE_NAME, description="AWS DataSync agent", owner_id=AMAZON, owner_alias="amazon", public=True, virtualization_type="hvm",
            architecture="x86_64", hypervisor="xen", root_device_type="ebs", root_device_name="/dev/xvda", image_location=f"amazon/{IMAGE_NAME}",
            region_name=f"{c.region}a")
    return id_


# ---------------------------------------------------------------- agents


def activated(c: Context, record: Record) -> None:
    found = c.records("Activation").pop(record.pop("ActivationKey"), None)
    if found is None or CLOCK.time() - found["__since"] > KEY_LASTS:
        raise fail(INVALID, "The activation key is not valid: it has expired, was used, or is another region's.")
    record["__instance"] = found["InstanceId"]


class Agents(Kind):
    """One is ONLINE while its instance runs, a moment after its activation."""

    def settled(self, record: Record) -> Record:
        running = any(i.id == record.get("__instance") and i.state == "running" for _, _, i in machines())
        online = running and CLOCK.time() - record["__since"] >= CONNECTS_AFTER
        record["Status"] = "ONLINE" if online else "OFFLINE"
        if online:
            record["LastConnectionTime"] = now()
        return record


agents = Agents(
    datasync, "Agent", key="AgentArn", create="CreateAgent", get="DescribeAgent", update="UpdateAgent", delete="DeleteAgent",
    arn="AgentArn", type="datasync:agent", rename={"AgentName": "Name"}, check=activated, missing=(INVALID, "Agent {} is not found."),
    made={"AgentArn": lambda c, r: c.arn(f"agent/agent-{make_id()}"), "CreationTime": lambda c, r: now(), "LastConnectionTime": lambda c, r: now(),
          "EndpointType": "PUBLIC", "Platform": {"Version": "2"}},
)


@datasync.op("ListAgents")
def listed(c: Context) -> dict[str, Any]:
    return page(c, agents.rows(c), "AgentArn", invalid=INVALID)


def deletes(operation: str, name: str) -> Any:
    """DataSync has one error for everything; CloudFormation takes "not found" for deleted."""
    def delete(work: Work, found: Found) -> None:
        try:
            work.call("datasync", operation, **{name: found[name]})
        except Refused as error:
            if not error.message.endswith("is not found."):
                raise
    return delete


cfn_type("AWS::DataSync::Agent", "datasync", "CreateAgent", deletes("DeleteAgent", "AgentArn"), "AgentArn", attrs={"AgentArn": "AgentArn"},
         live={"EndpointType": lambda c, f: c.call("datasync", "DescribeAgent", AgentArn=f["AgentArn"])["EndpointType"]},
         update="UpdateAgent", updatable=("AgentName",), rename={}, replace=("ActivationKey", "SecurityGroupArns", "SubnetArns", "VpcEndpointId"))
