"""The documented examples of what emulator.py adds to IAM: what each needs first, and an error that AWS documents for each."""
from __future__ import annotations

import json
from typing import Any

OIDC = "arn:aws:iam::123456789012:oidc-provider/server.example.com"
SAML = "arn:aws:iam::123456789012:saml-provider/ADFS"
NOBODY = "arn:aws:iam::123456789012:user/nobody"
METADATA = (
    '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com">'
    '<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing">'
    '<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>MIIC</X509Certificate></X509Data></KeyInfo></KeyDescriptor>'
    '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso"/>'
    "</IDPSSODescriptor></EntityDescriptor>"
).ljust(1000)
LISTING = {"Effect": "Allow", "Action": "codecommit:ListRepositories", "Resource": "*"}
AFTER = {"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*", "Condition": {"DateGreaterThan": {"aws:CurrentTime": "2018-08-16T12:00:00Z"}}}


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)}, indent=4)


def managed(aws: Any, name: str, *statements: dict[str, Any]) -> str:
    return str(aws("iam").create_policy(PolicyName=name, PolicyDocument=document(*statements))["Policy"]["Arn"])


def oidc(aws: Any) -> dict[str, str]:
    made = aws("iam").create_open_id_connect_provider(Url="https://server.example.com", ClientIDList=["one"], ThumbprintList=["c" * 40])
    return {r"arn:aws:iam::123456789012:oidc-provider/[\w.-]+": made["OpenIDConnectProviderArn"]}


def saml(aws: Any) -> None:
    tags = [{"Key": "DeptID", "Value": "123456"}, {"Key": "Department", "Value": "Accounting"}]
    aws("iam").create_saml_provider(Name="ADFS", SAMLMetadataDocument=METADATA, Tags=tags)


def user(name: str, bounded: bool = False) -> Any:
    def make(aws: Any) -> None:
        limit = managed(aws, "intern-boundary", LISTING)
        aws("iam").create_user(UserName=name, **({"PermissionsBoundary": limit} if bounded else {}))
    return make


def alejandro(aws: Any) -> None:
    aws("iam").create_user(UserName="alejandro")
    for name, statement in (("Grant-Access-To-CodeCommit-ListRepo", LISTING), ("Dated", AFTER)):
        aws("iam").put_user_policy(UserName="alejandro", PolicyName=name, PolicyDocument=document(statement))


def policyfile(aws: Any) -> dict[str, str]:
    return {"file://policyfile.json": "'" + document(AFTER) + "'"}


def of_user(aws: Any) -> dict[str, str]:
    alejandro(aws)
    return {r"arn:aws:iam::123456789012:user/\w+": "arn:aws:iam::123456789012:user/alejandro"}


def boundary(aws: Any) -> None:
    managed(aws, "intern-boundary", LISTING)


def job(aws: Any) -> dict[str, str]:
    boundary(aws)
    made = aws("iam").generate_service_last_accessed_details(Arn="arn:aws:iam::123456789012:policy/intern-boundary")
    return {"2eb6c2b8-7b4c-3xmp-3c13-03b72c8cdfdc": made["JobId"]}


SETUPS: dict[tuple[str, str], list[Any]] = {
    ("iam", "AddClientIDToOpenIDConnectProvider"): [oidc], ("iam", "RemoveClientIDFromOpenIDConnectProvider"): [oidc],
    ("iam", "DeleteUserPermissionsBoundary"): [user("intern", bounded=True)], ("iam", "PutUserPermissionsBoundary"): [user("intern"), user("developer")],
    ("iam", "GenerateServiceLastAccessedDetails"): [boundary, None], ("iam", "GetServiceLastAccessedDetails"): [job],
    ("iam", "GetContextKeysForCustomPolicy"): [None, policyfile], ("iam", "GetContextKeysForPrincipalPolicy"): [of_user],
    ("iam", "ListSAMLProviderTags"): [saml], ("iam", "TagSAMLProvider"): [saml], ("iam", "UntagSAMLProvider"): [saml],
    ("iam", "SimulateCustomPolicy"): [None], ("iam", "SimulatePrincipalPolicy"): [alejandro],
}
NOT_REPLAYED: dict[tuple[str, str], str] = {}


def before_errors(aws: Any) -> None:
    aws("iam").create_user(UserName="alice")


GONE = "NoSuchEntity"
ERRORS: list[tuple[str, str, dict[str, Any], str]] = [
    ("iam", "AddClientIDToOpenIDConnectProvider", {"OpenIDConnectProviderArn": OIDC, "ClientID": "one"}, GONE),
    ("iam", "RemoveClientIDFromOpenIDConnectProvider", {"OpenIDConnectProviderArn": OIDC, "ClientID": "one"}, GONE),
    ("iam", "DeleteUserPermissionsBoundary", {"UserName": "alice"}, GONE),
    ("iam", "PutUserPermissionsBoundary", {"UserName": "alice", "PermissionsBoundary": "arn:aws:iam::123456789012:policy/nope"}, GONE),
    ("iam", "GenerateServiceLastAccessedDetails", {"Arn": NOBODY}, GONE),
    ("iam", "GetServiceLastAccessedDetails", {"JobId": "2eb6c2b8-7b4c-3a3a-3c13-03b72c8cdfdc"}, GONE),
    ("iam", "GetContextKeysForCustomPolicy", {"PolicyInputList": ["{"]}, "InvalidInput"),
    ("iam", "GetContextKeysForPrincipalPolicy", {"PolicySourceArn": NOBODY}, GONE),
    ("iam", "ListSAMLProviderTags", {"SAMLProviderArn": SAML}, GONE),
    ("iam", "TagSAMLProvider", {"SAMLProviderArn": SAML, "Tags": [{"Key": "a", "Value": "b"}]}, GONE),
    ("iam", "UntagSAMLProvider", {"SAMLProviderArn": SAML, "TagKeys": ["a"]}, GONE),
    ("iam", "SimulateCustomPolicy", {"PolicyInputList": ["{"], "ActionNames": ["s3:GetObject"]}, "InvalidInput"),
    ("iam", "SimulatePrincipalPolicy", {"PolicySourceArn": NOBODY, "ActionNames": ["s3:GetObject"]}, GONE),
]
