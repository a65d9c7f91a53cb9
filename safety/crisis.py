"""What a text calls for: crisis, support or none.

The words that are listened for stand in `phrases.toml`, the labelling rules in corpus/judgments/CRISIS.md.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from safety.phrases import PhraseBook, PhraseGroup, Rule, read_phrase_book
from safety.reading import Reading, read_text
from safety.schema import CrisisClass, CrisisVerdict, Similarity

_TAKEN_OUT = "_ "
_FIRST_PERSON = frozenset({"i", "me", "myself", "my", "mine", "yo", "mi", "mis", "conmigo"})
_FIRST_PERSON_VERBS = frozenset("quiero prefiero deseo pienso estoy soy tengo voy puedo aguanto soporto necesito merezco".split())
"""Spanish verbs that name the writer without a pronoun."""
_THIRD_PERSON = frozenset(
    "he she they him her them his their who someone somebody anyone people persons teens kids children adolescents youth veterans men "
    "women students clients patients client patient teenagers you your himself herself themself themselves adults girls boys girl boy man "
    "woman guy ella ellos ellas quien alguien personas gente".split()
)
_BREAKS = frozenset({",", "but", "and", "so", "because", "pero", "y", "porque", "since", "_"})
_PAST_VERBS = frozenset(
    "was were used had felt wanted tried attempted struggled survived harmed injured overdosed burned "
    "estuve estaba tenia tuve quise queria intente".split()
)
_NEGATIONS = frozenset({"not", "no", "never", "nothing", "nobody", "ya", "nadie", "nunca", "sin", "ningun"})
"""A phrase that begins with one of these is itself a denial ("do not want to live"); one before it does not turn it round."""
_ANYONE = frozenset("someone somebody person people man woman guy girl boy kid student client patient".split())
_KNOWING = frozenset("know knew love met work see care treat teach live".split())
_SUBJECT_REACH = 7
"""How many words to the left of a wish its subject is looked for: longer than any clause of the development set."""
_PAST_REACH = 5
"""How many words before a wish its past verb may stand ("I was hospitalized for")."""
_DENIAL_REACH = 9
"""How many words a denial may stand before what it denies, all of them words of `between`."""

NO_PHRASE = "no phrase"
"""The reason of a text in which no group of phrases stands, not even an idiom."""
CLOSE = "close to example sentences"
"""The reason of a text that the vote raised."""
FIRM = 0.1
"""How far above its floor the vote must come to outweigh phrases that took a text for a topic, a denial or an idiom.

On sentences written after the phrases it found 13 of the 15 crises that the phrases took for support, and raised 2 of 82 support rows.
"""


def detect_crisis(text: str, *, similarity: Similarity | None = None) -> CrisisVerdict:
    """What the text calls for: crisis, support or none, and the group of phrases that decided.

    The phrases decide first. `similarity` (see `safety.similarity`) may raise their verdict to crisis and never lowers one: at its
    floor where no phrase stands in the text, firmly above it where phrases spoke of a topic, a denial or an idiom. Takes well under a
    millisecond for a question without it, in English and Spanish.
    """
    verdict = _weigh_phrases(text)
    if verdict.class_ == "crisis" or similarity is None:
        return verdict
    needed = 0.0 if verdict.reason == NO_PHRASE else FIRM
    return CrisisVerdict("crisis", CLOSE) if text.strip() and similarity(text) > needed else verdict


def _weigh_phrases(text: str) -> CrisisVerdict:
    """The verdict of the phrases alone: the groups are asked in their order, each on what the ones before have not taken out."""
    book = read_phrase_book()
    reading = read_text(text, book)
    support = idiom = ""
    for group in book.groups:
        if group.rule in ("idiom", "aside"):
            reading, taken = _take_out(group, reading)
            support = support or (group.name if taken and group.rule == "aside" else "")
            idiom = idiom or (group.name if taken and group.rule == "idiom" else "")
            continue
        for sighting in _sightings(group, reading, book):
            found = _RULES[group.rule](sighting)
            if found == "crisis":
                return CrisisVerdict("crisis", group.name)
            support = support or (group.name if found == "support" else "")
    return CrisisVerdict("support", support) if support else CrisisVerdict("none", idiom or NO_PHRASE)


def _take_out(group: PhraseGroup, reading: Reading) -> tuple[Reading, bool]:
    """The reading without the words of a group that are not meant, or only the subject, and whether there were any."""
    lean, taken = group.pattern.subn(_TAKEN_OUT, reading.lean)
    return Reading(full=group.pattern.sub(_TAKEN_OUT, reading.full) if taken else reading.full, lean=lean), taken > 0


@dataclass(frozen=True, slots=True)
class _Sighting:
    """Words of a group, seen in a text: `left` and `words` are what stands before and in the match, `full` is the whole text."""

    left: tuple[str, ...]
    words: tuple[str, ...]
    full: str
    book: PhraseBook

    def says(self, name: str) -> bool:
        """Whether words of this list of `[context]` stand anywhere in the text."""
        return self.book.context[name].search(self.full) is not None


def _sightings(group: PhraseGroup, reading: Reading, book: PhraseBook) -> Iterator[_Sighting]:
    """Where the group's words stand; those of `always` may lean on a filler word ("just took"), so they are sought with and without."""
    for text in (reading.lean, reading.full) if group.rule == "always" else (reading.lean,):
        for match in group.pattern.finditer(text):
            yield _Sighting(tuple(text[: match.start()].split()), tuple(match[0].split()), reading.full, book)


def _weigh_always(_: _Sighting) -> CrisisClass:
    return "crisis"


def _weigh_topic(_: _Sighting) -> CrisisClass:
    return "support"


def _weigh_own_words(sighting: _Sighting) -> CrisisClass:
    return "support" if _is_denied(sighting) or _is_past(sighting) else "crisis"


def _weigh_own_state(sighting: _Sighting) -> CrisisClass:
    subject = _find_subject(sighting)
    if subject == "other":
        return _weigh_another(sighting)
    if subject == "unsaid" and sighting.says("studied"):
        return "support"
    return _weigh_own_words(sighting)


def _weigh_own_death(sighting: _Sighting) -> CrisisClass:
    if len(sighting.words) > 1 and _is_acquaintance("".join(sighting.left[-1:]), sighting.words[1]):
        return "none"
    nearest = next((word for word in reversed(sighting.words) if word in _FIRST_PERSON | _THIRD_PERSON | sighting.book.people), "i")
    if nearest not in _FIRST_PERSON:
        return "none"
    return "support" if sighting.says("studied") else _weigh_own_words(sighting)


def _weigh_own_past(sighting: _Sighting) -> CrisisClass:
    if _find_subject(sighting) == "other":
        return _weigh_another(sighting)
    back = sighting.says("back_again") and not (sighting.says("past") and sighting.says("well_now"))
    over = (sighting.says("past") or sighting.says("well_now") or sighting.says("studied")) and not back
    return "support" if over or _is_denied(sighting) else "crisis"


def _weigh_another(sighting: _Sighting) -> CrisisClass:
    if _find_subject(sighting) == "self" and not (_THIRD_PERSON | sighting.book.people).intersection(sighting.words):
        return "none"
    if sighting.says("happening_now"):
        return "crisis"
    calm = sighting.says("general") or sighting.says("studied") or sighting.says("past") or _is_denied(sighting)
    return "support" if calm or not sighting.says("likely") else "crisis"


def _weigh_harm_others(sighting: _Sighting) -> CrisisClass:
    if sighting.says("condition"):
        return "none"
    calm = _is_denied(sighting) or (sighting.says("studied") and not sighting.says("happening_now"))
    return "support" if calm else "crisis"


_RULES: Mapping[Rule, Callable[[_Sighting], CrisisClass]] = {
    "always": _weigh_always,
    "own_words": _weigh_own_words,
    "own_state": _weigh_own_state,
    "own_past": _weigh_own_past,
    "own_death": _weigh_own_death,
    "harm_others": _weigh_harm_others,
    "another": _weigh_another,
    "topic": _weigh_topic,
}


def _find_subject(sighting: _Sighting) -> Literal["self", "other", "unsaid"]:
    """Whose wish or deed it is: the nearest person to the left in the clause, unless the words themselves name the writer."""
    if (_FIRST_PERSON | _FIRST_PERSON_VERBS).intersection(sighting.words):
        return "self"
    others = _THIRD_PERSON | sighting.book.people
    near = sighting.left[: -_SUBJECT_REACH - 1 : -1]
    for steps, word in enumerate(near):
        if word in _FIRST_PERSON and not _is_acquaintance("".join(near[steps + 1 : steps + 2]), near[steps - 1] if steps else ""):
            return "self"
        if word in others:
            return "other"
        if word in _BREAKS and steps:
            break
    return "unsaid"


def _is_acquaintance(before: str, after: str) -> bool:
    """Whether the "i" between these words only says whom somebody means: "someone I know wants to die"."""
    return before in _ANYONE and after in _KNOWING


def _is_denied(sighting: _Sighting) -> bool:
    """Whether a denial stands before the words with nothing but auxiliary words in between, and is not taken back."""
    if _NEGATIONS.intersection(sighting.words[:4]):
        return False
    follower = ""
    for word in sighting.left[: -_DENIAL_REACH - 1 : -1]:
        if word in sighting.book.deniers and not (word in ("no", "not") and follower == "i"):
            return not sighting.says("taken_back")
        if word not in sighting.book.between:
            return False
        follower = word
    return False


def _is_past(sighting: _Sighting) -> bool:
    """Whether the words are told as past: a past verb close before or in them, a time that is gone, nothing that brings it back."""
    near = {*sighting.left[-_PAST_REACH:], *sighting.words}
    over = sighting.says("past") or sighting.says("well_now")
    return over and bool(near & _PAST_VERBS) and (not sighting.says("back_again") or sighting.says("well_now"))
