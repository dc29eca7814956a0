from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.merge.contested import contests
from detente.merge.events import merge
from detente.merge.origins import alike, origins
from detente.records import EVENTS, Attribution, Claim, Entity, Magnitude, TieEffect

PAK = Attribution(name="Pakistan", code="PAK", sectors=("GOV",), named=True, side="party")
USA = Attribution(name="Pentagon", code="USA", sectors=("MIL",), named=True, side="party")
SENTENCES = (
    "American aircraft struck a Pakistani post near the border at night, killing two dozen soldiers",
    "A raid on the post of Salala has left many dead, and the road is shut",
    "Islamabad speaks of an attack without reason",
)


def told(
    day: str | None = "2011-11-26", *, actor: str = "USA", to: str = "PAK", event: str = "ASSAULT", **more: object
) -> Claim:
    fields: dict[str, object] = {
        "article_id": str(more.get("outlet", "Wire")),
        "span": (0, 10),
        "sentence": SENTENCES[0],
        "trigger": "struck",
        "actor": Entity(code=actor, text="they"),
        "recipient": Entity(code=to, text="them"),
        "status": "happened",
        "quad": 4,
        "intensity": -9.0,
        "cameo": "190",
        "date": dt.date.fromisoformat(day) if day else None,
        "precision": "day" if day else "unknown",
        "published": dt.date(2011, 11, 29),
        "outlet": "Wire",
    }
    return Claim(event=event, **(fields | more))  # type: ignore[arg-type]


def sized(deaths: float, outlet: str) -> Claim:
    return told(outlet=outlet, magnitudes=(Magnitude(kind="deaths", value=deaths),))


def test_reports_of_one_happening_are_one_event() -> None:
    claims = [told(outlet="Wire"), told(outlet="Post", sentence=SENTENCES[1]), told("2011-11-27", outlet="Mail")]
    (event,) = merge(claims)
    assert (event.reports, event.date) == (3, dt.date(2011, 11, 26))


def test_copies_of_one_sentence_are_one_origin() -> None:
    copied = [told(outlet="Wire"), told(outlet="Post", sentence=SENTENCES[0] + " on Saturday")]
    own = told(outlet="Mail", sentence=SENTENCES[1])
    assert merge(copied)[0].origins == 1
    assert merge([*copied, own])[0].origins == 2


def test_report_that_quotes_an_outlet_has_that_outlets_origin() -> None:
    wire = Attribution(name="Wire", code="GBR", sectors=("MED",), named=True)
    assert origins([told(outlet="Wire"), told(outlet="Post", sentence=SENTENCES[2], attribution=(wire,))]) == 1


@pytest.mark.parametrize(
    "other",
    [
        told(outlet="Post", actor="PAK", to="USA"),
        told(outlet="Post", event="COERCE"),
        told("2011-12-09", outlet="Post"),
        told(outlet="Post", status="threatened"),
        told(outlet="Post", status="denied"),
        told(outlet="Post", to="AFG"),
    ],
)
def test_different_happenings_stay_apart(other: Claim) -> None:
    assert len(merge([told(), other])) == 2


def test_threatened_cut_and_cut_are_two_events() -> None:
    tie = TieEffect(kind="transit", effect="suspended")
    assert len(merge([told(event="SANCTION", tie=tie), told(event="SANCTION", tie=tie, status="threatened")])) == 2


def test_cuts_of_different_ties_on_one_day_stay_apart() -> None:
    ties = [TieEffect(kind=kind, effect="suspended") for kind in ("transit", "trade")]
    assert len(merge([told(event="SANCTION", tie=tie, trigger=tie.kind) for tie in ties])) == 2


def test_claim_that_names_no_tie_joins_one_that_does() -> None:
    tie = TieEffect(kind="transit", effect="suspended")
    (event,) = merge([told(event="SANCTION", tie=tie), told(event="SANCTION", outlet="Post")])
    assert event.tie == tie


@pytest.mark.parametrize("event", ["CONSULT", "AGREE", "COOPERATE"])
def test_who_is_named_first_does_not_part_what_two_do_together(event: str) -> None:
    (found,) = merge([told(event=event), told(event=event, actor="PAK", to="USA", outlet="Post")])
    assert (found.actor, found.recipient) == ("PAK", "USA")


def test_vague_dates_join_the_day_they_can_mean() -> None:
    before = told("2011-11-28", precision="before", outlet="Post")
    month = told("2011-11-01", precision="month", outlet="Mail")
    (event,) = merge([told(), before, month])
    assert (event.date, event.precision) == (dt.date(2011, 11, 26), "day")


def test_figures_that_disagree_become_a_range() -> None:
    (event,) = merge([sized(24, "Wire"), sized(28, "Post"), sized(26, "Mail")])
    assert [(m.value, m.bound) for m in event.magnitudes] == [(24, "least"), (28, "most")]


def test_sides_that_say_it_are_named() -> None:
    claims = [
        told(attribution=(PAK,)),
        told(outlet="Post", attribution=(USA,), sentence=SENTENCES[1]),
        told(outlet="Volga", sentence=SENTENCES[2]),
    ]
    (event,) = merge(claims, countries={"Volga": "RUS"})
    assert event.confirmed_by == ("PAK", "USA", "third")


def test_unknown_outlet_confirms_nothing() -> None:
    assert merge([told()])[0].confirmed_by == ()


def test_denial_disputes_the_event_and_is_contested() -> None:
    said = told(attribution=(PAK,))
    denial = told("2011-11-26", status="denied", attribution=(USA,), outlet="Post")
    assert [e.disputed for e in merge([said, denial]) if e.status == "happened"] == [True]
    (found,) = contests([said, denial], ("PAK", "USA"))
    assert (found.says, found.denies, found.silent) == (("PAK",), ("USA",), ("third",))
    assert set(found.claims) == {said.id, denial.id}


def test_denial_is_set_against_the_fact_of_its_own_article() -> None:
    first = told("2011-11-20", outlet="Wire", published=dt.date(2011, 11, 21), sentence=SENTENCES[1])
    second = told("2011-11-26", outlet="Post", sentence=SENTENCES[2])
    denial = told(None, status="denied", outlet="Post", trigger="denied", sentence="The alliance denied it all")
    (found,) = contests([first, second, denial], ("PAK", "USA"))
    assert set(found.claims) == {second.id, denial.id}
    (event,) = [e for e in merge([first, second, denial]) if second.id in e.claims]
    assert found.event == event.id


def test_all_reports_of_what_is_denied_stand_with_the_denial() -> None:
    reports = [sized(24, "Wire"), sized(28, "Post")]
    denial = told("2011-11-26", status="denied", attribution=(USA,), outlet="Mail", sentence=SENTENCES[2])
    (found,) = contests([*reports, denial], ("PAK", "USA"))
    assert set(found.claims) == {reports[0].id, reports[1].id, denial.id}
    assert [(f.value, f.said_by) for f in found.figures] == [(24, ("Wire",)), (28, ("Post",))]


def test_denial_of_another_day_disputes_nothing() -> None:
    assert not merge([told(), told("2011-10-01", status="denied")])[1].disputed


def test_denials_of_what_nobody_said_stay_apart() -> None:
    denials = [told(status="denied", event=event) for event in ("COERCE", "SANCTION")]
    assert len(contests(denials, ("PAK", "USA"))) == 2


def test_denials_months_apart_of_what_nobody_said_stay_apart() -> None:
    denials = [told(day, status="denied") for day in ("2011-11-26", "2012-04-02")]
    found = contests(denials, ("PAK", "USA"))
    assert [c.claims for c in found] == [(d.id,) for d in denials]
    assert all(c.says == () for c in found)


def test_claim_without_known_parties_is_no_event() -> None:
    assert merge([told(actor=""), told(to="USA")]) == ()


TRADE = TieEffect(kind="trade", effect="severed")
CLAIMS = st.lists(
    st.builds(
        told,
        st.sampled_from([None, "2011-11-24", "2011-11-25", "2011-11-26", "2011-11-27", "2011-12-20"]),
        actor=st.sampled_from(["USA", "PAK"]),
        to=st.sampled_from(["USA", "PAK", "AFG"]),
        event=st.sampled_from(EVENTS[:3] + EVENTS[-2:]),
        status=st.sampled_from(["happened", "ongoing", "denied", "threatened"]),
        mode=st.sampled_from([None, "close", "expel"]),
        tie=st.sampled_from([None, TieEffect(kind="transit", effect="suspended"), TRADE]),
        outlet=st.sampled_from(["Wire", "Post", "Mail"]),
        sentence=st.sampled_from(SENTENCES),
        trigger=st.sampled_from("abcdefgh"),
    ),
    max_size=14,
)  # fmt: skip


@given(claims=CLAIMS, rng=st.randoms(use_true_random=False))
def test_order_changes_nothing(claims: Sequence[Claim], rng: random.Random) -> None:
    # Claims with one id are one claim; two that differ under one id cannot come from a coder.
    held = list({c.id: c for c in claims}.values())
    mixed = rng.sample(held, len(held))
    assert merge(mixed) == merge(held)
    assert contests(mixed, ("PAK", "USA")) == contests(held, ("PAK", "USA"))


@given(claims=CLAIMS)
def test_merging_twice_is_merging_once(claims: Sequence[Claim]) -> None:
    held = list({c.id: c for c in claims}.values())
    assert merge([*held, *held]) == merge(held)
    for event in merge(held):
        parts = merge([c for c in held if c.id in event.claims])
        assert [part.claims for part in parts] == [event.claims]


@given(claims=CLAIMS)
def test_every_claim_between_two_parties_stands_in_exactly_one_event(claims: Sequence[Claim]) -> None:
    held = {c.id: c for c in claims}
    placed = [i for e in merge(held.values()) for i in e.claims]
    assert sorted(placed) == sorted(i for i, c in held.items() if c.dyad)


@given(claims=CLAIMS)
def test_origins_never_outnumber_reports(claims: Sequence[Claim]) -> None:
    assert all(1 <= e.origins <= e.reports for e in merge({c.id: c for c in claims}.values()))


@given(claims=CLAIMS, later=CLAIMS)
def test_what_was_published_later_changes_nothing(claims: Sequence[Claim], later: Sequence[Claim]) -> None:
    day = dt.date(2011, 11, 29)
    held = list({c.id: c for c in claims}.values())
    future = [told(outlet=f"Late {n}", published=dt.date(2011, 12, 1), event=c.event) for n, c in enumerate(later)]
    assert merge([*held, *future], as_of=day) == merge(held, as_of=day)


@given(texts=st.lists(st.text("abc ", max_size=30), max_size=12))
def test_similar_texts_are_found_as_by_comparing_all(texts: list[str]) -> None:
    def shingles(text: str) -> set[tuple[str, ...]]:
        words = text.split()
        return {tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2))} if words else set()

    def jaccard(a: set[tuple[str, ...]], b: set[tuple[str, ...]]) -> float:
        return len(a & b) / len(a | b) if a | b else 0.0

    sets = [shingles(t) for t in texts]
    wanted = {(i, j) for j in range(len(texts)) for i in range(j) if jaccard(sets[i], sets[j]) >= 0.5}
    assert set(alike(texts)) == wanted
