"""Floors on the key of the sample chronicle: who speaks, which dispatches tell one happening, what is denied.

The key and the sentences have one author, and nothing was coded twice, so this is no independent check. The weights of
merging were fitted on the dispatches up to `FITTED_UNTIL`; the floors on what follows are held out of that fit.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import math
import sys
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from detente import pipeline
from detente.merge.contested import contests
from detente.merge.copies import near_copies
from detente.merge.events import merge, opened
from detente.merge.likeness import probability
from detente.records import Claim

HERE = Path(__file__).parent
DAY = dt.date(2012, 7, 31)


def module(name: str) -> ModuleType:
    """A module beside the tests, which are no package."""
    if name not in sys.modules:
        sys.path.insert(0, str(HERE))
        try:
            spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
            assert spec is not None
            assert spec.loader is not None
            sys.modules[name] = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(sys.modules[name])
        finally:
            sys.path.remove(str(HERE))
    return sys.modules[name]


chronicle_key = module("chronicle_key")
Told = list[tuple[dict[str, Any], Claim, str]]


@pytest.fixture(scope="module")
def told() -> Told:
    return chronicle_key.mentions()  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def coded() -> dict[str, tuple[Claim, ...]]:
    return module("attribution").coded_chronicle()  # type: ignore[no-any-return]


def test_the_chronicle_is_as_large_and_as_mixed_as_promised() -> None:
    articles = chronicle_key.articles()
    assert len(articles) >= 150
    assert len({a.outlet for a in articles.values()}) >= 12
    assert all("(invented)" in a.outlet for a in articles.values())
    days = sorted(a.published for a in articles.values())
    assert (days[0].year, days[0].month, days[-1].year, days[-1].month) == (2011, 1, 2012, 7)


def test_every_line_of_the_key_points_into_its_dispatch() -> None:
    articles = chronicle_key.articles()
    rows = chronicle_key.key()
    assert sorted(r["id"] for r in rows) == sorted(articles)
    for row in rows:
        text = articles[row["id"]].text
        assert all(e["words"] in text and e["trigger"] in e["words"] for e in row["events"]), row["id"]
        assert all(s["quote_or_claim"] in text for s in row["speakers"]), row["id"]


# -- merging, on claims as a faultless coder would make them -----------------------------------------------------


def test_merging_of_the_whole_key(told: Told) -> None:
    found = chronicle_key.clusters(merge(c for _, c, _ in told))
    wanted = {c.id: same for _, c, same in told}
    precision, recall, f1 = chronicle_key.bcubed(found, wanted)
    assert f1 >= 0.97, (precision, recall, f1)


def test_merging_of_the_half_that_the_weights_were_not_fitted_on(told: Told) -> None:
    held_out = {c.id: same for _, c, same in told if c.published > chronicle_key.FITTED_UNTIL}
    found = chronicle_key.clusters(merge(c for _, c, _ in told))
    assert chronicle_key.bcubed(found, held_out)[2] >= 0.95
    # Most happenings of the key are told once, which lifts B-cubed: so the joined pairs have a floor of their own.
    both, false, missed = chronicle_key.linked(found, held_out)
    assert 2 * both / (2 * both + false + missed) >= 0.75, (both, false, missed)
    alone = {claim: claim for claim in held_out}
    assert chronicle_key.bcubed(found, held_out)[2] > chronicle_key.bcubed(alone, held_out)[2] + 0.05


def test_no_merge_crosses_a_pair_of_states(told: Told, coded: dict[str, tuple[Claim, ...]]) -> None:
    for claims in ([c for _, c, _ in told], [c for held in coded.values() for c in held]):
        by_id = {c.id: c for c in claims}
        assert all(len({by_id[i].dyad for i in event.claims}) == 1 for event in merge(claims))


def test_odds_of_a_joining_mean_what_they_say(told: Told) -> None:
    """Of the joinings put at 0.9 or more, nine in ten at least are right; on the half held out of the fit."""
    claims = [c for _, c, _ in told if c.published > chronicle_key.FITTED_UNTIL]
    same = {c.id: name for _, c, name in told}
    sure = [
        same[j.claim] == same[j.with_claim]
        for event in merge(claims)
        for j in opened(event, claims)
        if j.with_claim and probability(j.log_odds) >= 0.9
    ]
    assert len(sure) >= 20
    assert sum(sure) / len(sure) >= 0.9, (sum(sure), len(sure))


def test_copies_of_agency_reports_are_found_and_nothing_else() -> None:
    articles = chronicle_key.articles()
    happenings = {row["id"]: set(row["happening"]) for row in chronicle_key.key()}
    groups = defaultdict(set)
    for name, first in near_copies({n: a.text for n, a in articles.items()}).items():
        groups[first].add(name)
    assert {"002", "003"} in groups.values()
    assert {"072", "074"} in groups.values()
    assert len(groups) >= 8
    for group in groups.values():
        assert set.intersection(*(happenings[name] for name in group)), group


# -- merging and denials, on what the coder makes of the text ----------------------------------------------------


def test_merging_of_what_the_coder_found(told: Told, coded: dict[str, tuple[Claim, ...]]) -> None:
    # The key counts what NATO did with the United States, as a dossier of the pair does.
    led = {a: [pipeline.through(c, ("PAK", "USA"), day=DAY) for c in held] for a, held in coded.items()}
    found = chronicle_key.clusters(merge(c for held in led.values() for c in held))
    wanted, made = {}, {}
    for _, want, same in told:
        claim = chronicle_key.matched(led.get(want.article_id, ()), want)
        if claim is not None and claim.id in found and claim.id not in made:
            wanted[claim.id], made[claim.id] = same, found[claim.id]
    assert len(wanted) >= 85, len(wanted)
    assert chronicle_key.bcubed(made, wanted)[2] >= 0.90


def test_every_denial_of_the_key_is_contested_with_what_it_denies(told: Told) -> None:
    claims = [c for _, c, _ in told]
    names = {c.id: same.rsplit(" ", 1)[0] for _, c, same in told}
    found = [k for pair in sorted({c.dyad for c in claims}) for k in contests(claims, pair)]
    for row, denial, _ in told:
        if denial.status != "denied":
            continue
        (contest,) = [k for k in found if denial.id in k.claims]
        said = {i for i, name in names.items() if name == names[denial.id]} - {denial.id}
        asserted = {c.id for _, c, _ in told if c.id in said and c.status != "denied"}
        assert asserted <= set(contest.claims), row["id"]
        assert contest.denies, row["id"]


# -- who speaks --------------------------------------------------------------------------------------------------


def test_outermost_speaker_and_whether_it_is_named(coded: dict[str, tuple[Claim, ...]]) -> None:
    found = module("attribution").score(coded)
    assert not math.isnan(found.f1)
    assert found.f1 >= 0.88, found
    assert found.right_voice / found.voices >= 0.9, found


def test_who_says_every_assertion_of_the_key_whether_or_not_a_claim_was_coded() -> None:
    attribution = module("attribution")
    found = attribution.score_words(attribution.spoken_words())
    assert found.f1 >= 0.92, found
    assert found.right_voice / found.voices >= 0.95, found


def test_every_denial_of_the_key_is_coded_as_denied_and_found_contested(coded: dict[str, tuple[Claim, ...]]) -> None:
    found, wanted = module("attribution").denials_found(coded)
    assert found == wanted
    claims = [c for held in coded.values() for c in held]
    for row, denial, _ in chronicle_key.mentions():
        if denial.status == "denied":
            alike = {
                c.id for c in coded[denial.article_id]
                if c.status == "denied" and c.dyad == denial.dyad and c.sentence == denial.sentence
            }  # fmt: skip
            assert any(alike & set(k.claims) and k.denies for k in contests(claims, denial.dyad)), row["id"]


@pytest.mark.parametrize(("part", "floor"), [("dev", 0.94), ("fourth", 0.88)])
def test_who_says_texts_of_other_authors(part: str, floor: float) -> None:
    """The fresh split is held out: nobody who writes rules reads it. The aim there is 0.85."""
    who_says = module("who_says")
    if not who_says.SET.exists():
        pytest.skip("the labelled texts are not here")
    found = who_says.score([(a.words, a.wanted) for a in who_says.answered(part, pipeline.coder())])
    assert found.f1 >= floor, found
