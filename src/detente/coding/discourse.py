"""What an article has spoken of so far: the memory that pronouns and `the two countries` point back into."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from detente.ontology.folding import fold
from detente.records import Entity

PERSON_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
THING_PRONOUNS = frozenset({"it", "its", "itself"})
PLURAL_PRONOUNS = frozenset({"they", "them", "their", "theirs", "themselves"})
SPEAKER_PRONOUNS = frozenset({"we", "us", "our", "ours", "ourselves", "i", "me", "my", "mine", "myself"})
PRONOUNS = PERSON_PRONOUNS | THING_PRONOUNS | PLURAL_PRONOUNS | SPEAKER_PRONOUNS

# What kinds of mention a pronoun may stand for, best first.
_FITS = {
    "person": ("person",),
    "thing": ("state", "body", "people"),
    "plural": ("people", "body", "state", "person"),
}
_SUBJECT_BONUS, _SENTENCE_COST, _STATE_ADJECTIVE_COST = 2.0, 1.5, 3.0
_WINDOW = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One mention: its entity, where it stood, and what kind of noun carried it."""

    entity: Entity
    kind: str  # state, body, people, person, thing
    sentence: int
    token: int
    subject: bool
    head: str


@dataclass(slots=True)
class Discourse:
    """Grows as the sentences of one article are read, in order."""

    mentions: list[Mention] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    heads: dict[str, Entity] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    speaker: Entity | None = None
    people: dict[str, Entity] = field(default_factory=dict)
    """Persons met under two names or more, by the last of them: `Haqqani` after `the ambassador, Husain Haqqani`."""

    def note(self, mention: Mention) -> None:
        """Remembers one mention."""
        entity = mention.entity
        if entity.code:
            self.counts[entity.code] += 1
            if mention.head:
                self.heads[mention.head] = entity
        if entity.name:
            self.known.add(entity.name)
        if entity.code and entity.name and mention.kind == "person" and " " in entity.name:
            self.people.setdefault(fold(entity.name.rsplit(" ", 1)[1]), entity)
        self.mentions.append(mention)

    def antecedent(
        self, pronoun: str, *, sentence: int, token: int, avoid: frozenset[str] = frozenset()
    ) -> Mention | None:
        """The best mention before (sentence, token) that `pronoun` may stand for.

        Salience: nearer sentences and subjects first (Lappin and Leass 1994, much reduced).

        Args:
            pronoun: `it`, `they`, `he`, or one of their forms.
            sentence: Number of the sentence that holds it.
            token: Its index there.
            avoid: Entity texts that cannot be meant (arguments of the same verb).
        """
        lower = pronoun.lower()
        wanted = "person" if lower in PERSON_PRONOUNS else "plural" if lower in PLURAL_PRONOUNS else "thing"
        best: tuple[float, Mention] | None = None
        for mention in reversed(self.mentions[-_WINDOW:]):
            if (mention.sentence, mention.token) >= (sentence, token) or mention.kind not in _FITS[wanted]:
                continue
            if mention.entity.text in avoid or not (mention.entity.code or mention.entity.name):
                continue
            back = sentence - mention.sentence
            if back > 3:
                break
            score = -_SENTENCE_COST * back - _FITS[wanted].index(mention.kind) * 0.5
            score += _SUBJECT_BONUS if mention.subject else 0.0
            score -= 0.02 * (token - mention.token) if back == 0 else 0.01 * mention.token  # the topic stands first
            if best is None or score > best[0]:
                best = (score, mention)
        return best[1] if best else None

    def pair(self) -> tuple[str, str] | None:
        """The two state codes the article has spoken of most, None before there are two."""
        top = [code for code, _ in self.counts.most_common() if len(code) == 3][:2]
        return (top[0], top[1]) if len(top) == 2 else None

    def latest(self, *, sentence: int, token: int, skip: int = 0) -> Mention | None:
        """The last coded mention before (sentence, token): `the latter`; with `skip` 1 `the former`."""
        codes: list[str] = []
        for mention in reversed(self.mentions):
            code = mention.entity.code
            if (mention.sentence, mention.token) < (sentence, token) and code and code not in codes:
                codes.append(code)
                if len(codes) > skip:
                    return mention
        return None
