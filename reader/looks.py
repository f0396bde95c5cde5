"""The style sheet of a reader's own size, width, spacing, typeface and theme, where no script runs to set them."""

from collections.abc import Mapping

THEMES = {"light": "light", "dark": "dark"}


def stylesheet(wanted: Mapping[str, str]) -> str:
    """Write the rules of what a reader wants; the names are those of tokens.css.

    >>> stylesheet({"size": "120", "theme": "dark"})
    ':root{--text-scale:1.2;color-scheme:dark}'
    """
    root = "".join(_declarations(wanted))
    rules = [f":root{{{root.removesuffix(';')}}}"] if root else []
    if "face" in wanted:
        rules.append(f":root,[lang]{{--font-text:var(--font-{wanted['face']})}}")
    if wanted.get("justify") == "off":
        rules.append(".block.block{text-align:start}")
    return "".join(rules)


def _declarations(wanted: Mapping[str, str]) -> list[str]:
    found = []
    if "size" in wanted:
        found.append(f"--text-scale:{int(wanted['size']) / 100};")
    if "width" in wanted:
        found.append(f"--measure:{wanted['width']};")
    if "leading" in wanted:
        found.append(f"--text-leading:{int(wanted['leading']) / 10};")
    if wanted.get("theme") in THEMES:
        found.append(f"color-scheme:{THEMES[wanted['theme']]};")
    return found
