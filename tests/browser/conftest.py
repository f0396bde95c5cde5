"""A real server with its own database, and a real Chromium to read what it serves."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.firefox import Tab, running

ROOT = Path(__file__).resolve().parents[2]
TEXTS = Path(__file__).parent / "texts"
PASSWORD = "a long walk by the river"


@dataclass(frozen=True)
class Server:
    """Where the service runs in these tests, and with what environment."""

    url: str
    environment: dict[str, str]

    def manage(self, *arguments: str, **environment: str) -> str:
        """Run a management command against the server's database."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment | environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended by itself"
        try:
            urllib.request.urlopen(f"{url}/about/", timeout=5)
            return
        except (urllib.error.URLError, OSError):
            continue
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A service with the embedded database."""
    with serving(tmp_path_factory.mktemp("data")) as served:
        yield served


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[Server]:
    """Prepare a fresh service as run.py does, bring two texts in, and serve."""
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"ZHUJIE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "config.settings"} | settings
    served = Server(f"http://127.0.0.1:{port}", environment)
    served.manage("prepare")
    served.manage("import_texts", *map(str, sorted(TEXTS.glob("*.txt"))))
    granian = Path(sys.executable).with_name("granian")
    options = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
    command = [str(granian), *options, "--port", str(port), "config.wsgi:application"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            _wait_until_it_answers(served.url, process)
            yield served
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium that run.py found; root needs it without its sandbox."""
    arguments = ["--disable-background-networking", "--disable-component-update"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    launch: dict[str, Any] = {**browser_type_launch_args, "args": arguments}
    return launch | {"executable_path": os.environ["CHROMIUM"]} if os.environ.get("CHROMIUM") else launch


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], server: Server) -> dict[str, Any]:
    """Let addresses in tests be those of the site."""
    return {**browser_context_args, "base_url": server.url, "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page whose script must not fail, and on which nothing breaks the content security policy."""
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if "Content Security" in message.text else None)
    yield page
    assert not problems


def open_text(page: Page, address: str) -> None:
    """Open a reading page and wait until its script is ready."""
    page.goto(address)
    page.wait_for_selector("article.text[data-ready]")


def sign_up(page: Page, name: str) -> None:
    """Make an account, as a reader does."""
    page.goto("/accounts/signup/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password:", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again):").fill(PASSWORD)
    page.get_by_role("button", name="Sign Up").click()
    page.wait_for_url(lambda address: "/accounts/" not in address)


@pytest.fixture
def stranger(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """Another reader's browser."""
    context = browser.new_context(**browser_context_args)
    yield context
    context.close()


@pytest.fixture(scope="session")
def firefox(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """Give a tab of the Firefox that run.py found; where it found none, these stories are not told."""
    binary = os.environ.get("FIREFOX", shutil.which("firefox-esr"))
    if not binary:
        pytest.skip("there is no Firefox")
    with running(binary, tmp_path_factory.mktemp("firefox"), server.url) as tab:
        yield tab
