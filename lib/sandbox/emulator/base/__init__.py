"""What every lab stands on, declared like a lab's own: identity, keys, and tags of what the services share."""
from __future__ import annotations

from ..layer import Layer


def install(layer: Layer) -> None:
    from .. import moto_internals as moto
    from . import aws_policies, iam, kms, s3, sns, ssm, sts  # noqa: F401
    layer.first_time["ec2"] = moto.tags_by_id
    layer.first_time["s3"] = s3.judge_policies
