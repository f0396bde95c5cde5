"""Draw the controls of all settings from their one table, for the panel and for the page without scripts."""

from collections.abc import Mapping
from typing import Any

from django import template

from reader.preferences import LOOKS, SHOWN, Choice, Measure

register = template.Library()


@register.inclusion_tag("reader/_settings.html")
def settings_controls(wanted: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Give the controls with the values that are wanted; the defaults where nothing is said."""
    return {"rows": [_row(setting, (wanted or {}).get(setting.name, setting.default)) for setting in (*SHOWN, *LOOKS)]}


def _row(setting: Choice | Measure, value: str) -> dict[str, Any]:
    row: dict[str, Any] = {"setting": setting, "value": value}
    if isinstance(setting, Choice):
        row["options"] = [(option, label, option in setting.scripted) for option, label in setting.options]
    return row
