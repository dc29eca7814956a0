"""How the trained model and the syntactic coder are joined: laws that hold whatever the model says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest

from detente.coding import learned
from detente.coding.coder import Coder
from detente.language.answers import Asked, Bare, Marked, WordSpan
from detente.language.english import English
from detente.ontology.lexicon import load_lexicon
from detente.ontology.registers import load
from detente.read.sentences import split
from detente.records import EVENTS, STATUSES, Article, Claim

NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


class Saying:
    """A reader that gives one answer to all, and takes the spans it is told for parties."""

    def __init__(
        self, event: str, chance: float, *, status: str = "happened", parties: Sequence[WordSpan] = ()
    ) -> None:
        self.event, self.chance, self.status, self.parties = event, chance, status, parties
        self.asked: list[Asked] = []

    def bare(self, sentences: Sequence[Sequence[str]], *, batch_size: int = 32) -> list[Bare]:
        return [self._bare(len(words)) for words in sentences]

    def _bare(self, n: int) -> Bare:
        party = np.zeros((n, 3), np.float32)
        party[:, 0] = 1
        for start, stop in self.parties:
            party[start:stop] = (0, 0, 1)
            party[start] = (0, 1, 0)
        flat, sides = np.full(n, 0.95, np.float32), np.zeros((n, 2), np.float32)
        return Bare(party=party, trigger=np.full((n, 3), 1 / 3, np.float32), actor=flat, recipient=flat, left=sides,
                    right=sides)  # fmt: skip

    def marked(self, questions: Sequence[Asked], *, batch_size: int = 32) -> list[Marked]:
        self.asked += questions
        rest = (1 - self.chance) / len(EVENTS)
        events = dict.fromkeys((*EVENTS, learned.NOTHING), rest) | {self.event: self.chance}
        statuses = dict.fromkeys(STATUSES, 0.05) | {self.status: 0.9}
        one = Marked(event=events, mode={f"{self.event}/x": 1.0}, status=statuses, kind={"none": 1.0},
                     effect={"none": 1.0})  # fmt: skip
        return [one for _ in questions]

    def pair_score(self, bare: Bare, actor: WordSpan, recipient: WordSpan) -> float:
        return 0.99 if actor < recipient else 0.0


@pytest.fixture(scope="module")
def english() -> English:
    return English()


def coded(english: English, text: str, reader: Saying | None) -> tuple[Claim, ...]:
    coder = Coder(parse=english.pipe, registers=load(), lexicon=load_lexicon(), reader=reader)
    article = Article(text=text, retrieved=NOW, published=dt.date(2012, 5, 2))
    return coder.code(article, split(article), coded_at=NOW).claims


SHELLED = "Turkish forces shelled Syrian positions on Tuesday."


def test_a_pair_that_the_model_is_sure_does_nothing_is_dropped(english: English) -> None:
    assert coded(english, SHELLED, None)
    assert not coded(english, SHELLED, Saying(learned.NOTHING, 0.99))


def test_a_doubtful_nothing_leaves_the_rule_its_claim_with_less_confidence(english: English) -> None:
    ruled = coded(english, SHELLED, None)
    joined = coded(english, SHELLED, Saying(learned.NOTHING, learned.weights()["drop_none"] - 0.05))
    assert [c.event for c in joined] == [c.event for c in ruled]
    assert joined[0].confidence < coded(english, SHELLED, Saying("ASSAULT", 0.97))[0].confidence


def test_a_sure_model_retypes_and_the_codes_follow(english: English) -> None:
    first = coded(english, SHELLED, Saying("AID", 0.99))[0]
    assert (first.event, first.quad, first.cameo[:2]) == ("AID", 2, "07")
    assert first.intensity > 0


def test_where_both_agree_a_half_sure_model_is_enough(english: English) -> None:
    assert coded(english, SHELLED, Saying("ASSAULT", 0.6))[0].event == "ASSAULT"


def test_against_the_rules_only_a_sure_model_retypes_what_two_known_parties_do(english: English) -> None:
    assert coded(english, SHELLED, Saying("AID", 0.6))[0].event == "ASSAULT"
    assert coded(english, SHELLED, Saying("AID", 0.99))[0].event == "AID"


def test_the_explanation_shows_both(english: English) -> None:
    claim = coded(english, SHELLED, Saying("ASSAULT", 0.6))[0]
    rule = next(s.rule for s in claim.explanation if s.rule.startswith("model:"))
    assert "ASSAULT 0.60" in rule
    assert "syntax: ASSAULT" in rule


def test_a_pair_that_only_the_model_sees_becomes_a_claim_with_its_parties(english: English) -> None:
    text = "Norway sent a warm letter about Chile to everyone."
    claims = coded(english, text, Saying("SUPPORT", 0.99, parties=((0, 1), (6, 7))))
    assert ("NOR", "CHL", "SUPPORT") in {
        (c.actor.code, c.recipient.code if c.recipient else None, c.event) for c in claims
    }


def test_a_sure_status_of_the_model_is_taken(english: English) -> None:
    assert coded(english, SHELLED, Saying("ASSAULT", 0.9, status="denied"))[0].status == "denied"


def test_a_given_pair_is_always_answered(english: English) -> None:
    reader = Saying(learned.NOTHING, 0.99)
    coder = Coder(parse=english.pipe, registers=load(), lexicon=load_lexicon(), reader=reader)
    article = Article(text="Peru borders Chile.", retrieved=NOW)
    claim = coder.relation(article, split(article), actor="Peru", recipient="Chile", coded_at=NOW)
    assert claim.event in EVENTS
    assert reader.asked[-1].actor == (0, 1)
    assert reader.asked[-1].recipient == (2, 3)


def test_codings_of_a_batch_are_those_of_each_alone(english: English) -> None:
    reader = Saying("ASSAULT", 0.9)
    coder = Coder(parse=english.pipe, registers=load(), lexicon=load_lexicon(), reader=reader)
    texts = (SHELLED, "India and China held talks. They agreed on a border.", "Nothing happened.")
    articles = [Article(text=t, retrieved=NOW, published=dt.date(2012, 5, 2)) for t in texts]
    together = coder.code_all([(a, split(a)) for a in articles], coded_at=NOW)
    alone = [coder.code(a, split(a), coded_at=NOW) for a in articles]
    assert [c.claims for c in together] == [c.claims for c in alone]
