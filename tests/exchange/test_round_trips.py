"""What went in comes out: cells as they came, events through formats that can hold them, claims with all they have."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from foreign_files import NOW, gdelt_row, icews_row, polecat_row, taken, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_records import coding, codings

from detente.exchange import gdelt, icews, polecat, tabling, writing
from detente.exchange.claims import NOT_A_FACT, UNDATED
from detente.exporting import Format, export, pairs_of
from detente.importing import STRAY, import_claims
from detente.ontology.cameo import cameo_codes
from detente.records import Coding, Imported, Judgement
from detente.store.database import Store, open_store

SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "icews2018sample.tab"
light = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=12).filter(
    lambda t: t == t.strip()
)


def written(store: Store, path: Path, format: Format, **options: object) -> Path:
    export(store, None, format=format, output=path, **options)  # type: ignore[arg-type]
    return path


@light
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(("Source Name", "City", "Publisher", "Story ID"), words)),
                min_size=1, max_size=5))  # fmt: skip
def test_icews_cells_come_back_letter_by_letter(tmp_path_factory: pytest.TempPathFactory, cells: list[dict]) -> None:
    folder = tmp_path_factory.mktemp("icews")
    rows = [icews_row(n) | extra for n, extra in enumerate(cells)]
    with open_store(":memory:") as store:
        taken(store, write(folder / "a.tab", rows), "icews")
        first = written(store, folder / "b.tab", "icews")
    with open_store(":memory:") as store:
        taken(store, first, "icews")
        second = written(store, folder / "c.tab", "icews")
    assert first.read_bytes() == second.read_bytes()
    found = [line.split("\t") for line in first.read_text(encoding="utf-8").split("\n")[1:-1]]
    bare = [cell for row in rows for cell in row.values() if '"' not in cell]
    assert set(bare) <= {cell for row in found for cell in row}


@pytest.mark.parametrize("width", [57, 58, 60, 61, 62])
def test_gdelt_of_each_width_comes_back_as_it_came(tmp_path: Path, width: int) -> None:
    source = write(tmp_path / "a.csv", [gdelt_row(n, width=width) for n in range(3)], header=False)
    with open_store(":memory:") as store:
        taken(store, source, "gdelt")
        assert written(store, tmp_path / "b.csv", "gdelt").read_bytes() == source.read_bytes()


def test_polecat_comes_back_as_it_came(tmp_path: Path) -> None:
    source = write(tmp_path / "a.txt", [polecat_row(n, Story_People="A; B") for n in range(3)])
    with open_store(":memory:") as store:
        taken(store, source, "polecat")
        assert written(store, tmp_path / "b.txt", "polecat").read_bytes() == source.read_bytes()


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_a_table_holds_every_data_set_whole(tmp_path: Path, format: Format) -> None:
    if format == "parquet":
        pytest.importorskip("pyarrow")
    sources = {
        "icews": write(tmp_path / "a.tab", [icews_row(n) for n in range(3)]),
        "polecat": write(tmp_path / "a.txt", [polecat_row(n) for n in range(3)]),
        "gdelt": write(tmp_path / "a.csv", [gdelt_row(n) for n in range(3)], header=False),
    }
    with open_store(":memory:") as store:
        for name, path in sources.items():
            taken(store, path, name)  # type: ignore[arg-type]
        before = store.imported(("PAK", "USA"))
        table = written(store, tmp_path / f"all.{format}", format)
    with open_store(":memory:") as other:
        assert taken(other, table, "frame").lost == 0
        assert sorted(other.imported(("PAK", "USA")), key=lambda e: e.id) == sorted(before, key=lambda e: e.id)
        rows = list(other.iter_imported())
    layouts = {"icews": icews.COLUMNS, "polecat": polecat.COLUMNS, "gdelt": gdelt.LAYOUTS[58]}
    for name, path in sources.items():
        made = [writing.tabbed(dict(zip(r.columns, r.cells, strict=True)), layouts[name])
                for r in rows if r.event.dataset == name]  # fmt: skip
        assert [line for line in path.read_text().split("\n") if line in made] == made


def test_the_real_sample_comes_back_byte_by_byte(tmp_path: Path) -> None:
    if not SAMPLE.exists():
        pytest.skip("the shared data are not here")
    with open_store(tmp_path / "s.db") as store:
        tally = taken(store, SAMPLE, "icews")
        assert (tally.kept, tally.lost) == (3705, 0)
        assert written(store, tmp_path / "b.tab", "icews").read_bytes() == SAMPLE.read_bytes()


events = st.builds(
    Imported,
    dataset=st.just("mine"),
    row=st.integers(1, 10**6).map(str),
    date=st.dates(dt.date(1980, 1, 1), dt.date(2030, 1, 1)),
    known_at=st.just(dt.date(2030, 1, 2)),
    actor=st.sampled_from(("PAK", "ROU", "COG", "XKX", "GBR")),
    recipient=st.sampled_from(("USA", "PSE", "SRB", "KOR")),
    event=st.none(),
    cameo=st.sampled_from([code for code, c in cameo_codes().items() if c.event and len(code) > 2]),
    quad=st.just(1),
    intensity=st.integers(-100, 100).map(lambda n: n / 10),
    actor_sectors=st.lists(st.sampled_from(("GOV", "MIL", "SPY", "LEG", "REB")), max_size=3, unique=True).map(tuple),
    place=st.sampled_from(("DEU", "AUT", "PSE", "SRB")),
    publisher=st.sampled_from(("Example Post", "https://news.example/1")),
).map(lambda e: replace(e, event=cameo_codes()[e.cameo].event, quad=cameo_codes()[e.cameo].quad))


@light
@given(events)
def test_an_event_made_for_a_format_reads_as_the_same_event(
    tmp_path_factory: pytest.TempPathFactory, event: Imported
) -> None:
    """By what each format can hold: POLECAT has no CAMEO code, ICEWS no day of publication, GDELT no PLOVER type."""
    folder = tmp_path_factory.mktemp("made")
    same = ("date", "actor", "recipient", "intensity", "quad", "place", "actor_sectors", "publisher")
    for dataset, make, columns, held in (
        ("icews", writing.icews_cells, icews.COLUMNS, (*same, "cameo", "row")),
        ("polecat", writing.polecat_cells, polecat.COLUMNS, (*same, "event", "known_at", "row")),
        ("gdelt", writing.gdelt_cells, gdelt.LAYOUTS[58], (*same, "cameo", "known_at", "row")),
    ):
        path = folder / f"{dataset}.tab"
        heading = "" if dataset == "gdelt" else "\t".join(columns) + "\n"
        path.write_text(heading + writing.tabbed(make(event), columns) + "\n", encoding="utf-8")
        with open_store(":memory:") as store:
            tally = taken(store, path, dataset)  # type: ignore[arg-type]
            (back,) = [row.event for row in store.iter_imported()]
        assert tally.lost == 0
        assert {name: getattr(back, name) for name in held} == {name: getattr(event, name) for name in held}


def keep(store: Store, *given_codings: Coding) -> None:
    for each in given_codings:
        store.add(each, added_at=NOW, coder=None if each.claims else "one")


@light
@given(codings())
def test_any_claim_comes_back_with_all_it_has(tmp_path_factory: pytest.TempPathFactory, given_coding: Coding) -> None:
    folder = tmp_path_factory.mktemp("claims")
    held = {claim.id for claim in given_coding.claims}
    with open_store(":memory:") as store:
        keep(store, given_coding)
        table = written(store, folder / "claims.csv", "csv")
    with open_store(":memory:") as other:
        ((_, tally),) = import_claims([str(table)], other, now=NOW)
        assert (tally.lost, tally.kept) == (0, len(given_coding.claims))
        assert other.claims() == given_coding.claims
        if held:
            assert other.article(given_coding.article.id) == given_coding.article
            (back,) = other.codings()
            assert set(back.predictions) == {p for p in given_coding.predictions if p.claim in held}
            assert set(back.links) == {k for k in given_coding.links if k.cause in held and k.effect in held}


@pytest.mark.parametrize("text", ["\r", "\n", "a\r\nb", "\t", '"', ",", "\x85", "\u2028", " x "])
def test_a_claim_may_hold_any_line_end(tmp_path: Path, text: str) -> None:
    whole = coding()
    odd = replace(whole, claims=(replace(whole.claims[0], trigger=text, place=text, id=""),))
    with open_store(":memory:") as store:
        keep(store, odd)
        table = written(store, tmp_path / "claims.csv", "csv")
    with open_store(":memory:") as other:
        list(import_claims([str(table)], other, now=NOW))
        assert other.claims() == odd.claims


def test_claims_become_events_only_where_they_report_facts(tmp_path: Path) -> None:
    whole = coding(pairs=(("USA", "PAK"),) * 4)
    a, b, c, d = (replace(x, date=dt.date(2011, 11, 26), precision="day", id="") for x in whole.claims)
    told = (a, replace(b, status="denied", id=""), replace(c, date=None, id=""), d)
    with open_store(":memory:") as store:
        keep(store, replace(whole, claims=told))
        tally = export(store, pairs_of(("PAK", "USA")), format="icews", output=tmp_path / "a.tab")
        assert (tally.kept, dict(tally.dropped)) == (2, {NOT_A_FACT: 1, UNDATED: 1})
        taken(store, tmp_path / "a.tab", "icews")
        assert {(e.actor, e.recipient, e.cameo) for e in store.imported(("PAK", "USA"))} == {("USA", "PAK", "190")}


def test_the_codebook_explains_every_column(tmp_path: Path) -> None:
    with open_store(":memory:") as store:
        taken(store, write(tmp_path / "a.tab", [icews_row()]), "icews")
        table = written(store, tmp_path / "all.csv", "csv")
    with table.open(encoding="utf-8", newline="") as stream:
        heading = next(csv.reader(stream))
    with (tmp_path / "all.codebook.csv").open(encoding="utf-8", newline="") as stream:
        book = list(csv.DictReader(stream))
    assert [row["name"] for row in book] == heading == [v.name for v in tabling.codebook()]
    assert all(row["meaning"] for row in book)


def test_state_numbers_stand_beside_the_codes_as_of_the_day(tmp_path: Path) -> None:
    rows = [icews_row(1, Event_Date="1989-01-01", Source_Country="Germany"), icews_row(2, Source_Country="Germany")]
    with open_store(":memory:") as store:
        taken(store, write(tmp_path / "a.tab", rows), "icews")
        table = written(store, tmp_path / "all.csv", "csv")
    with table.open(encoding="utf-8", newline="") as stream:
        found = [(row["actor"], row["actor_cow"], row["actor_gw"]) for row in csv.DictReader(stream)]
    assert found == [("DEU", "260", "260"), ("DEU", "255", "260")]


def test_an_export_reads_nothing_that_was_not_known_then(tmp_path: Path) -> None:
    with open_store(":memory:") as store:
        taken(
            store, write(tmp_path / "a.txt", [polecat_row(1), polecat_row(2, Publication_Date="2012-02-01")]), "polecat"
        )
        tally = export(store, None, format="csv", output=tmp_path / "o.csv", as_of=dt.date(2011, 12, 31))
    assert tally.kept == 1


def test_judgements_come_back_with_the_claims_they_speak_of(tmp_path: Path) -> None:
    whole = coding()
    first = Judgement(verdict="not-event", claims=(whole.claims[0].id,), by="A", at=NOW)
    second = Judgement(
        verdict="right", claims=(whole.claims[0].id,), by="A", at=NOW + dt.timedelta(hours=1), note="read again; 'so'",
        supersedes=(first.id,),
    )  # fmt: skip
    formats: tuple[Format, ...] = ("csv", "parquet")
    for format in formats:
        with open_store(":memory:") as store:
            keep(store, whole)
            for judgement in (first, second):
                store.add_judgement(judgement, added_at=NOW)
            table = written(store, tmp_path / f"all.{format}", format)
        with open_store(":memory:") as other:
            ((_, tally),) = import_claims([str(table)], other, now=NOW)
            assert tally.lost == 0
            assert other.judgements() == (first, second)
            ((_, again),) = import_claims([str(table)], other, now=NOW)
            assert (again.kept, again.lost) == (0, 0)


def test_a_judgement_whose_claim_is_gone_from_the_table_is_told_and_left_out(tmp_path: Path) -> None:
    whole = coding()
    judgement = Judgement(verdict="right", claims=(whole.claims[0].id,), by="A", at=NOW)
    with open_store(":memory:") as store:
        keep(store, whole)
        store.add_judgement(judgement, added_at=NOW)
        table = written(store, tmp_path / "all.csv", "csv")
    kept = [line for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("detente,")]
    table.write_text("\n".join(kept) + "\n", encoding="utf-8")
    with open_store(":memory:") as other:
        ((_, tally),) = import_claims([str(table)], other, now=NOW)
        assert dict(tally.dropped) == {STRAY: 1}
        assert other.judgements() == ()
