"""What a reading page costs in a browser, beside static pages in the same run.

python -m bench.browser SLUG [RUNS]  (in the project's folder, with the database prepared, and a Chromium)

Prints a table of medians for three pages: the reading page; a static page of the same bytes without its scripts; and
the text alone with the same styles, which is the floor. At full speed, slowed four times, and slowed four times with a
slow network (150 ms, 1.6 Mbit/s). Then what toggles, scrolling and cards take on the reading page, how many blocks are
wrong after a change of script, and how many words that are clicked are the words of their cards.
"""

import os
import re
import statistics
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import brotli
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

import bench.ready  # noqa: F401  # sets Django up
from reader.models import Document

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE = ViewportSize(width=412, height=823)
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 180_000, "uploadThroughput": 84_000}
SETTINGS = (("full speed", 1, False), ("4 times slowed", 4, False), ("4 times slowed, slow 4G", 4, True))
QUIET = 700
CLICKS = 40
# Watches from the start: paints, shifts, long tasks.
WATCH = """() => { const seen = window.seen = { lcp: 0, cls: 0, long: [] };
  const watch = (type, act) => new PerformanceObserver((list) => list.getEntries().forEach(act))
    .observe({ type, buffered: true });
  watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
  watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.cls += entry.value; });
  watch("longtask", (entry) => seen.long.push(entry.duration)); }"""
PAINTS = """() => ({ fcp: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN, ...seen,
  elements: document.getElementsByTagName("*").length })"""
# From a press to the end of the next frame.
PRESS = """(selector) => new Promise((done) => { const start = performance.now();
  document.querySelector(selector).click();
  requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now() - start); port2.postMessage(0); }); })"""
SCROLL = """() => new Promise((done) => { let steps = 0; const step = () => { scrollBy(0, 120);
  if ((steps += 1) < 150) requestAnimationFrame(step); else setTimeout(done, 300); }; step(); })"""
UNCONVERTED = """() => [...document.querySelectorAll(".block")].filter((block) => block.passage &&
  block.passage.shown.split(" ")[0] !== document.querySelector("article.text").dataset.script).length"""
WORD = """(at) => { const passages = [...document.querySelectorAll(".block")].map((block) => block.passage);
  const passage = passages[(at * 37) % passages.length]; if (!passage.text) return null;
  const words = passage.tokens.filter((token) => token.word); const token = words[(at * 13) % words.length];
  if (!token) return null; const there = passage.range(token.start, token.end).startContainer.parentElement;
  there.scrollIntoView({ block: "center" }); const [box] = passage.range(token.start, token.end).getClientRects();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, word: passage.text.slice(token.start, token.end) }; }"""


class _QuietHandler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_arguments: object) -> None:
        pass


class _Threads(ThreadingHTTPServer, WSGIServer):
    daemon_threads = True


@contextmanager
def served() -> Iterator[str]:
    """Serve the whole stack in a thread."""
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    server = make_server("127.0.0.1", 0, get_wsgi_application(), _Threads, _QuietHandler)
    with _running(server) as address:
        yield address


@contextmanager
def static(pages: dict[str, tuple[str, bytes]]) -> Iterator[str]:
    """Serve bytes that lie ready, compressed, by their paths."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            kind, content = pages.get(self.path, ("text/plain", b""))
            self.send_response(200 if self.path in pages else 404)
            for name, value in (("Content-Type", kind), ("Content-Encoding", "br"), ("Content-Length", len(content))):
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            pass

    with _running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as address:
        yield address


@contextmanager
def _running(server: Any) -> Iterator[str]:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def static_pages(browser: Browser, address: str) -> dict[str, tuple[str, bytes]]:
    """Make the page without its scripts, and its text alone, with all they need."""
    page = browser.new_context().new_page()
    html = page.request.get(address).text()
    root = address.split("/documents/", maxsplit=1)[0]
    [styles, *_panels] = re.findall(r'"(/static/[^"]*\.css)"', html)
    scripted = re.compile(r'<template id="after-paint">.*?</template>|<script.*?</script>', re.DOTALL)
    page.set_content(scripted.sub("", html))
    text = page.locator(".blocks").evaluate(
        """(blocks) => [...blocks.querySelectorAll(".block")].map((block) => {
        const plain = document.createElement(block.localName); plain.textContent = block.textContent;
        return plain.outerHTML; }).join("")"""
    )
    floor = (
        '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<link rel="stylesheet" href="{styles}"><body class="reading"><main><article class="text"><div class="blocks">'
        f"{text}</div></article></main>"
    )
    page.context.close()
    css = browser.new_context().request.get(root + styles).body()
    files = {"/same": ("text/html; charset=utf-8", scripted.sub("", html).encode())}
    files |= {"/floor": ("text/html; charset=utf-8", floor.encode()), styles: ("text/css", css)}
    return {path: (kind, brotli.compress(content)) for path, (kind, content) in files.items()}


@contextmanager
def opened(browser: Browser, address: str, rate: int, slow: bool) -> Iterator[tuple[Page, CDPSession]]:
    """Open a page on a phone of a speed, and wait until nothing moves."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=1.75)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW_4G)
    page.add_init_script(f"({WATCH})()")
    page.goto(address, wait_until="load")
    page.wait_for_timeout(QUIET * (3 if slow else 1))
    yield page, session
    context.close()


def load(browser: Browser, address: str, rate: int, slow: bool) -> dict[str, float]:
    """Measure one load: paints, main-thread work, shifts, long tasks, elements."""
    with opened(browser, address, rate, slow) as (page, session):
        metrics = {entry["name"]: entry["value"] for entry in session.send("Performance.getMetrics")["metrics"]}
        found: dict[str, Any] = page.evaluate(PAINTS)
    return found | {"work": metrics["TaskDuration"] * 1000, "long": max(found["long"], default=0)}


def middle(runs: int, measure: Callable[[], dict[str, float]]) -> dict[str, float]:
    """Give the medians of some runs."""
    found = [measure() for _run in range(runs)]
    return {name: statistics.median(run[name] for run in found) for name in found[0]}


def use(browser: Browser, address: str, rate: int) -> dict[str, float]:
    """Toggle there and back, scroll, and look at what came of it."""
    with opened(browser, address, rate, slow=False) as (page, _session):
        page.wait_for_selector("article.text[data-ready]")
        times = {}
        for name, selector in (
            ("pinyin on", "[data-toggle=pinyin]"),
            ("traditional", "[data-script=traditional].tool"),
            ("pinyin off", "[data-toggle=pinyin]"),
        ):
            times[name] = page.evaluate(PRESS, selector)
            page.wait_for_timeout(QUIET * 2)
        wrong = page.evaluate(UNCONVERTED)
        page.evaluate("() => { seen.long.length = 0; }")
        page.locator("[data-toggle=pinyin]").click()
        page.wait_for_timeout(QUIET * 2)
        page.evaluate("() => { seen.long.length = 0; }")
        page.evaluate(SCROLL)
        long = page.evaluate("() => seen.long")
    return times | {"blocks wrong": wrong, "long tasks while scrolling": len(long), "longest": max(long, default=0)}


def cards(browser: Browser, address: str) -> tuple[int, int, float]:
    """Click words all over the text: how many are those of the card, of how many, and the median time to it."""
    right, asked, times = 0, 0, []
    with opened(browser, address, 1, slow=False) as (page, _session):
        page.wait_for_selector("article.text[data-ready]")
        for at in range(CLICKS):
            page.evaluate(WORD, at)
            page.wait_for_timeout(120)
            place = page.evaluate(WORD, at)
            if not place or not 80 < place["y"] < PHONE["height"] - 20:
                continue
            asked += 1
            start = page.evaluate("performance.now()")
            page.mouse.click(place["x"], place["y"])
            page.wait_for_selector(".card:not([hidden])")
            times.append(page.evaluate("performance.now()") - start)
            right += page.locator(".card-word").inner_text().split()[0] == place["word"]
            page.keyboard.press("Escape")
    return right, asked, statistics.median(times)


def main() -> None:
    """Measure one document."""
    document = Document.objects.get(slug=sys.argv[1])
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with sync_playwright() as play, served() as root:
        browser = play.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS)
        address = root + document.get_absolute_url()
        with static(static_pages(browser, address)) as other:
            pages = {"reading page": address, "same bytes, static": f"{other}/same", "text alone": f"{other}/floor"}
            for title, rate, slow in SETTINGS:
                for name, place in pages.items():
                    row = middle(runs, partial(load, browser, place, rate, slow))
                    print(f"{title:<24} {name:<19}", *(f"{key} {value:.3g}" for key, value in row.items()))
        for title, rate, _slow in SETTINGS[:2]:
            row = middle(runs, partial(use, browser, address, rate))
            print(f"{title:<24}", *(f"{key} {value:.0f}," for key, value in row.items()))
        print("clicked words right: {} of {}, card after {:.0f} ms".format(*cards(browser, address)))
        browser.close()


if __name__ == "__main__":
    main()
