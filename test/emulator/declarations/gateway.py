"""A service that moto does not have, as small as a declaration can be: what the engine's tests work on."""
from emulator.context import make_id
from emulator.kinds import Block, Kind, Parent, States
from emulator.services import service

sgw = service("storagegateway", invalid="ValidationException")
GONE = ("InvalidGatewayRequestException", "The specified gateway was not found.")

Kind(sgw, "Gateway", key="GatewayARN", create="ActivateGateway", get="DescribeGatewayInformation", list="ListGateways",
     update="UpdateGatewayInformation", delete="DeleteGateway", missing=GONE, arn="GatewayARN", type="storagegateway:gateway",
     states=States("GatewayState", (("STARTING", 30), ("SYNCING", 60)), "RUNNING"),
     made={"GatewayId": lambda c, r: make_id("sgw-", 8).upper(), "GatewayARN": lambda c, r: c.arn(f"gateway/{r['GatewayId']}"),
           "GatewayType": "STORED"})
Kind(sgw, "Share", key="FileShareARN", create="CreateNFSFileShare", list="ListFileShares", delete="DeleteFileShare", token="ClientToken",
     parents=(Parent("GatewayARN", kind="Gateway"),),
     blocks=(Block("DeleteGateway", "GatewayARN", "GatewayARN", ("InvalidGatewayRequestException", "The gateway {} has file shares.")),),
     made={"FileShareId": lambda c, r: make_id("share-", 8), "FileShareARN": lambda c, r: c.arn(f"share/{r['FileShareId']}"),
           "FileShareType": "NFS", "FileShareStatus": "AVAILABLE"})
