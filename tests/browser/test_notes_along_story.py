"""A reader brings notes in, lets a program of another site read them, takes all along, and leaves."""

import json
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PASSWORD, Server, sign_up
from tests.browser.test_accessibility import violations
from tests.browser.test_reading_story import INTERVIEW

# What a page elsewhere does with an address and a token.
FOREIGN = """async ([address, token]) => {
  const headers = {Authorization: `Bearer ${token}`, Prefer: 'return=representation;include="http://www.w3.org/ns/oa#PreferContainedIRIs"'};
  const container = await (await fetch(address, {headers})).json();
  const found = container.first.items;
  const one = await fetch(found[0], {headers});
  const state = await one.json();
  state.body = [{type: "TextualBody", purpose: "commenting", value: "written elsewhere"}];
  const sent = {...headers, "Content-Type": "application/ld+json", "If-Match": one.headers.get("ETag")};
  const put = await fetch(found[0], {method: "PUT", headers: sent, body: JSON.stringify(state)});
  const refused = await fetch(address);
  return [container.total, put.status, (await put.json()).body[0].value, refused.status];
}"""


class _Empty(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def other_site() -> Iterator[str]:
    """An empty page of another origin."""
    with HTTPServer(("127.0.0.1", 0), _Empty) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}/"
        site.shutdown()


def hypothesis_file(folder: Path, server: Server) -> Path:
    """Give a file as Hypothesis exports it, with a passage that is in the text and one that is not."""
    quotes = ("理解模型", "火星上的猫")
    selectors = ({"type": "TextQuoteSelector", "exact": "还能怎样" + quote} for quote in quotes)
    rows = [
        {"id": str(number), "uri": server.url + INTERVIEW, "text": f"note {number}", "target": [{"selector": [one]}]}
        for number, one in enumerate(selectors)
    ]
    path = folder / "hypothesis.json"
    path.write_text(json.dumps({"annotations": rows}), encoding="utf8")
    return path


def look_at(page: Page) -> None:
    """See that a page is sound in both themes, on a desk and on a phone."""
    for width, scheme in ((1280, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_notes_come_along_and_go_along(
    page: Page, browser: Browser, server: Server, other_site: str, tmp_path: Path
) -> None:
    sign_up(page, "laozi")
    page.goto("/notes/import/")
    look_at(page)
    page.get_by_label("File", exact=True).set_input_files(hypothesis_file(tmp_path, server))
    page.get_by_role("button", name="Check the file").click()
    expect(page.locator(".tallies")).to_contain_text("2 new")
    look_at(page)
    page.get_by_role("button", name="Bring them in").click()
    expect(page.locator(".message")).to_contain_text("Brought in: 2 new")

    page.goto("/account/tokens/")
    page.get_by_label("What it is for").fill("elsewhere")
    page.get_by_role("button", name="Make a token").click()
    token = page.get_by_label("Copy it now").input_value()
    look_at(page)
    elsewhere = browser.new_context().new_page()
    elsewhere.goto(other_site)
    done = elsewhere.evaluate(FOREIGN, [f"{server.url}/annotations/", token])
    assert done == [2, 200, "written elsewhere", 401]

    page.goto("/account/")
    look_at(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Everything that is mine").click()
    notes = json.loads(zipfile.ZipFile(waiting.value.path()).read("notes.jsonld"))
    assert "written elsewhere" in [item["body"][0]["value"] for item in notes["first"]["items"]]
    page.get_by_role("link", name="Delete account").click()
    look_at(page)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("heading", name="Your account is deleted")).to_be_visible()
    look_at(page)
