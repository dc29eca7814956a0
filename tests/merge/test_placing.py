"""Which claims tell one happening, and that every joining can be opened, undone and added to."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import OntologyError
from detente.merge.bonds import Bonds, unions
from detente.merge.copies import near_copies
from detente.merge.events import Setting, extend, merge, opened, start
from detente.merge.likeness import FEATURES, load_odds
from detente.merge.origins import origins
from detente.records import Attribution, Claim, Entity, Magnitude, TieEffect

STRUCK = "A drone struck a compound in the village of Hassu Khel before dawn and killed fifteen people"
ELSEWHERE = "Missiles hit a car near a market in Wana, where two men burned to death, a shepherd told reporters"


def told(day: str | None = "2012-06-04", **more: object) -> Claim:
    fields: dict[str, object] = {
        "article_id": str(more.get("outlet", "Wire")),
        "span": (0, 10),
        "sentence": STRUCK,
        "trigger": "struck",
        "actor": Entity(code="USA", text="US"),
        "recipient": Entity(code="PAK", text="Pakistan"),
        "event": "ASSAULT",
        "status": "happened",
        "quad": 4,
        "intensity": -9.0,
        "cameo": "190",
        "date": dt.date.fromisoformat(day) if day else None,
        "precision": "day" if day else "unknown",
        "published": dt.date(2012, 6, 6),
        "outlet": "Wire",
    }
    return Claim(**(fields | more))  # type: ignore[arg-type]


def test_two_strikes_of_one_day_at_two_places_are_two_events() -> None:
    wana = told(outlet="Post", place="Wana", sentence=ELSEWHERE, trigger="hit")
    assert len(merge([told(place="Hassu Khel"), wana])) == 2
    assert len(merge([told(place="Hassu Khel"), replace(wana, place="Hassu Khel", id="")])) == 1


def test_a_hundred_dead_and_two_are_not_one_strike() -> None:
    many, few = (
        told(outlet=outlet, sentence=sentence, trigger=trigger, magnitudes=(Magnitude(kind="deaths", value=value),))
        for outlet, sentence, trigger, value in (("Wire", STRUCK, "struck", 100), ("Post", ELSEWHERE, "hit", 2))
    )
    assert len(merge([many, few])) == 2


def test_what_still_holds_is_the_measure_that_was_taken() -> None:
    tie = TieEffect(kind="transit", effect="suspended")
    road = {"event": "SANCTION", "tie": tie, "trigger": "shut", "sentence": "Pakistan shut the NATO supply road"}
    taken = told("2011-11-26", **road, published=dt.date(2011, 11, 26))
    still = told(None, **road, status="ongoing", outlet="Post", published=dt.date(2012, 1, 5))
    assert len(merge([taken, still])) == 1
    other = told(None, **road | {"tie": TieEffect(kind="trade", effect="suspended")}, status="ongoing", outlet="Mail",
                 published=dt.date(2012, 1, 5))  # fmt: skip
    assert len(merge([taken, other])) == 2


def test_near_readings_of_one_act_are_one_event_and_distant_ones_are_not() -> None:
    freed = told(event="RETREAT", sentence="A court freed the contractor on Monday", trigger="freed")
    assert len(merge([freed, replace(freed, event="CONCEDE", outlet="Post", article_id="Post", id="")])) == 1
    assert len(merge([freed, replace(freed, event="AID", outlet="Post", article_id="Post", id="")])) == 2


def test_one_sentence_with_two_verbs_tells_two_events() -> None:
    assert len(merge([told(event="REQUEST", trigger="asked"), told(event="REQUEST", trigger="demanded")])) == 2


def test_an_encoder_can_join_what_no_word_joins() -> None:
    far = told("2012-06-06", outlet="Post", sentence=ELSEWHERE, trigger="hit")
    same = Setting(meaning=lambda sentences: [(1.0, 0.0)] * len(sentences))
    other = Setting(meaning=lambda sentences: [(1.0, 0.0) if s == STRUCK else (0.0, 1.0) for s in sentences])
    assert [len(merge([told(), far], setting=s)) for s in (same, other)] == [1, 2]


def test_figures_keep_who_says_them() -> None:
    army = Attribution(name="the army", code="PAK", named=True)
    claims = [
        told(magnitudes=(Magnitude(kind="deaths", value=24),), attribution=(army,)),
        told(magnitudes=(Magnitude(kind="deaths", value=28),), outlet="Post"),
    ]
    (event,) = merge(claims)
    assert [(f.value, f.said_by) for f in event.figures] == [(24, ("the army",)), (28, ("Post",))]


def test_agency_copy_is_one_origin_even_where_the_sentence_was_rewritten() -> None:
    claims = [told(outlet="Wire"), told(outlet="Post", sentence=ELSEWHERE)]
    assert origins(claims) == 2
    assert origins(claims, copies={"Wire": "Post", "Post": "Post"}) == 1


def test_reports_that_name_one_paper_as_their_source_are_one_origin() -> None:
    paper = Attribution(name="Capital Ledger", sectors=("MED",), named=True)
    officials = Attribution(name=None, text="unnamed officials", code="USA")
    claims = [
        told(outlet="Post", attribution=(paper, officials)),
        told(outlet="Mail", attribution=(paper,), sentence=ELSEWHERE),
    ]
    assert origins(claims) == 1


def test_a_copy_with_light_edits_is_found_and_another_report_is_not() -> None:
    first = " ".join(f"{STRUCK} and word {n} stands here." for n in range(20))
    edited = first.replace("before dawn", "at night") + " The embassy had no comment on the report."
    other = " ".join(f"{ELSEWHERE} while thing {n} went on." for n in range(20))
    assert near_copies({"a": first, "b": edited, "c": other}) == {"a": "a", "b": "a"}


@given(st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), max_size=12))
def test_unions_know_no_order(pairs: list[tuple[str, str]]) -> None:
    found = unions(pairs)
    assert found == unions([(b, a) for a, b in reversed(pairs)])
    assert all(found[a] == found[b] for a, b in pairs)


CLAIMS = st.lists(
    st.builds(
        told,
        st.sampled_from([None, "2012-06-02", "2012-06-03", "2012-06-04", "2012-06-06", "2012-03-04"]),
        event=st.sampled_from(["ASSAULT", "SANCTION", "COERCE", "REQUEST"]),
        status=st.sampled_from(["happened", "ongoing", "denied", "announced"]),
        sentence=st.sampled_from([STRUCK, ELSEWHERE]),
        trigger=st.sampled_from(["struck", "hit", "shut"]),
        place=st.sampled_from([None, "Wana", "Hassu Khel"]),
        outlet=st.sampled_from(["Wire", "Post", "Mail", "Echo"]),
        published=st.sampled_from([None, dt.date(2012, 6, 4), dt.date(2012, 6, 9), dt.date(2012, 8, 1)]),
    ),
    max_size=16,
)  # fmt: skip


@settings(deadline=None)
@given(claims=CLAIMS, rng=st.randoms(use_true_random=False))
def test_claims_that_come_later_join_as_if_they_had_been_there(claims: Sequence[Claim], rng: random.Random) -> None:
    held = list({c.id: c for c in claims}.values())
    mixed = rng.sample(held, len(held))
    cut = rng.randint(0, len(mixed))
    bonds = Bonds(joined=tuple((mixed[i].id, mixed[i + 1].id) for i in range(0, len(mixed) - 1, 5)))
    setting = Setting(bonds=bonds)
    grown = extend(start(mixed[:cut], setting=setting), mixed[cut:], setting=setting)
    assert grown.events == merge(held, setting=setting)


@settings(deadline=None)
@given(claims=CLAIMS)
def test_every_joining_can_be_opened(claims: Sequence[Claim]) -> None:
    held = list({c.id: c for c in claims}.values())
    for event in merge(held):
        joinings = opened(event, held)
        assert sorted(j.claim for j in joinings) == sorted(event.claims)
        assert sum(j.with_claim is None for j in joinings) == 1
        assert all(j.log_odds > 0 and j.reasons for j in joinings if j.with_claim)


def test_a_merge_can_be_split_and_the_split_undone() -> None:
    claims = [told(outlet="Wire"), told(outlet="Post"), told(outlet="Mail")]
    post = frozenset({claims[1].id})
    rest = frozenset({claims[0].id, claims[2].id})
    parted = Setting(bonds=Bonds(parted=((post, rest),)))
    assert sorted(e.reports for e in merge(claims, setting=parted)) == [1, 2]
    assert [e.reports for e in merge(claims)] == [3]


def test_two_events_can_be_joined_by_a_person() -> None:
    claims = [told("2012-06-04"), told("2012-03-01", event="SANCTION", outlet="Post")]
    joined = Setting(bonds=Bonds(joined=((claims[0].id, claims[1].id),)))
    (event,) = merge(claims, setting=joined)
    assert event.reports == 2
    assert ("judged", 0.0) in [reason for j in opened(event, claims, setting=joined) for reason in j.reasons]


def test_table_of_weights_names_every_feature_once(tmp_path: Path) -> None:
    assert set(load_odds()) == set(FEATURES)
    broken = tmp_path / "odds.csv"
    broken.write_text("feature,weight,words\nbase,much,x\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"odds\.csv:2.*much"):
        load_odds(broken)
