"""What the tests of the engine share: any text there may be, and how long to look for one that breaks a promise."""

from hypothesis import settings
from hypothesis import strategies as st

thoroughly = settings(max_examples=100, deadline=None)

HAN = "的一不了后训练然最机械可解释性机器學習長髮還乾隆々〇𠮷"

# Any character that may be stored, and often one on which some rule turns.
storable = st.characters(exclude_characters="\x00", exclude_categories=["Cs"])
telling = st.sampled_from(HAN + "，。：；！？…“”（）、》:;,.!?()[]AaIs350 -/·'_\n\r\t\u3000\u00a0ＡｓÀßİﬁ😀\u0301")
texts = st.text(storable | telling, max_size=60)
