"""How much of a page's text comes through, and how much of the site's template comes with it."""

import re
from collections import Counter
from pathlib import Path

TOKEN = re.compile(r"\w+")


def shingles(text, n=4):
    tokens = TOKEN.findall(text or "")
    return Counter(tuple(tokens[i : i + n]) for i in range(max(1, len(tokens) - n + 1)) if tokens[i : i + n])
