"""What kind of question is asked, and how many questions it is."""

import re
from typing import Literal

QuestionKind = Literal["definition", "list", "amount", "steps", "yes_no", "comparison", "other"]

_FORMS: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = (
    (
        "comparison",
        re.compile(
            r"\b(?:compare[ds]?|versus|vs\.?|differences? between|differ(?:s|ent)? from|better than|or .+ (?:better|first))\b"
            r"|\bdiferencia entre\b",
            re.I,
        ),
    ),
    (
        "amount",
        re.compile(
            r"\bhow (?:long|many|much|often|old|soon|common|likely|effective)\b|\b(?:cost|costs|price|fee|fees|duration|number of|age)\b"
            r"|\bwhen (?:do|does|did|is|are|can)\b|\bwhat time\b|\bhours\b|\bcu[aá]nt[oa]s?\b",
            re.I,
        ),
    ),
    (
        "list",
        re.compile(
            r"\b(?:symptoms?|signs?|types?|kinds?|causes?|risk factors?|side effects?|treatments?|therapies|options|benefits|steps|phases"
            r"|stages|techniques|which|what are|who (?:works|are)|s[ií]ntomas|tipos|causas|tratamientos)\b",
            re.I,
        ),
    ),
    ("definition", re.compile(r"\bwhat(?:'s| is| does .+ mean)|\bdefin(?:e|ition)|\bmeaning of|\bwho is\b|\bqu[eé] es\b", re.I)),
    ("steps", re.compile(r"\bhow (?:do|does|can|to|is|are|should)\b|\bc[oó]mo\b", re.I)),
    ("yes_no", re.compile(r"^(?:does|do|did|can|could|is|are|was|were|will|would|should|has|have|am|may|¿?es|¿?puede|¿?hay)\b", re.I)),
)
_REST = r"(?P<rest>\s+(?:for|in|with)\s+.+)?[?.!]*$"
_COMPARED = (
    re.compile(rf"\b(?:compare|comparing|differences? between)\s+(?P<a>.+?)\s+(?:and|with|to|vs\.?|versus)\s+(?P<b>.+?){_REST}", re.I),
    re.compile(rf"^(?:is\s+)?(?P<a>.+?)\s+(?:vs\.?|versus|better than)\s+(?P<b>.+?){_REST}", re.I),
)


def question_kind(question: str) -> QuestionKind:
    """The kind of a question by its form; keywords alone are `other`."""
    return next((kind for kind, form in _FORMS if form.search(question)), "other")


def split_question(question: str) -> tuple[str, ...]:
    """The questions that a comparison asks at once: "compare CBT and IPT for depression" asks of each of them; else the question alone."""
    for form in _COMPARED:
        found = form.search(question)
        if found:
            rest = found["rest"] or ""
            return f"{found['a']}{rest}".strip(), f"{found['b']}{rest}".strip()
    return (question,)
