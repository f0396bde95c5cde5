"""What notes cost on a reading page: opened and scrolled with 2,000 of them, beside the same page without.

python -m bench.notes_page SLUG [RUNS]  (in the project's folder, with the database prepared, and a Chromium)

The notes are made in a copy of the database that is thrown away: 200 of them lie over others, each has some Markdown,
a tag and a colour. Prints the medians of main-thread work, and all long tasks (above 50 ms) while the page opens and
while it is scrolled from top to end, at full speed and slowed four times, with pinyin off and on; then the time and
size of the answer that brings the notes.
"""

import os
import random
import statistics
import sys
import time
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

import bench.ready  # noqa: F401  # sets Django up
from bench import copied
from bench.browser import FLAGS, WATCH, served
from reader.models import Colour, Document, Note, Revision, Tag, User
from zhtext import anchor

NOTES = 2_000
OVERLAPPING = 200
BODY = "这里**值得**再读一遍:see *also* the [glossary](https://example.org/), and the next paragraph.\n\n- one\n- two"
# Through the text: as one looks for something, so many pixels in each frame, or from its top to its end in a flight.
SCROLL = """([pixels, frames]) => new Promise((done) => { let left = frames; scrollTo(0, 0); const step = () => {
  const before = scrollY; scrollBy(0, pixels);
  if (scrollY > before && (left -= 1)) requestAnimationFrame(step); else setTimeout(done, 500); };
  requestAnimationFrame(step); })"""
SPEEDS = {"scrolling": (36, 300), "flying": (150, 1_000)}
DRAWN = "() => document.querySelectorAll('.margin .note').length"


def write_notes(user: User, revision: Revision) -> None:
    """Put the notes on a text: most one after another, some over others."""
    chance = random.Random(6)  # noqa: S311  # the same notes in every run
    step = len(revision.text) // (NOTES - OVERLAPPING)
    starts = [number * step for number in range(NOTES - OVERLAPPING)]
    spans = [(start, start + max(2, step - 2)) for start in starts]
    spans += [(start, start + 3 * step) for start in chance.sample(starts[:-4], OVERLAPPING)]
    colours = Colour.values
    notes = []
    for number, (start, end) in enumerate(spans):
        found = anchor.describe(revision.text, start, end)
        place = {"start": start, "end": end, "quote": found.quote, "prefix": found.prefix, "suffix": found.suffix}
        look = {"body": f"{number} {BODY}", "colour": colours[number % len(colours)]}
        notes.append(Note(user=user, document=revision.document, revision=revision.number, **place, **look))
    made = Note.objects.bulk_create(notes)
    Tag.objects.bulk_create(Tag(note=note, name=f"tag {note.pk % 12}") for note in made)


def measure(browser: Browser, address: str, session: str | None, rate: int) -> dict[str, Any]:
    """Open the page as a reader, scroll through it, and give what that cost."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    if session:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})
    tools.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    page.add_init_script(f"({WATCH})()")
    page.goto(address, wait_until="load")
    page.wait_for_selector("article.text[data-ready]")
    if session:
        page.wait_for_selector(".note-count:not([hidden])")
    page.wait_for_timeout(1500)
    opening = page.evaluate("() => seen.long.splice(0)")
    found: dict[str, Any] = {"opening": opening}
    for name, speed in SPEEDS.items():
        page.evaluate(SCROLL, speed)
        found[name] = page.evaluate("() => seen.long.splice(0)")
    metrics = {entry["name"]: entry["value"] for entry in tools.send("Performance.getMetrics")["metrics"]}
    found |= {"work": metrics["TaskDuration"] * 1000, "slips": page.evaluate(DRAWN)}
    context.close()
    return found


def compare(browser: Browser, address: str, session: str, runs: int) -> None:
    """Print what the page costs with and without notes, run by run in turn."""
    for view in ("pinyin=off", "pinyin=on"):
        for rate in (1, 4):
            found: dict[str, list[dict[str, Any]]] = {"without": [], "with": []}
            for _run in range(runs):
                found["without"].append(measure(browser, f"{address}?{view}", None, rate))
                found["with"].append(measure(browser, f"{address}?{view}", session, rate))
            for name, rows in found.items():
                work = statistics.median(row["work"] for row in rows)
                long = {
                    part: sorted(round(task) for row in rows for task in row[part]) for part in ("opening", *SPEEDS)
                }
                print(f"{view:<11} {rate} times slowed, {name:<8} work {work:5.0f} ms; long tasks", long, flush=True)
            print(f"{'':<11} slips in the margin at the end: {found['with'][0]['slips']}")


def main() -> None:
    """Make the notes in a copy of the database, and measure."""
    if "--copied" not in sys.argv:
        copied.run("bench.notes_page", *sys.argv[1:], "--copied")
        return
    slug, *rest = [argument for argument in sys.argv[1:] if argument != "--copied"]
    document = Document.objects.get(slug=slug)
    user = User.objects.create_user("many-notes")
    write_notes(user, document.revisions.get(number=document.revision))
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    for _time in range(3):
        start = time.perf_counter()
        answer = client.get(f"{document.get_absolute_url()}notes.json")
        print(f"notes.json: {1000 * (time.perf_counter() - start):.0f} ms, {len(answer.content):,} bytes")
    with sync_playwright() as play, served() as root:
        browser = play.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS)
        compare(browser, root + document.get_absolute_url(), session, int(rest[0]) if rest else 3)
        browser.close()


if __name__ == "__main__":
    main()
