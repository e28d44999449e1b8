"""Identity providers: what moto takes for one though it is none, their tags, and what stands in the way of another."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from emulator import moto_internals, tagging
from emulator.context import Context
from emulator.errors import fail
from emulator.pages import page
from emulator.services import service
from emulator.state import STATE

iam = service("iam", regional=False)
METADATA = "{urn:oasis:names:tc:SAML:2.0:metadata}"
CERTIFICATE = ".//{http://www.w3.org/2000/09/xmldsig#}X509Certificate"


# ---------------------------------------------------------------- SAML


def described(document: str) -> None:
    """Raises unless the document describes an identity provider with a certificate."""
    try:
        root = ElementTree.fromstring(document)
    except ElementTree.ParseError:
        raise fail("InvalidInput", "Could not parse metadata") from None
    role = root.find(f"{METADATA}IDPSSODescriptor") if root.tag == f"{METADATA}EntityDescriptor" else None
    if role is None or role.find(CERTIFICATE) is None or role.find(f"{METADATA}SingleSignOnService") is None:
        raise fail("InvalidInput", "The metadata describes no identity provider: it needs an IDPSSODescriptor with a certificate and an address.")


@iam.around_moto("CreateSAMLProvider")
def create_saml(c: Context, moto: Any) -> dict[str, Any]:
    described(c.params["SAMLMetadataDocument"])
    arn = c.arn(f"saml-provider/{c.params['Name']}")
    if c.exists("iam", "GetSAMLProvider", SAMLProviderArn=arn):
        raise fail("EntityAlreadyExists", f"SAMLProvider with name {c.params['Name']} already exists.", 409)
    answer: dict[str, Any] = moto(Tags=None)
    c.records("SAMLTags")[answer["SAMLProviderArn"]] = {t["Key"]: t["Value"] for t in c.params.get("Tags") or []}
    return {**answer, "Tags": c.params.get("Tags") or []}


@iam.before_moto("UpdateSAMLProvider")
def update_saml(c: Context) -> None:
    if c.params.get("SAMLMetadataDocument"):
        described(c.params["SAMLMetadataDocument"])


@iam.around_moto("DeleteSAMLProvider")
def delete_saml(c: Context, moto: Any) -> dict[str, Any]:
    tags_of(c)
    answer: dict[str, Any] = moto()
    c.records("SAMLTags").pop(c.params["SAMLProviderArn"], None)
    return answer


@iam.after_moto("GetSAMLProvider")
def get_saml(c: Context, answer: dict[str, Any]) -> None:
    answer["Tags"] = pairs(c.records("SAMLTags").get(c.params["SAMLProviderArn"], {}))


def tags_of(c: Context) -> dict[str, str]:
    c.call("iam", "GetSAMLProvider", SAMLProviderArn=c.params["SAMLProviderArn"])
    return c.records("SAMLTags").setdefault(c.params["SAMLProviderArn"], {})


def pairs(tags: dict[str, str]) -> list[dict[str, str]]:
    return [{"Key": k, "Value": v} for k, v in tags.items()]


@iam.op("ListSAMLProviderTags")
def list_saml_tags(c: Context) -> dict[str, Any]:
    shown = page(c, pairs(tags_of(c)))
    return {"IsTruncated": "Marker" in shown, **shown}


@iam.op("TagSAMLProvider")
def tag_saml(c: Context) -> dict[str, Any]:
    tags_of(c).update({t["Key"]: t["Value"] for t in c.params["Tags"]})
    return {}


@iam.op("UntagSAMLProvider")
def untag_saml(c: Context) -> dict[str, Any]:
    tags = tags_of(c)
    for key in c.params["TagKeys"]:
        tags.pop(key, None)
    return {}


# ---------------------------------------------------------------- OpenID Connect


@iam.before_moto("CreateOpenIDConnectProvider")
def new_issuer(c: Context) -> None:
    """An issuer's address without its scheme is its ARN: one in an account."""
    url = urlsplit(c.params["Url"])
    if url.scheme != "https" or not url.netloc or url.query:
        raise fail("ValidationError", "Invalid Open ID Connect Provider URL")
    arn = c.arn(f"oidc-provider/{url.netloc}{url.path}")
    if c.exists("iam", "GetOpenIDConnectProvider", OpenIDConnectProviderArn=arn):
        raise fail("EntityAlreadyExists", f"Provider with url {c.params['Url']} already exists.", 409)
    for thumbprint in c.params.get("ThumbprintList") or []:
        if len(thumbprint) != 40 or not all(x in "0123456789abcdefABCDEF" for x in thumbprint):
            raise fail("ValidationError", "Thumbprint must have 40 hexadecimal digits")


@iam.op("AddClientIDToOpenIDConnectProvider")
def add_client(c: Context) -> dict[str, Any]:
    clients = clients_of(c)
    if c.params["ClientID"] not in clients:
        clients.append(c.params["ClientID"])
    return {}


@iam.op("RemoveClientIDFromOpenIDConnectProvider")
def remove_client(c: Context) -> dict[str, Any]:
    clients = clients_of(c)
    if c.params["ClientID"] in clients:
        clients.remove(c.params["ClientID"])
    return {}


def clients_of(c: Context) -> list[str]:
    from moto.iam.models import iam_backends
    arn = c.params["OpenIDConnectProviderArn"]
    c.call("iam", "GetOpenIDConnectProvider", OpenIDConnectProviderArn=arn)
    provider: Any = iam_backends[c.account][c.partition].open_id_providers[arn]
    return list_of(provider)


def list_of(provider: Any) -> list[str]:
    provider.client_id_list = list(provider.client_id_list or [])
    return provider.client_id_list  # type: ignore[no-any-return]


# ---------------------------------------------------------------- the tagging API

GLOBAL = "us-east-1"  # where what has no region shows its tags


def tagged(account: str, region: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(ARN, type, tags) of every provider, which moto's tagging API leaves out."""
    held = moto_internals.in_use("iam", account, "aws")
    if held is None or region != GLOBAL:
        return
    for one in list(held.open_id_providers.values()):
        yield one.arn, "iam:oidc-provider", {t["Key"]: t["Value"] for t in one.tags.values()}
    for arn, tags in list(STATE.table(account, "global", "iam", "SAMLTags").items()):
        yield arn, "iam:saml-provider", tags


tagging.OTHERS.append(tagged)
