from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from detente.merge.events import merge
from detente.records import Article, Claim
from detente.relation.climate import periods
from detente.relation.limits import limits

Told = Callable[..., Claim]
PAIR = ("PAK", "USA")
DAY = dt.date(2012, 6, 1)


def article(day: str | None, outlet: str | None = "Wire") -> Article:
    return Article(
        text=f"Something of {day} in {outlet}.",
        outlet=outlet,
        published=dt.date.fromisoformat(day) if day else None,
        retrieved=dt.datetime(2012, 7, 1, tzinfo=dt.UTC),
    )


def test_month_without_articles_is_missing_and_not_zero(tell: Told) -> None:
    events = merge([tell("PAK", "USA", "ACCUSE", "2012-02-03", "Pakistan condemned the raid")])
    found = periods(events, [article("2012-01-10"), article("2012-03-10")], dyad=PAIR, as_of=DAY)
    assert [p.start.month for p in found] == [1, 3]


def test_month_that_was_read_and_is_quiet_is_zero() -> None:
    found = periods([], [article("2012-01-10")], dyad=PAIR, as_of=DAY)
    assert (found[0].forward, found[0].net_forward, found[0].articles) == ((0, 0, 0, 0), 0.0, 1)


def test_directions_are_kept_apart_and_meetings_count_in_both(tell: Told) -> None:
    events = merge(
        [
            tell("PAK", "USA", "ACCUSE", "2012-02-03", "Pakistan condemned the raid"),
            tell("USA", "PAK", "CONSULT", "2012-02-09", "Americans met Pakistanis"),
        ]
    )
    (found,) = periods(events, [article("2012-02-10")], dyad=PAIR, as_of=DAY)
    assert found.forward == (1, 0, 1, 0)
    assert found.backward == (1, 0, 0, 0)


def test_only_what_happened_is_counted(tell: Told) -> None:
    events = merge([tell("PAK", "USA", "SANCTION", "2012-02-03", "Pakistan cuts ties", status="threatened")])
    (found,) = periods(events, [article("2012-02-10")], dyad=PAIR, as_of=DAY)
    assert found.forward == (0, 0, 0, 0)


def test_articles_after_the_day_are_no_exposure() -> None:
    assert periods([], [article("2012-06-02")], dyad=PAIR, as_of=DAY) == ()


def test_limits_are_never_empty() -> None:
    assert limits([], [], dyad=PAIR, as_of=DAY)


def test_limits_name_the_side_that_was_not_heard() -> None:
    told = " ".join(limits([], [article("2012-01-01")], dyad=PAIR, as_of=DAY, countries={"Wire": "USA"}))
    assert "No outlet known to be of Pakistan was read" in told
    assert "1 outlet of United States" in told


def test_limits_count_claims_without_a_known_other_party(tell: Told) -> None:
    lost = tell("", "USA", "ASSAULT", "2012-01-01", "Someone attacked Americans")
    assert any("no known other party" in line for line in limits([lost], [], dyad=PAIR, as_of=DAY))
