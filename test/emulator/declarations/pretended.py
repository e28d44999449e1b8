"""A CloudFormation type that the sandbox only pretends to have."""
from emulator.cfn.types import not_emulated

not_emulated("Test::Not::Emulated", "it needs a data centre")
