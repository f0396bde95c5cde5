"""The colours of the tones can be read on every paper, and the style sheet of a reader says what was chosen."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.test import Client

TOKENS = (Path(__file__).resolve().parents[2] / "reader/static/reader/tokens.css").read_text(encoding="utf8")
PAPERS = {"light": ["#fbf8f2", "#fffdf9", "#f4ecd8"], "dark": ["#171512", "#211e1a"]}
ENOUGH = 4.5


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_every_tone_can_be_read_in_every_theme() -> None:
    tones = re.findall(r"--tone-\d: light-dark\((#\w+), (#\w+)\)", TOKENS)
    assert len(tones) == 15
    for light, dark in tones:
        poor = [paper for tone, paper in product([light], PAPERS["light"]) if contrast(tone, paper) < ENOUGH]
        assert poor + [paper for paper in PAPERS["dark"] if contrast(dark, paper) < ENOUGH] == []


@pytest.mark.parametrize(
    ("cookie", "css"),
    [
        ("", ""),
        ("size=120&theme=dark", ":root{--text-scale:1.2;color-scheme:dark}"),
        ("face=kai&justify=off", ":root,[lang]{--font-text:var(--font-kai)}.block.block{text-align:start}"),
        # What the table of settings does not know never reaches the style sheet.
        ("size=9999&face=}body{display:none}&theme=loud", ""),
    ],
)
def test_the_style_sheet_says_what_the_cookie_holds(client: Client, cookie: str, css: str) -> None:
    client.cookies["view"] = cookie
    answer = client.get("/settings.css")
    assert answer.content.decode() == css
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_settings_lead_nowhere_else(client: Client, target: str) -> None:
    answer = client.get("/settings/", {"next": target, "size": "120"})
    assert answer["Location"] == "/"
    assert "size=120" in answer.cookies["view"].value
