"""The modules of a page are joined to one script that does the same."""

from pathlib import Path

import pytest

from config.joined import join

READER = Path(__file__).resolve().parents[1] / "reader/static/reader"
MODULES = {
    # Each module before those that need it, once, in a scope of its own; the one asked for has the last word.
    "page": 'import { count } from "./count.js";\nimport { seven as lucky } from "./numbers.js";\ncount(lucky);',
    "count": 'import { seven } from "./numbers.js";\nconst own = 1;\nexport function count(to) { return to - own; }',
    "numbers": "const own = 2;\nexport const seven = 5 + own;\nexport async function later() {}",
    "lazy": 'export const panel = () => import("./numbers.js");',
    # A circle, and what the rules do not know.
    "hen": 'import { egg } from "./egg.js";',
    "egg": 'import { hen } from "./hen.js";',
    "default": "export default 1;",
    "star": 'import * as numbers from "./numbers.js";',
    "two": 'import {\n  seven,\n} from "./numbers.js";',
}
JOINED = """\
const numbers_js = (() => {
const own = 2;
const seven = 5 + own;
async function later() {}
return { seven, later };
})();
const count_js = (() => {
const { seven } = numbers_js;
const own = 1;
function count(to) { return to - own; }
return { count };
})();
const { count } = count_js;
const { seven: lucky } = numbers_js;
count(lucky);"""


def test_modules_come_before_those_that_need_them() -> None:
    assert join("page", MODULES.__getitem__) == JOINED


def test_what_is_imported_later_stays_apart() -> None:
    assert join("lazy", MODULES.__getitem__) == 'const panel = () => import("./numbers.js");'


@pytest.mark.parametrize(
    ("entry", "reason"),
    [("hen", "hen → egg → hen"), ("default", "export default"), ("star", "import \\*")],
)
def test_what_cannot_be_joined_is_refused(entry: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        join(entry, MODULES.__getitem__)


def test_the_reading_page_can_be_joined() -> None:
    whole = join("reader", lambda name: (READER / f"{name}.js").read_text(encoding="utf8"))
    assert whole.count("class View ") == 1
    assert 'from "./' not in whole
