"""What every lab stands on, declared like a lab's own: identity, keys, and tags of what the services share."""
from __future__ import annotations


def install() -> None:
    from . import aws_policies, iam, kms, s3, sns, ssm, sts  # noqa: F401
