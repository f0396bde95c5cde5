"""Drive a plain Firefox by WebDriver BiDi (W3C), of which these few commands are all that the stories need.

Playwright drives only a Firefox of its own making; readers have the one of their system.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

READY = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
PREFERENCES = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
}
# What WebDriver names the keys that write nothing.
KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Shift": "\ue008", "Control": "\ue009"}
KEYS |= {"ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015"}
TIMEOUT = 60


class Tab:
    """One tab of a running Firefox; errors of its scripts are gathered in ``problems``."""

    def __init__(self, connection: ClientConnection, url: str) -> None:
        self.connection, self.url = connection, url
        self.numbers = count(1)
        self.problems: list[str] = []
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded"])
        self.context = self.send("browsingContext.getTree")["contexts"][0]["context"]

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its answer; raises AssertionError where Firefox refuses it."""
        number = next(self.numbers)
        self.connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self.connection.recv(timeout=TIMEOUT))
            if told.get("method") == "log.entryAdded" and told["params"]["level"] == "error":
                self.problems.append(told["params"]["text"])
            if told.get("id") == number:
                assert told["type"] == "success", told
                result: dict[str, Any] = told["result"]
                return result

    def goto(self, address: str) -> None:
        """Open an address of the site, and wait until it is loaded."""
        self.send("browsingContext.navigate", context=self.context, url=self.url + address, wait="complete")

    def open_text(self, address: str) -> None:
        """Open a reading page, and wait until its script is ready."""
        self.goto(address)
        self.wait("document.querySelector('article.text[data-ready]')")

    def evaluate(self, expression: str) -> Any:
        """Give the value of an expression of JavaScript, which may be a promise; any that JSON can hold."""
        told = self.send(
            "script.evaluate",
            expression=f"Promise.resolve({expression}).then((value) => JSON.stringify(value ?? null))",
            target={"context": self.context},
            awaitPromise=True,
        )
        assert told["type"] == "success", told["exceptionDetails"]["text"]
        return json.loads(told["result"]["value"])

    def wait(self, expression: str) -> None:
        """Wait, frame by frame, until an expression of JavaScript is true."""
        self.evaluate(
            f"""new Promise((done, fail) => {{ const from = performance.now(); const look = () => {{
            if ({expression}) done(true);
            else if (performance.now() - from > 20000) fail(new Error({json.dumps(expression)}));
            else requestAnimationFrame(look); }}; look(); }})"""
        )

    def resize(self, width: int, height: int) -> None:
        """Give the page a window of so many pixels."""
        self.send("browsingContext.setViewport", context=self.context, viewport={"width": width, "height": height})

    def press(self, *keys: str) -> None:
        """Press keys one after the other; ``Shift+ArrowRight`` holds the first down. Others are typed as they are."""
        actions: list[dict[str, str]] = []
        for chord in keys:
            values = [KEYS.get(key, key) for key in chord.split("+")]
            actions += [{"type": "keyDown", "value": value} for value in values]
            actions += [{"type": "keyUp", "value": value} for value in reversed(values)]
        self._perform({"type": "key", "id": "keys", "actions": actions})

    def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        self.press(*text)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drag the mouse from one point of the window to another; from a point to itself it is a click."""
        way = [{"type": "pointerMove", "x": round(x), "y": round(y)} for x, y in (start, end)]
        actions = [way[0], {"type": "pointerDown", "button": 0}, way[1], {"type": "pointerUp", "button": 0}]
        self._perform({"type": "pointer", "id": "mouse", "actions": actions})

    def _perform(self, source: dict[str, Any]) -> None:
        self.send("input.performActions", context=self.context, actions=[source])

    def fill(self, form: str, **values: str) -> None:
        """Fill the fields of a form, by name, and send it."""
        filled = json.dumps(values)
        self.evaluate(
            f"""(() => {{ const form = document.querySelector({json.dumps(form)});
            for (const [name, value] of Object.entries({filled})) form.elements[name].value = value;
            form.requestSubmit(); }})()"""
        )


@contextmanager
def running(binary: str, profile: Path, url: str) -> Iterator[Tab]:
    """Run a Firefox without a window and with a new profile, for as long as it is needed."""
    lines = [f'user_pref("{name}", {json.dumps(value)});' for name, value in PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines))
    command = [binary, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            address = next(found[1] for line in process.stderr if (found := READY.search(line)))
            with connect(f"{address}/session", max_size=None) as connection:
                yield Tab(connection, url)
        finally:
            process.terminate()
