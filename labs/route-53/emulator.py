"""What moto's Route 53 lacks or gets wrong of hosted zones: private ones, changes that take a while, what keeps a zone."""
from __future__ import annotations

from typing import Any

from emulator.clock import CLOCK
from emulator.context import Context, make_id, make_uuid, now
from emulator.errors import fail
from emulator.kinds import Kind
from emulator.pages import page
from emulator.services import service

route53 = service("route53", regional=False)
SPREADING = 0.4  # seconds until every name server knows of a change; about a minute on AWS


def backend(c: Context) -> Any:
    """moto's own Route 53 of the account, imported when somebody asks for it."""
    from moto.route53.models import route53_backends
    return route53_backends[c.account][c.partition]


def zone_of(c: Context, id_: str) -> Any:
    """moto's zone; its own error, where there is none."""
    c.call("route53", "GetHostedZone", Id=id_)
    return backend(c).zones[bare(id_)]


def bare(id_: str) -> str:
    return id_.rsplit("/", 1)[-1]


# ---------------------------------------------------------------- changes


def change(c: Context, comment: str | None = None) -> dict[str, Any]:
    record = {"Id": make_id("C", 20).upper(), "SubmittedAt": now(), "Comment": comment, "__since": CLOCK.time()}
    c.records("Change")[record["Id"]] = record
    return change_now(record)


def change_now(record: dict[str, Any]) -> dict[str, Any]:
    status = "PENDING" if CLOCK.time() - record["__since"] < SPREADING else "INSYNC"
    told = {"Id": f"/change/{record['Id']}", "Status": status, "SubmittedAt": record["SubmittedAt"], "Comment": record["Comment"]}
    return {k: v for k, v in told.items() if v is not None}


@route53.op("GetChange")
def get_change(c: Context) -> dict[str, Any]:
    record = c.records("Change").get(bare(c.params["Id"]))
    if record is None:
        raise fail("NoSuchChange", f"Could not find resource with ID: {c.params['Id']}", 404)
    return {"ChangeInfo": change_now(record)}


@route53.after_moto("DeleteHostedZone", "AssociateVPCWithHostedZone", "DisassociateVPCFromHostedZone")
def takes_a_while(c: Context, answer: dict[str, Any]) -> None:
    answer["ChangeInfo"] = change(c, c.params.get("Comment"))


# ---------------------------------------------------------------- zones


@route53.around_moto("CreateHostedZone")
def create_zone(c: Context, moto: Any) -> dict[str, Any]:
    """A zone that names a VPC is private, whatever else the request says of it."""
    if any(z.caller_reference == c.params["CallerReference"] for z in backend(c).zones.values()):
        raise fail("HostedZoneAlreadyExists", f"A hosted zone has already been created with the specified caller reference: {c.params['CallerReference']}", 409)
    vpc, changed = c.params.get("VPC"), {}
    if vpc:
        known_vpc(c, vpc)
        unambiguous(c, vpc, c.params["Name"])
        changed["HostedZoneConfig"] = {**(c.params.get("HostedZoneConfig") or {}), "PrivateZone": True}
    answer: dict[str, Any] = moto(**changed)
    zone = backend(c).zones[bare(answer["HostedZone"]["Id"])]
    own_records(zone)
    answer["ChangeInfo"] = change(c)
    answer["HostedZone"].setdefault("ResourceRecordSetCount", len(zone.rrsets))
    return answer


def own_records(zone: Any) -> None:
    """The records of the zone's own name servers, as AWS writes them: names with their last dot, numbers as numbers."""
    servers = [f"{n.strip('.')}." for n in zone.delegation_set.name_servers]
    for record in zone.rrsets:
        record.name, record.ttl = record.name.rstrip(".").lower() + ".", int(record.ttl)
        record.records = servers if record.type == "NS" else [f"{servers[0]} awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"]


def known_vpc(c: Context, vpc: dict[str, Any]) -> None:
    there = Context("ec2", None, {}, c.account, vpc.get("VPCRegion") or c.region)
    if not there.exists("ec2", "DescribeVpcs", VpcIds=[vpc.get("VPCId", "")]):
        raise fail("InvalidVPCId", f"The VPC: {vpc.get('VPCId')} in region {vpc.get('VPCRegion')} that you provided is not authorized to make the association.")


def unambiguous(c: Context, vpc: dict[str, Any], name: str, but: str = "") -> None:
    """One VPC can ask one zone of a name only."""
    for zone in backend(c).zones.values():
        same = zone.name.strip(".").lower() == name.strip(".").lower() and zone.resource_id != but
        if zone.private_zone and same and any(v.get("vpc_id") == vpc.get("VPCId") for v in zone.vpcs):
            raise fail("ConflictingDomainExists", f"The VPC {vpc.get('VPCId')} in region {vpc.get('VPCRegion')} has already been associated with the hosted "
                                                  f"zone {zone.resource_id} with the same domain name.")


@route53.before_moto("AssociateVPCWithHostedZone")
def associable(c: Context) -> None:
    zone = zone_of(c, c.params["HostedZoneId"])
    if zone.private_zone:
        known_vpc(c, c.params["VPC"])
        unambiguous(c, c.params["VPC"], zone.name)


@route53.before_moto("DisassociateVPCFromHostedZone")
def associated(c: Context) -> None:
    zone = zone_of(c, c.params["HostedZoneId"])
    if not any(v.get("vpc_id") == c.params["VPC"].get("VPCId") for v in zone.vpcs):
        raise fail("VPCAssociationNotFound", f"The VPC: {c.params['VPC'].get('VPCId')} and hosted zone {zone.resource_id} are not associated.", 404)


@route53.before_moto("DeleteHostedZone")
def empty(c: Context) -> None:
    if c.find("KeySigningKey", HostedZoneId=bare(c.params["Id"])):
        raise fail("HostedZoneNotEmpty", "The specified hosted zone contains DNSSEC Key Signing Keys and so cannot be deleted.")


@route53.after_moto("DeleteHostedZone")
def and_what_hangs_on_it(c: Context, answer: dict[str, Any]) -> None:
    id_ = bare(c.params["Id"])
    backend(c).resource_tags.pop(id_, None)
    for kind in ("QueryLoggingConfig", "Authorization"):
        for key in [k for k, r in c.records(kind).items() if r["HostedZoneId"] == id_]:
            del c.records(kind)[key]


@route53.after_moto("ListHostedZonesByName")
def has_its_members(c: Context, answer: dict[str, Any]) -> None:
    answer.setdefault("IsTruncated", False)
    answer.setdefault("MaxItems", str(c.params.get("MaxItems", 100)))


@route53.after_moto("ListHostedZonesByVPC")
def says_how_many(c: Context, answer: dict[str, Any]) -> None:
    answer.setdefault("MaxItems", str(c.params.get("MaxItems", 100)))


@route53.after_moto("ListReusableDelegationSets")
def reusable_ones(c: Context, answer: dict[str, Any]) -> None:
    """moto keeps a set for every zone; only those that somebody made are AWS's reusable ones."""
    answer["DelegationSets"] = [s for s in answer.get("DelegationSets", []) if s.get("Id", "").removeprefix("/delegationset/")]


# ---------------------------------------------------------------- zones offered to VPCs of other accounts


def private(c: Context) -> Any:
    zone = zone_of(c, c.params["HostedZoneId"])
    if not zone.private_zone:
        raise fail("InvalidInput", "The hosted zone is public: only a private hosted zone can be associated with a VPC.")
    return zone


@route53.op("CreateVPCAssociationAuthorization")
def authorize(c: Context) -> dict[str, Any]:
    id_, vpc = private(c).resource_id, c.params["VPC"]
    c.records("Authorization")[f"{id_} {vpc['VPCId']}"] = {"HostedZoneId": id_, "VPC": vpc}
    return {"HostedZoneId": id_, "VPC": vpc}


@route53.op("ListVPCAssociationAuthorizations")
def authorizations(c: Context) -> dict[str, Any]:
    id_ = zone_of(c, c.params["HostedZoneId"]).resource_id
    return {"HostedZoneId": id_, **page(c, [r["VPC"] for r in c.find("Authorization", HostedZoneId=id_)], invalid="InvalidPaginationToken")}


@route53.op("DeleteVPCAssociationAuthorization")
def unauthorize(c: Context) -> None:
    id_, vpc = private(c).resource_id, c.params["VPC"]
    if c.records("Authorization").pop(f"{id_} {vpc['VPCId']}", None) is None:
        raise fail("VPCAssociationAuthorizationNotFound", f"The VPC association authorization for VPC {vpc['VPCId']} and hosted zone {id_} was not found.", 404)


# ---------------------------------------------------------------- CIDR collections


def unused(c: Context, collection: dict[str, Any]) -> None:
    if collection["Blocks"]:
        raise fail("CidrCollectionInUseException", f"The CIDR collection {collection['Id']} is in use, or is not empty.")


class CidrCollections(Kind):
    def do_list(self, c: Context) -> dict[str, Any]:
        return page(c, self.rows(c), invalid="InvalidInput")


CidrCollections(
    route53, "CidrCollection", key="Id", create="CreateCidrCollection", list="ListCidrCollections", delete="DeleteCidrCollection", output="Collection",
    unique=("Name",), gone=unused, tags="", exists=("CidrCollectionAlreadyExistsException", "A CIDR collection with the name {} already exists."),
     missing=("NoSuchCidrCollectionException", "The CIDR collection {} was not found."),
     made={"Id": make_uuid, "Version": 1, "Arn": lambda c, r: f"arn:{c.partition}:route53:::cidrcollection/{r['Id']}", "Blocks": {},
           "Location": lambda c, r: f"https://route53.amazonaws.com/2013-04-01/cidrcollection/{r['Id']}"})


def collection_of(c: Context, id_: str) -> dict[str, Any]:
    found = c.records("CidrCollection").get(id_)
    if found is None:
        raise fail("NoSuchCidrCollectionException", f"The CIDR collection {id_} was not found.", 404)
    return found


@route53.op("ChangeCidrCollection")
def change_collection(c: Context) -> dict[str, Any]:
    collection = collection_of(c, c.params["Id"])
    if c.params.get("CollectionVersion") not in (None, collection["Version"]):
        raise fail("CidrCollectionVersionMismatchException", "The CIDR collection has another version by now.", 409)
    for one in c.params["Changes"]:
        held = collection["Blocks"].setdefault(one["LocationName"], [])
        kept = [b for b in held if b not in one["CidrList"]]
        collection["Blocks"][one["LocationName"]] = [*kept, *one["CidrList"]] if one["Action"] == "PUT" else kept
    collection["Blocks"] = {name: blocks for name, blocks in collection["Blocks"].items() if blocks}
    collection["Version"] += 1
    return {"Id": change(c)["Id"].removeprefix("/change/")}


@route53.op("ListCidrLocations")
def locations(c: Context) -> dict[str, Any]:
    return page(c, [{"LocationName": n} for n in collection_of(c, c.params["CollectionId"])["Blocks"]], invalid="InvalidInput")


@route53.op("ListCidrBlocks")
def blocks(c: Context) -> dict[str, Any]:
    held, wanted = collection_of(c, c.params["CollectionId"])["Blocks"], c.params.get("LocationName")
    if wanted and wanted not in held:
        raise fail("NoSuchCidrLocationException", f"The CIDR location {wanted} was not found.", 404)
    rows = [{"CidrBlock": b, "LocationName": n} for n, all_ in held.items() for b in all_ if wanted in (None, n)]
    return page(c, rows, invalid="InvalidInput")
