"""Chinese text as pure functions: spans, folding, cleaning, matching, segmenting, reading, script, anchoring.

Nothing here knows Django, a database, a clock or a setting: values go in, frozen values come out.
"""
