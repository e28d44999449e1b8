"""The policy of SNS topics, which a template gives to topics that stand elsewhere."""
from __future__ import annotations

import json
from typing import Any

from ..cfn.types import Found, ResourceType, Work, declare


class TopicPolicy(ResourceType):
    """It sets an attribute of each topic, and has no operation of its own."""

    name = "AWS::SNS::TopicPolicy"

    def create(self, work: Work) -> Found:
        document = work.properties["PolicyDocument"]
        text = document if isinstance(document, str) else json.dumps(document)
        for topic in work.properties["Topics"]:
            work.call("sns", "SetTopicAttributes", TopicArn=topic, AttributeName="Policy", AttributeValue=text)
        return {"Id": work.name()}

    def update(self, work: Work, found: Found) -> Found:
        return {**self.create(work), **found}

    def delete(self, work: Work, found: Found) -> None:
        """What is left is SNS's own: the topic's account may do everything with it. The topic itself is another resource's."""

    def physical(self, found: Found) -> str:
        return str(found["Id"])

    def attribute(self, context: Any, found: Found, name: str) -> Any:
        return {"Id": found["Id"]}[name]

    def has_attribute(self, name: str) -> bool:
        return name == "Id"


declare(TopicPolicy())
