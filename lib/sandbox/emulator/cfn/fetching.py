"""An address in S3 -> the text of the object: templates, stack policies, what a transform includes."""
from __future__ import annotations

import re
from urllib.parse import unquote, urlparse

from ..context import Context
from ..errors import Refused
from .templates import invalid


def fetched(c: Context, url: str, member: str = "TemplateURL") -> str:
    """By any of the addresses that an object has; `member` is the parameter that named it. Raises ValidationError as CloudFormation does."""
    parts = urlparse(url)
    path = unquote(parts.path.lstrip("/"))
    host = parts.hostname or ""
    by_host = re.match(r"(.+)\.s3[.-]", host)
    bucket, _, key = (by_host[1], "/", path) if by_host else path.partition("/")
    if not bucket or not key:
        raise invalid(f"{member} must be a supported URL.")
    try:
        found = c.call("s3", "GetObject", Bucket=bucket, Key=key)["Body"]
        return found if isinstance(found, str) else bytes(found).decode()
    except Refused as error:
        raise invalid(f"S3 error: {error.message}\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html") from None
