"""Who did what to whom, and is it so: laws of the coder on sentences written for them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.coding.coder import Coder
from detente.errors import InputError
from detente.read.sentences import split
from detente.records import REAL, Article, Claim, Coding

NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
Code = Callable[..., Coding]


def only(coding: Coding, trigger: str) -> Claim:
    """The first claim of a trigger; fails with all claims in sight when there is none."""
    found = [c for c in coding.claims if c.trigger == trigger]
    assert found, [(c.trigger, c.actor.code, c.event, c.status) for c in coding.claims]
    return found[0]


def parties(claim: Claim) -> tuple[str | None, str | None]:
    return claim.actor.code, claim.recipient.code if claim.recipient else None


PAIRS = [("Kenya", "KEN", "Uganda", "UGA"), ("Peru", "PER", "Chile", "CHL"), ("Japan", "JPN", "China", "CHN")]


@pytest.mark.parametrize(("a", "a_code", "b", "b_code"), PAIRS)
@pytest.mark.parametrize(
    ("pattern", "trigger"),
    [
        ("{a} attacked {b} on Monday.", "attacked"),
        ("{b} was attacked by {a} on Monday.", "attacked"),
        ("{a}, which attacked {b} on Monday, closed its markets.", "attacked"),
        ("The {a} army said that {a} had attacked {b}.", "attacked"),
    ],
)
def test_direction_survives_the_grammar(
    code: Code, a: str, a_code: str, b: str, b_code: str, pattern: str, trigger: str
) -> None:
    claim = only(code(pattern.format(a=a, b=b)), trigger)
    assert parties(claim) == (a_code, b_code)
    assert claim.event == "ASSAULT"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Iran shelled Iraqi positions on Friday.", "happened"),
        ("Iran threatened to shell Iraqi positions.", "threatened"),
        ("Iran denied that it had shelled Iraqi positions.", "denied"),
        ("Iran did not shell Iraqi positions.", "negated"),
        ("Iran plans to shell Iraqi positions.", "planned"),
        ("Iran will probably shell Iraqi positions.", "foretold"),
        ("Iran is shelling Iraqi positions.", "ongoing"),
        ("If Iran shelled Iraqi positions, the talks would end.", "hypothetical"),
        ("Iran refused to shell Iraqi positions.", "negated"),
    ],
)
def test_status_follows_mood_and_governor(code: Code, text: str, status: str) -> None:
    claims = [c for c in code(text).claims if c.event == "ASSAULT"]
    assert [c.status for c in claims][:1] == [status]


def test_denied_claim_is_not_counted_as_event(code: Code) -> None:
    claims = code("Eritrea denied that its troops had attacked a village in Ethiopia.").claims
    assert not [c for c in claims if c.event == "ASSAULT" and c.status in REAL]


def test_demand_is_coded_with_what_is_demanded(code: Code) -> None:
    claims = code("Bolivia insists that Chile must leave the naval base on its coast.").claims
    demanded = [c for c in claims if c.status == "demanded"]
    assert {c.event for c in demanded} >= {"REQUEST"}
    assert any(c.tie and c.tie.kind == "basing" and parties(c)[0] == "CHL" for c in demanded)


def test_reported_speech_keeps_the_whole_chain(code: Code) -> None:
    coding = code("The Guardian, quoting unnamed French officials, says that Mali has expelled the French ambassador.")
    chain = only(coding, "expelled").attribution
    assert [(s.named, s.code) for s in chain] == [(True, "GBR"), (False, "FRA")]
    assert [s.side for s in chain] == ["third", "party"]


def test_own_voice_has_no_speaker(code: Code) -> None:
    assert only(code("Mali expelled the French ambassador."), "expelled").attribution == ()


def test_quotation_runs_on_to_the_next_sentence(code: Code) -> None:
    text = "“Sudan closed the border,” the analyst Maryam Idris said. “Egypt will expel the Sudanese ambassador.”"
    assert [s.name for s in only(code(text), "expel").attribution] == ["Maryam Idris"]


def test_date_takes_the_year_of_publication(code: Code) -> None:
    claim = only(code("Turkey attacked Syria on November 26.", published="2011-12-05"), "attacked")
    assert (claim.date, claim.precision) == (dt.date(2011, 11, 26), "day")


def test_happening_without_a_date_lies_before_publication(code: Code) -> None:
    claim = only(code("Turkey attacked Syria.", published="2011-12-05"), "attacked")
    assert (claim.date, claim.precision) == (dt.date(2011, 12, 5), "before")


def test_unknown_date_stays_unknown(code: Code) -> None:
    claim = only(code("Turkey attacked Syria.", published=None), "attacked")
    assert (claim.date, claim.precision) == (None, "unknown")


def test_deaths_go_with_the_attack_and_money_with_the_aid(code: Code) -> None:
    coding = code(
        "Turkey shelled Syria, killing 14 soldiers. Japan cut its aid to Nepal, which is worth $20 million a year."
    )
    attack, cut = only(coding, "shelled"), only(coding, "cut")
    assert [(m.kind, m.value) for m in attack.magnitudes] == [("deaths", 14.0)]
    assert [(m.value, m.unit, m.per) for m in cut.magnitudes] == [(20e6, "USD", "year")]


def test_hedge_becomes_a_range_and_negation_turns_it_round(code: Code) -> None:
    likely = only(code("Vietnam will probably suspend its trade with Laos."), "suspend").probability
    unlike = only(code("Vietnam will probably not suspend its trade with Laos."), "suspend").probability
    assert likely is not None
    assert unlike is not None
    assert unlike == (round(1 - likely[1], 2), round(1 - likely[0], 2))


def test_condition_and_consequence_are_linked(code: Code) -> None:
    coding = code("If Vietnam closes the border, Laos will expel the Vietnamese ambassador.")
    closes, expel = only(coding, "closes"), only(coding, "expel")
    assert [(x.cause, x.effect, x.conditional) for x in coding.links] == [(closes.id, expel.id, True)]


def test_meeting_holds_both_ways(code: Code) -> None:
    claims = code("The presidents of Gabon and Cameroon met on Tuesday.").claims
    assert {parties(c) for c in claims if c.event == "CONSULT"} == {("GAB", "CMR"), ("CMR", "GAB")}


@pytest.mark.parametrize(
    "text",
    [
        "Germany beat Brazil 2-1 in the semi-final after a late attack down the left wing.",
        "Shares in Tokyo fell as investors attacked the yen.",
        "Heavy rain is expected over Spain and Portugal on Sunday.",
        "The novelist, born in Norway, died in Denmark at the age of 91.",
    ],
)
def test_no_event_between_states_where_there_is_none(code: Code, text: str) -> None:
    assert [c for c in code(text).claims if c.dyad and c.status in REAL] == []


def test_every_claim_explains_itself(code: Code) -> None:
    for claim in code("Peru recalled its ambassador from Chile and froze Chilean assets.").claims:
        assert {"event", "actor", "recipient", "status"} <= {s.field for s in claim.explanation}
        assert all(s.rule for s in claim.explanation)


@given(st.text(max_size=300))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_coded_and_spans_lie_inside(coder: Coder, text: str) -> None:
    if not text.strip():
        return
    article = Article(text=text, retrieved=NOW)
    coding = coder.code(article, split(article), coded_at=NOW)
    for claim in coding.claims:
        assert 0 <= claim.span[0] < claim.span[1] <= len(text)


def test_given_pair_is_always_answered(coder: Coder) -> None:
    texts = ["Peru and Chile.", "Peru threatened Chile.", "In Lima it rained while Chile slept."]
    pairs = [("Peru", "Chile"), ("Peru", "Chile"), ("Lima", "Chile")]
    for text, (actor, recipient) in zip(texts, pairs, strict=True):
        article = Article(text=text, retrieved=NOW)
        claim = coder.relation(article, split(article), actor=actor, recipient=recipient, coded_at=NOW)
        assert (claim.actor.text, claim.recipient and claim.recipient.text) == (actor, recipient)


def test_given_pair_without_words_is_refused(coder: Coder) -> None:
    article = Article(text="Peru threatened Chile.", retrieved=NOW)
    with pytest.raises(InputError, match="actor"):
        coder.relation(article, split(article), actor=" ", recipient="Chile", coded_at=NOW)


def test_coding_is_deterministic(code: Code) -> None:
    text = "Peru recalled its ambassador from Chile. The two countries will hold talks in May."
    first, second = code(text), code(text)
    assert first.claims == second.claims
    assert first.links == second.links


def test_claim_ids_are_unique(code: Code) -> None:
    text = (
        "Peru and Chile are rivals. Their cooperation will be limited to trade and mediation. They met; Peru met Chile."
    )
    ids = [c.id for c in code(text).claims]
    assert all(a != b for a, b in itertools.combinations(ids, 2))
