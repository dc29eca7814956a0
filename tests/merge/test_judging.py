"""What people say of events: it moves what rests on them, is superseded and undone, and never lost."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import InputError
from detente.merge.agreement import agreement, alpha
from detente.merge.events import Setting, merge
from detente.merge.judging import audit, bonds, corrected, current, require_no_circle, superseded_by, wilson
from detente.records import Claim, Entity, Judgement

AT = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


def told(name: str = "a", **more: object) -> Claim:
    fields: dict[str, object] = {
        "id": name, "article_id": name, "span": (0, 10), "sentence": "Aircraft struck a post", "trigger": "struck",
        "actor": Entity(code="USA", text="US"), "recipient": Entity(code="PAK", text="Pakistan"), "event": "ASSAULT",
        "status": "happened", "quad": 4, "intensity": -9.0, "cameo": "190", "date": dt.date(2011, 11, 26),
        "precision": "day", "published": dt.date(2011, 11, 29), "outlet": name,
    }  # fmt: skip
    return Claim(**(fields | more))  # type: ignore[arg-type]


def judged(verdict: str, *claims: str, by: str = "ann", hours: int = 0, **more: object) -> Judgement:
    return Judgement(verdict=verdict, claims=claims or ("a",), by=by, at=AT + dt.timedelta(hours=hours), **more)  # type: ignore[arg-type]


def test_each_verdict_puts_its_field_right_and_keeps_the_id() -> None:
    claim = told()
    for verdict, value, field, wanted in (
        ("wrong-actor", "AFG", "actor", "AFG"),
        ("wrong-type", "AID", "event", "AID"),
        ("wrong-status", "denied", "status", "denied"),
        ("wrong-date", "2011-11-25", "date", dt.date(2011, 11, 25)),
    ):
        (new,) = corrected([claim], [judged(verdict, value=value)]).claims
        got = getattr(new, field)
        assert (got.code if field == "actor" else got) == wanted
        assert new.id == claim.id
        assert new.explanation[-1].rule == f"judged {verdict} by ann"


def test_a_new_type_brings_its_own_quad_and_scale() -> None:
    (new,) = corrected([told()], [judged("wrong-type", value="AID")]).claims
    assert new.quad == 2
    assert new.intensity > 0
    assert new.cameo.startswith("07")


def test_the_recipient_as_right_actor_turns_the_direction_round() -> None:
    (new,) = corrected([told()], [judged("wrong-actor", value="PAK")]).claims
    assert (new.actor.code, new.recipient.code if new.recipient else None) == ("PAK", "USA")


@pytest.mark.parametrize("verdict", ["wrong-actor", "wrong-type"])
def test_a_field_known_to_be_wrong_alone_makes_no_event(verdict: str) -> None:
    assert merge(corrected([told()], [judged(verdict)]).claims) == ()


def test_what_is_no_event_is_counted_nowhere() -> None:
    made = corrected([told("a"), told("b")], [judged("not-event", "a")])
    assert [c.id for c in made.claims] == ["b"]
    assert made.dropped == ("a",)


def test_of_two_judges_the_later_word_counts() -> None:
    first, second = judged("not-event"), judged("right", by="bob", hours=1)
    assert corrected([told()], [first, second]).claims == (told(),)
    assert corrected([told()], [second, judged("not-event", hours=2)]).claims == ()


def test_a_judge_changes_his_mind_without_losing_the_first_word() -> None:
    first = judged("right")
    second = judged("wrong-type", value="AID", hours=1)
    assert superseded_by(second, [first]) == (first.id,)
    both = [first, judged("wrong-type", value="AID", hours=1, supersedes=(first.id,))]
    assert [j.verdict for j in current(both)] == ["wrong-type"]
    other = judged("wrong-status", value="denied", hours=2)
    assert superseded_by(other, both) == ()


def test_another_judges_word_is_not_superseded() -> None:
    assert superseded_by(judged("not-event", by="bob", hours=1), [judged("right")]) == ()


def test_what_is_taken_back_gives_way_to_what_stood_before() -> None:
    first = judged("wrong-type", value="AID")
    second = judged("not-event", hours=1, supersedes=(first.id,))
    undo = judged("withdrawn", hours=2, supersedes=(second.id,))
    assert current([first, second, undo]) == (first,)
    assert current([first, second, undo, judged("withdrawn", hours=3, supersedes=(undo.id,))]) == (second,)


def test_replacing_twice_does_not_bring_the_first_back() -> None:
    first = judged("wrong-type", value="AID")
    second = judged("not-event", hours=1, supersedes=(first.id,))
    third = judged("wrong-date", value="2011-11-25", hours=2, supersedes=(second.id,))
    assert current([first, second, third]) == (third,)


def test_duplicates_become_one_event_and_a_split_two() -> None:
    claims = [told("a"), told("b", date=dt.date(2011, 3, 1)), told("c")]
    assert sorted(e.reports for e in merge(claims)) == [1, 2]
    joined = Setting(bonds=bonds([judged("duplicate-of", "b", value="a")]))
    assert [e.reports for e in merge(claims, setting=joined)] == [3]
    parted = Setting(bonds=bonds([judged("split", "a", others=("c",))]))
    assert [e.reports for e in merge(claims, setting=parted)] == [1, 1, 1]


def test_a_circle_of_duplicates_is_refused_and_named() -> None:
    held = [judged("duplicate-of", "a", value="b"), judged("duplicate-of", "b", value="c", hours=1)]
    require_no_circle(held)
    with pytest.raises(InputError, match="a > b > c > a"):
        require_no_circle([*held, judged("duplicate-of", "c", value="a", hours=2)])


def test_error_rate_counts_each_judged_event_once() -> None:
    held = [
        judged("right", "a"), judged("wrong-type", "b", "c", value="AID"), judged("wrong-date", "b", "c", hours=1),
        judged("right", "b", "c", by="bob", hours=2), judged("split", "a", others=("b",), hours=3),
    ]  # fmt: skip
    found = audit(held, claims=["a", "b", "c"])
    assert found is not None
    assert (found.n, found.wrong, found.judges) == (2, 1, 2)
    assert audit(held, claims=["z"]) is None


def test_range_of_a_share_is_that_of_the_textbook() -> None:
    low, high = wilson(0, 10)
    assert (low, round(high, 3)) == (0.0, 0.278)


# -- agreement: the worked examples of Krippendorff (2011), Computing Krippendorff's alpha-reliability ---------------


def test_alpha_of_two_observers_and_two_values() -> None:
    units = list(zip("0100000010", "1110010000", strict=True))
    assert round(alpha(units), 3) == 0.095


def test_alpha_of_four_observers_with_gaps() -> None:
    rows = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    units = [[value for value in column if value != "."] for column in zip(*rows, strict=True)]
    assert round(alpha(units), 3) == 0.743


def test_alpha_is_unknown_where_nobody_differs_on_anything() -> None:
    assert np.isnan(alpha([("right", "right")] * 5))


@given(st.lists(st.tuples(*[st.sampled_from("abc")] * 2), min_size=1, max_size=12))
def test_alpha_is_one_where_judges_agree_and_at_most_one_elsewhere(units: list[tuple[str, str]]) -> None:
    same = alpha([(a, a) for a, _ in units])
    assert np.isnan(same) or same == 1.0
    found = alpha(units)
    assert np.isnan(found) or found <= 1.0


def test_agreement_by_field_has_a_range_around_it() -> None:
    rng = np.random.default_rng(3)
    held = []
    for n in range(60):
        first = rng.random() < 0.5
        second = first if rng.random() < 0.8 else not first
        for by, ok in (("ann", first), ("bob", second)):
            held.append(judged("right" if ok else "not-event", f"c{n}", by=by, hours=n))
    found = {a.field: a for a in agreement(held, rng=rng, draws=300)}
    event = found["event"]
    assert event.units == 60
    assert event.low < event.alpha < event.high
    assert 0.3 < event.alpha < 0.9
    assert found["date"].units == sum(
        j.verdict == "right" and k.verdict == "right" for j, k in zip(held[::2], held[1::2], strict=True)
    )
