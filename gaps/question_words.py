"""The words of a title or question that say what it asks, apart from those that say what about."""

from index.lexical import find_terms, stem

FRAMING = frozenset(
    map(
        stem,
        """what who when where why how can do does is are your you my our we i guide overview understanding understand introduction
        intro about
        facts learn explained complete ultimate everything need know basics 101 help get more tips should really truth answers questions
        frequently asked""".split(),
    )
)
"""Words of a title that say how a page speaks, not what about."""
GENERIC = frozenset(
    map(
        stem,
        """symptom sign cause treatment treat therapy work long cost session insurance benefit expect start begin appointment first process
        type
        different difference between service offer program support people much take kind available fee pay cover confidential online virtual
        there have will use happen look like effective best right choose find consultation free book therapist approach often many schedule
        care sound familiar feel ready today now know near nearby local hour open accept help need""".split(),
    )
)
"""Words of questions that are asked of every topic: a question made of these alone is about its page's topic."""


def subject_terms(question: str) -> frozenset[str]:
    """The terms of a question that name its subject: "tinnitus" of "what causes tinnitus"."""
    return frozenset(find_terms(question)) - FRAMING - GENERIC
