"""A foreign program that knows nothing of this service but the W3C Web Annotation Protocol, and what it sends."""

import json
from typing import Any

from django.test import Client as Browser

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
TYPE = f'application/ld+json; profile="{CONTEXT}"'
HOME = "http://testserver/annotations/"
TEXT = "http://testserver/documents/size/"


class Program:
    """A foreign client: it has the address of a container, a token, and the protocol."""

    def __init__(self, secret: str = "") -> None:
        self.browser = Browser(enforce_csrf_checks=True)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def ask(self, method: str, address: str = HOME, data: Any = None, **headers: str) -> Any:
        sent = {"Content-Type": TYPE} if data is not None else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = data if isinstance(data, bytes) else b"" if data is None else json.dumps(data).encode()
        told = self.headers | sent | named
        return self.browser.generic(method, address, body, told.get("Content-Type", ""), headers=told)

    def get(self, address: str = HOME, **headers: str) -> Any:
        return json.loads(self.ask("GET", address, **headers).content)


def target(exact: str, source: str = TEXT) -> dict[str, Any]:
    """Give a passage as a foreign client writes it."""
    return {"source": source, "selector": {"type": "TextQuoteSelector", "exact": exact}}


def annotation(exact: str = "机械可解释性研究", value: str = "I like this!", **said: Any) -> dict[str, Any]:
    """Give an annotation as a foreign client writes it."""
    return {
        "@context": CONTEXT,
        "type": "Annotation",
        "motivation": "commenting",
        "body": {"type": "TextualBody", "value": value, "format": "text/plain"},
        "target": target(exact),
    } | said
