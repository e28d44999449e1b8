"""The appliance's images: public parameters that name them, as AWS publishes them for each type of gateway."""
from __future__ import annotations

from typing import Any

from emulator.context import Context, digest, now
from emulator.services import service

ssm = service("ssm")
PUBLISHED = "/aws/service/storagegateway/ami/"
TYPES = ("STORED", "CACHED", "VTL", "FILE_S3")
AMAZON = "206522377166"  # any account but the learner's own


def image_of(c: Context, kind: str) -> str:
    """The image for a type of gateway, made when it is first asked for."""
    from moto.ec2.models import ec2_backends
    from moto.ec2.models.amis import Ami
    backend, id_ = ec2_backends[c.account][c.region], f"ami-{digest(f'{PUBLISHED}{kind} {c.region}')[:17]}"
    if id_ not in backend.amis:
        backend.amis[id_] = Ami(
            backend, id_, name=f"aws-storage-gateway-{kind}-2.8.3", description=f"AWS Storage Gateway, {kind}", owner_id=AMAZON, owner_alias="amazon",
            public=True, virtualization_type="hvm", architecture="x86_64", hypervisor="xen", root_device_type="ebs", root_device_name="/dev/xvda",
            image_location=f"amazon/aws-storage-gateway-{kind}", region_name=f"{c.region}a")
    return id_


@ssm.before_moto("GetParameter", "GetParameters", "GetParametersByPath")
def published(c: Context) -> None:
    names = [c.params.get("Name") or c.params.get("Path") or "", *(c.params.get("Names") or [])]
    if not any(str(n).startswith(PUBLISHED.rstrip("/")) for n in names):
        return
    from moto.ssm.models import Parameter, ssm_backends
    held: Any = ssm_backends[c.account][c.region]._parameters
    for kind in TYPES:
        name = f"{PUBLISHED}{kind}/latest"
        if not dict.get(held, name):
            held[name] = [Parameter(
                account_id=c.account, name=name, value=image_of(c, kind), parameter_type="String", description=None, allowed_pattern=None, keyid=None,
                last_modified_date=now(), version=1, data_type="aws:ec2:image")]
