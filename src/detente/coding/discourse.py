"""What an article has spoken of so far: the memory that pronouns and `the two countries` point back into."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from detente.ontology.folding import fold
from detente.ontology.registers import Name
from detente.ontology.surnames import gender
from detente.records import Entity

PERSON_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
THING_PRONOUNS = frozenset({"it", "its", "itself"})
PLURAL_PRONOUNS = frozenset({"they", "them", "their", "theirs", "themselves"})
SPEAKER_PRONOUNS = frozenset({"we", "us", "our", "ours", "ourselves", "i", "me", "my", "mine", "myself"})
PRONOUNS = PERSON_PRONOUNS | THING_PRONOUNS | PLURAL_PRONOUNS | SPEAKER_PRONOUNS

# What `it` does only where it is a state or a body, whatever thing the sentence before was about.
_DEEDS = frozenset(
    "accuse agree allege announce appeal apologise apologize approve ask ban blame boycott call complain condemn"
    " criticise criticize decide declare demand deny deploy deport dismiss dispatch expel impose insist intend invade"
    " invite join lift mobilise mobilize negotiate object offer order pledge promise propose protest ratify recall"
    " recognise recognize refuse reject respond retaliate retort say seek send sign summon suspend threaten tell urge"
    " veto vote vow want warn withdraw".split()
)
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
    plural: bool = False
    roles: tuple[str, ...] = ()  # the role nouns it goes by: `foreign minister`, `minister`


@dataclass(slots=True)
class Discourse:
    """Grows as the sentences of one article are read, in order.

    Attributes:
        known: Canonical names met so far.
        heads: Role noun to the last one it was said of; None where one sentence said it of two states.
        short: What the article says its abbreviations mean; None where that is nobody known.
        states: Codes of the states that the whole article names, where that is known beforehand.
    """

    mentions: list[Mention] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    heads: dict[str, Entity | None] = field(default_factory=dict)
    states: frozenset[str] = frozenset()
    short: dict[str, Name | None] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    speaker: Entity | None = None
    people: dict[str, Entity] = field(default_factory=dict)
    """Persons met under two names or more, by the last of them: `Haqqani` after `the ambassador, Husain Haqqani`."""

    def note(self, mention: Mention) -> None:
        """Remembers one mention."""
        entity = mention.entity
        if entity.code:
            self.counts[entity.code] += 1
            for noun in mention.roles or ((mention.head,) if mention.head else ()):
                self._title(noun, mention)
        if entity.name:
            self.known.add(entity.name)
        if entity.code and entity.name and mention.kind == "person" and " " in entity.name:
            self.people.setdefault(fold(entity.name.rsplit(" ", 1)[1]), entity)
        self.mentions.append(mention)

    def _title(self, noun: str, mention: Mention) -> None:
        """`The president` is the last one; nobody's after `the Russian president met the Chinese president`."""
        shared = any(
            noun in other.roles and other.entity.code not in (None, mention.entity.code)
            for other in reversed(self.mentions[-_WINDOW:])
            if other.sentence == mention.sentence
        )
        self.heads[noun] = None if shared else mention.entity

    def antecedent(
        self,
        pronoun: str,
        *,
        sentence: int,
        token: int,
        avoid: frozenset[str] = frozenset(),
        verb: str = "",
    ) -> Mention | None:
        """The best mention before (sentence, token) that `pronoun` may stand for.

        Salience: nearer sentences and subjects first (Lappin and Leass 1994, much reduced).

        Args:
            pronoun: `it`, `they`, `he`, or one of their forms.
            sentence: Number of the sentence that holds it.
            token: Its index there.
            avoid: Texts and names of entities that cannot be meant (arguments of the same verb).
            verb: Lemma of the verb that the pronoun is the subject of; empty where it is none.
        """
        lower = pronoun.lower()
        wanted = "person" if lower in PERSON_PRONOUNS else "plural" if lower in PLURAL_PRONOUNS else "thing"
        best: tuple[float, Mention] | None = None
        if wanted != "person" and self._another_before(sentence, plural=wanted == "plural", acts=verb in _DEEDS):
            return None
        for mention in reversed(self.mentions[-_WINDOW:]):
            if (mention.sentence, mention.token) >= (sentence, token) or mention.kind not in _FITS[wanted]:
                continue
            if mention.entity.text in avoid or not (mention.entity.code or mention.entity.name):
                continue
            if wanted == "person" and (mention.entity.name in avoid or not agrees(lower, mention.entity)):
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

    def _another_before(self, sentence: int, *, plural: bool, acts: bool) -> bool:
        """The sentence before is about a thing or unknown people: `The earthquake struck Turkey. It ...`."""
        first = next((m for m in self.mentions if m.sentence == sentence - 1 and m.subject), None)
        if first is None or first.plural != plural:
            return False
        if first.kind == "thing":
            return not acts
        return first.kind != "person" and not (first.entity.code or first.entity.name)

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


def agrees(pronoun: str, entity: Entity) -> bool:
    """Whether a pronoun's gender is that of the person's first name, where the register of given names knows it."""
    known = gender(entity.name or "")
    return known is None or known == ("f" if pronoun in ("she", "her", "hers", "herself") else "m")
