"""What moto's EC2 loses of a launch template's further versions: what their source version says, and that user data is encoded."""
from __future__ import annotations

from typing import Any

from emulator.context import Context
from emulator.errors import fail
from emulator.services import service

ec2 = service("ec2")


def backend(c: Context) -> Any:
    """moto's own EC2 of the account and region, imported when somebody asks for it."""
    from moto.ec2.models import ec2_backends
    return ec2_backends[c.account][c.region]


@ec2.after_moto("CreateLaunchTemplateVersion")
def based_on_its_source(c: Context, answer: dict[str, Any]) -> None:
    """Parameters that the request leaves open are those of the source version; as it is kept, so it is shown."""
    from moto.ec2.utils import parse_user_data
    template, told = backend(c).launch_templates[answer["LaunchTemplateVersion"]["LaunchTemplateId"]], answer["LaunchTemplateVersion"]
    made = template.get_version(told["VersionNumber"])
    if c.params.get("SourceVersion"):
        source = source_of(template, str(c.params["SourceVersion"]), made)
        made.data = {**source.data, **made.data}
        told["LaunchTemplateData"] = {**c.call("ec2", "DescribeLaunchTemplateVersions", LaunchTemplateId=template.id,
                                               Versions=[str(source.number)])["LaunchTemplateVersions"][0]["LaunchTemplateData"],
                                      **told["LaunchTemplateData"]}
    made.data["UserData"] = parse_user_data(made.data.get("UserData"))


def source_of(template: Any, named: str, made: Any) -> Any:
    """The version that is named, as it was before this one was made."""
    number = template.default_version_number if named == "$Default" else made.number - 1 if named == "$Latest" else int(named)
    if not 1 <= number < made.number:
        template.versions.remove(made)
        raise fail("InvalidLaunchTemplateId.VersionNotFound", f"Could not find the specified version {named} for the launch template with ID {template.id}.")
    return template.get_version(number)
