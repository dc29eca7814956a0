from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.records import EVENTS, STATUSES, Claim, Verdict
from detente.relation.ladder import ladder
from detente.relation.ledger import ledger
from detente.relation.verdict import judge

Histories = Mapping[str, tuple[str, str, str, tuple[Claim, ...]]]
Told = Callable[..., Claim]
OUTCOMES = ("rupture", "cooling", "thaw", "stable")
Drawn = list[tuple[str, str, str, int, str, str]]
ANSWERS = {
    "Colombia and Ecuador, March 2008": "rupture",
    "Georgia and Russia, September 2008": "rupture",
    "China and Japan, October 2012": "cooling",
    "Canada and Saudi Arabia, August 2018": "cooling",
    "Algeria and Morocco, August 2021": "rupture",
    "Norway and Sweden, a quiet year": "stable",
    "Pakistan and the United States, December 2011": "cooling",
    "Pakistan and the United States, July 2012": "thaw",
    "Cuba and the United States, December 2014": "thaw",
}


def verdict_on(histories: Histories, name: str) -> Verdict:
    a, b, day, claims = histories[name]
    return judge(claims, dyad=(a, b), as_of=dt.date.fromisoformat(day))


def chances(verdict: Verdict) -> dict[str, float]:
    return {k: getattr(verdict, k).p for k in OUTCOMES}


@pytest.mark.parametrize(("name", "answer"), ANSWERS.items(), ids=ANSWERS)
def test_history_is_judged_as_it_was(histories: Histories, name: str, answer: str) -> None:
    verdict = verdict_on(histories, name)
    assert verdict.answer == answer, chances(verdict)


@pytest.mark.parametrize("name", [n for n, a in ANSWERS.items() if a == "cooling"])
def test_cooling_is_more_than_twice_as_likely_as_rupture(histories: Histories, name: str) -> None:
    p = chances(verdict_on(histories, name))
    assert p["cooling"] > 2 * p["rupture"]


@pytest.mark.parametrize("name", ANSWERS)
def test_reasons_add_up_to_the_log_odds_of_the_answer(histories: Histories, name: str) -> None:
    verdict = verdict_on(histories, name)
    p = chances(verdict)
    parts = [r.weight for r in (*verdict.reasons, *verdict.counterweights) if r.toward == verdict.answer]
    against = max(p[k] for k in OUTCOMES if k != "stable") if verdict.answer == "stable" else p["stable"]
    assert math.fsum(parts) == pytest.approx(math.log(p[verdict.answer] / against), abs=1e-6)


@pytest.mark.parametrize("name", ANSWERS)
def test_reasons_toward_rupture_add_up_to_its_log_odds(histories: Histories, name: str) -> None:
    verdict = verdict_on(histories, name)
    parts = [r.weight for r in (*verdict.reasons, *verdict.counterweights) if r.toward == "rupture"]
    assert math.fsum(parts) == pytest.approx(math.log(verdict.rupture.p / verdict.stable.p), abs=1e-6)


@pytest.mark.parametrize("name", ANSWERS)
def test_every_reason_walks_back_to_claims_that_were_given(histories: Histories, name: str) -> None:
    verdict = verdict_on(histories, name)
    ids = {c.id for c in histories[name][3]}
    for reason in (*verdict.reasons, *verdict.counterweights):
        assert set(reason.claims) <= ids
        assert reason.claims or reason.text.startswith(("Base rate", "No severance")), reason


def test_reason_is_in_an_analysts_words(histories: Histories) -> None:
    verdict = verdict_on(histories, "Pakistan and the United States, December 2011")
    assert "Pakistan suspends transit (26 Nov 2011)" in {r.text for r in verdict.reasons}


def test_tone_alone_never_makes_a_rupture(tell: Told) -> None:
    claims = [
        tell("PAK", "USA", "ACCUSE", f"2011-11-{day:02}", f"Pakistan denounced the US {day}", outlet=f"Paper {day}")
        for day in range(1, 29)
    ]
    assert judge(claims, dyad=("PAK", "USA"), as_of=dt.date(2011, 12, 1)).rupture.p <= 0.12


def test_one_article_is_thin_and_its_ranges_are_wide(histories: Histories) -> None:
    claims = histories["Pakistan and the United States, December 2011"][3]
    alone = [replace(c, outlet="Wire", article_id="one", id="") for c in claims]
    verdict = judge(alone, dyad=("PAK", "USA"), as_of=dt.date(2011, 12, 5))
    assert verdict.thin
    assert verdict.cooling.high - verdict.cooling.low > 0.2


def test_more_origins_narrow_the_range(tell: Told) -> None:
    def width(outlets: int) -> float:
        claims = [
            tell("PAK", "USA", "SANCTION", "2011-11-26", "Pakistan closed the supply route", tie="transit suspended",
                 outlet=f"Paper {n}")
            for n in range(outlets)
        ]  # fmt: skip
        chance = judge(claims, dyad=("PAK", "USA"), as_of=dt.date(2011, 12, 5)).cooling
        return chance.high - chance.low

    assert width(12) < width(2)


def test_without_claims_the_verdict_abstains_at_the_base_rates() -> None:
    verdict = judge([], dyad=("PAK", "USA"), as_of=dt.date(2011, 12, 5))
    assert verdict.answer == "abstain"
    assert {k: pytest.approx(getattr(verdict, k).base_rate) for k in OUTCOMES} == chances(verdict)


def test_a_visit_called_off_is_no_severance(tell: Told) -> None:
    off = tell("RUS", "TUR", "SANCTION", "2015-11-25", "Moscow cancelled the visit to Ankara", tie="diplomacy severed")
    talks = tell("RUS", "TUR", "CONSULT", "2015-11-24", "Moscow telephoned Ankara")
    tie = next(t for t in ledger([off], dyad=("RUS", "TUR"), as_of=dt.date(2015, 12, 1)) if t.kind == "diplomacy")
    assert tie.status == "strained"
    assert judge([off, talks], dyad=("RUS", "TUR"), as_of=dt.date(2015, 12, 1)).answer != "rupture"


def test_expert_who_doubts_a_severance_lowers_the_chance_of_rupture(tell: Told) -> None:
    base = [
        tell("PAK", "USA", "SANCTION", "2011-11-26", "Pakistan closed the supply route", tie="transit suspended"),
        tell("PAK", "USA", "ACCUSE", "2011-11-27", "Pakistan condemned the strike"),
    ]
    words = ("PAK", "USA", "SANCTION", "2011-12-01", "Pakistan breaks relations with the US")
    doubt = tell(*words, tie="diplomacy severed", probability=(0.1, 0.3))
    fear = tell(*words, tie="diplomacy severed", probability=(0.55, 0.85))
    p = [
        judge([*base, *more], dyad=("PAK", "USA"), as_of=dt.date(2011, 12, 5)).rupture.p
        for more in ([doubt], [], [fear])
    ]
    assert p == sorted(p)
    assert len(set(p)) == 3


@st.composite
def some_claims(draw: st.DrawFn) -> Drawn:
    return draw(
        st.lists(
            st.tuples(
                st.sampled_from(["PAK", "USA"]),
                st.sampled_from(EVENTS),
                st.sampled_from(STATUSES),
                st.integers(0, 400),
                st.sampled_from(["", "transit suspended", "diplomacy severed", "trade restored", "basing affirmed"]),
                st.sampled_from(["Wire", "Post", "Mail"]),
            ),
            max_size=12,
        )
    )


def built(tell: Told, drawn: Drawn, *, start: str) -> list[Claim]:
    first = dt.date.fromisoformat(start)
    return [
        tell(
            actor,
            "USA" if actor == "PAK" else "PAK",
            event,
            str(first + dt.timedelta(days=days)),
            f"State broke relations {n}",
            status=status,
            tie=tie or None,
            outlet=outlet,
            span=(n, n + 20),
        )
        for n, (actor, event, status, days, tie, outlet) in enumerate(drawn)
    ]


@given(drawn=some_claims())
def test_chances_sum_to_one_and_lie_in_their_ranges(tell: Told, drawn: Drawn) -> None:
    verdict = judge(built(tell, drawn, start="2011-01-01"), dyad=("PAK", "USA"), as_of=dt.date(2012, 6, 1))
    held = [getattr(verdict, k) for k in OUTCOMES]
    assert sum(c.p for c in held) == pytest.approx(1)
    assert all(0 <= c.low <= c.p <= c.high <= 1 for c in held)


@given(past=some_claims(), future=some_claims())
def test_what_comes_after_the_day_changes_nothing(tell: Told, past: Drawn, future: Drawn) -> None:
    day, dyad = dt.date(2012, 6, 1), ("PAK", "USA")
    before = built(tell, past, start="2011-01-01")
    after = [*before, *built(tell, future, start="2012-06-02")]
    assert judge(after, dyad=dyad, as_of=day) == judge(before, dyad=dyad, as_of=day)
    assert ledger(after, dyad=dyad, as_of=day) == ledger(before, dyad=dyad, as_of=day)
    assert ladder(after, dyad=dyad, as_of=day) == ladder(before, dyad=dyad, as_of=day)


@given(drawn=some_claims(), rng=st.randoms(use_true_random=False))
def test_order_of_claims_changes_nothing(tell: Told, drawn: Drawn, rng: random.Random) -> None:
    claims = built(tell, drawn, start="2011-01-01")
    mixed = list(claims)
    rng.shuffle(mixed)
    day, dyad = dt.date(2012, 6, 1), ("PAK", "USA")
    assert judge(mixed, dyad=dyad, as_of=day) == judge(claims, dyad=dyad, as_of=day)
    assert ledger(mixed, dyad=dyad, as_of=day) == ledger(claims, dyad=dyad, as_of=day)


def test_arrest_and_a_disputed_first_shot_make_no_war(tell: Told) -> None:
    claims = [
        tell("USA/MIL", "PAK/MIL", "ASSAULT", "2011-11-26", "US aircraft struck a post", deaths=24),
        tell("PAK/COP", "USA", "ASSAULT", "2011-11-20", "Police seized an American who shot two men", deaths=2),
        tell("PAK/MIL", "USA/MIL", "ASSAULT", "2011-12-22", "Troops had fired first", precision="before", deaths=24),
    ]
    verdict = judge(claims, dyad=("PAK", "USA"), as_of=dt.date(2012, 1, 5))
    assert not any("attack each other" in r.text for r in verdict.reasons)
    assert verdict.rupture.p <= 0.12


def test_deadly_attacks_of_both_sides_within_days_make_a_war_and_years_apart_do_not(tell: Told) -> None:
    first = tell("GEO/MIL", "RUS/MIL", "ASSAULT", "2008-08-08", "Georgia shelled Russian troops", deaths=12)
    near = tell("RUS/MIL", "GEO", "ASSAULT", "2008-08-09", "Russia bombed Gori", deaths=60)
    far = tell("RUS/MIL", "GEO", "ASSAULT", "2006-08-09", "Russia bombed Gori", deaths=60)
    for answer, other in ((True, near), (False, far)):
        verdict = judge([first, other], dyad=("GEO", "RUS"), as_of=dt.date(2008, 9, 1))
        assert any("attack each other" in r.text for r in verdict.reasons) == answer
