"""Data sets as they really come: every repair and every lost row is counted by its reason."""

from __future__ import annotations

import datetime as dt
import gzip
import zipfile
from pathlib import Path

import pytest
from foreign_files import gdelt_row, icews_row, polecat_row, taken, write

from detente.errors import InputError
from detente.exchange import frames, gdelt, icews, lines, polecat, reading
from detente.importing import ONE_STATE, REPEATED, REUSED
from detente.records import Imported
from detente.store.database import Store, open_store

PAIR = ("PAK", "USA")


@pytest.fixture
def store() -> Store:
    return open_store(":memory:")


def only(store: Store) -> Imported:
    (event,) = store.imported(PAIR)
    return event


def test_an_icews_row_becomes_a_typed_event(store: Store, tmp_path: Path) -> None:
    tally = taken(store, write(tmp_path / "a.tab", [icews_row()]), "icews")
    event = only(store)
    assert (event.actor, event.recipient, event.date) == ("PAK", "USA", dt.date(2011, 11, 28))
    assert (event.event, event.mode, event.cameo, event.quad, event.intensity) == ("ACCUSE", "disapprove", "111", 3, -2)
    assert (event.actor_sectors, event.place, event.publisher) == (("GOV",), "PAK", "Example Post")
    assert event.id == "icews:1@2011-11-28"
    assert (tally.read, tally.kept, tally.lost, dict(tally.repairs)) == (1, 1, 0, {})


@pytest.mark.parametrize(
    ("written", "wanted", "mended"),
    [("2011-11-28", dt.date(2011, 11, 28), False), ("11/28/2011", dt.date(2011, 11, 28), True),
     ("1/2/11", dt.date(2011, 1, 2), True), ("12/31/95", dt.date(1995, 12, 31), True),
     ("2011-11-28 00:00:00", dt.date(2011, 11, 28), False), ("20111128", dt.date(2011, 11, 28), False)],
)  # fmt: skip
def test_a_date_of_any_vintage_is_read(
    store: Store, tmp_path: Path, written: str, wanted: dt.date, mended: bool
) -> None:
    tally = taken(store, write(tmp_path / "a.tab", [icews_row(Event_Date=written)]), "icews")
    assert only(store).date == wanted
    assert tally.repairs[reading.SLASHED] == mended


@pytest.mark.parametrize("written", ["28/11/2011", "", "NA", "2011-13-01", "yesterday", "0/0/11"])
def test_a_date_that_is_not_understood_is_dropped_and_never_guessed(store: Store, tmp_path: Path, written: str) -> None:
    tally = taken(store, write(tmp_path / "a.tab", [icews_row(), icews_row(2, Event_Date=written)]), "icews")
    assert (tally.kept, tally.dropped[reading.BAD_DATE], tally.first[reading.BAD_DATE]) == (1, 1, "a.tab:3")


@pytest.mark.parametrize(("written", "wanted"), [("40", "040"), ("10", "010"), ("841", "0841"), ("40.0", "040")])
def test_codes_that_lost_their_zero_are_restored(store: Store, tmp_path: Path, written: str, wanted: str) -> None:
    tally = taken(store, write(tmp_path / "a.tab", [icews_row(CAMEO_Code=written)]), "icews")
    assert only(store).cameo == wanted
    assert tally.repairs[reading.ZERO] == 1


def test_a_code_beyond_cameo_is_dropped_and_one_below_it_goes_up(store: Store, tmp_path: Path) -> None:
    rows = [icews_row(1, CAMEO_Code="999"), icews_row(2, CAMEO_Code="1739")]
    tally = taken(store, write(tmp_path / "a.tab", rows), "icews")
    assert only(store).cameo == "173"
    assert (tally.dropped[reading.BAD_CODE], tally.repairs[reading.PARENT]) == (1, 1)


def test_quotes_around_cells_come_off_and_quotes_in_names_stay(store: Store, tmp_path: Path) -> None:
    quoted = {key: f'"{value}"' for key, value in icews_row(1).items()}
    named = icews_row(2, Source_Name='Ali "the Fox" Khan', Event_Date="2011-11-29")
    tally = taken(store, write(tmp_path / "a.tab", [quoted, named]), "icews")
    assert {e.actor_name for e in store.imported(PAIR)} == {"Foreign Affairs (Pakistan)", 'Ali "the Fox" Khan'}
    assert tally.repairs[lines.QUOTED] == 1


def test_an_id_used_again_for_another_day_is_another_event(store: Store, tmp_path: Path) -> None:
    rows = [icews_row(7), icews_row(7, Event_Date="2011-12-09"), icews_row(7)]
    tally = taken(store, write(tmp_path / "a.tab", rows), "icews")
    assert len(store.imported(PAIR)) == 2
    assert (tally.kept, tally.repairs[REUSED], tally.dropped[REPEATED]) == (2, 1, 1)


def test_two_vintages_of_one_event_are_one_event(store: Store, tmp_path: Path) -> None:
    taken(store, write(tmp_path / "old.tab", [icews_row(7, Event_Date="11/28/2011", CAMEO_Code="111")]), "icews")
    tally = taken(store, write(tmp_path / "new.tab", [icews_row(7, Publisher='"Example Post"')]), "icews")
    assert (tally.kept, tally.known, tally.lost) == (0, 1, 0)
    assert len(store.imported(PAIR)) == 1


def test_latin_letters_of_another_encoding_are_read(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "a.tab", [icews_row(Source_Name="José Müller")], encoding="latin-1")
    tally = taken(store, path, "icews")
    assert only(store).actor_name == "José Müller"
    assert tally.repairs[lines.NOT_UTF8] == 1


def test_a_row_of_another_width_is_dropped_by_its_width(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "a.tab", [icews_row()])
    path.write_text(path.read_text() + "1\t2\t3\n")
    assert taken(store, path, "icews").dropped["the row has 3 cells, wanted 20"] == 1


def test_a_file_that_lacks_a_column_is_refused(store: Store, tmp_path: Path) -> None:
    row = {k: v for k, v in icews_row().items() if k != "CAMEO Code"}
    with pytest.raises(InputError, match="wanted also CAMEO Code"):
        taken(store, write(tmp_path / "a.tab", [row]), "icews")


def test_a_side_without_a_state_is_kept_and_told(store: Store, tmp_path: Path) -> None:
    rows = [icews_row(1, Target_Country="NA"), icews_row(2, Source_Country="Atlantis")]
    tally = taken(store, write(tmp_path / "a.tab", rows), "icews")
    assert (tally.kept, tally.gaps["recipient without a state"], tally.gaps["actor of no known state"]) == (2, 1, 1)
    assert tally.first["actor of no known state"] == "'Atlantis'"
    left = taken(store, write(tmp_path / "b.tab", rows), "icews", between_states=True)
    assert (left.left_out[ONE_STATE], left.lost) == (2, 0)


@pytest.mark.parametrize("size", ["", "NA", "1000", "much"])
def test_an_intensity_that_is_none_is_taken_from_the_scale_and_told(store: Store, tmp_path: Path, size: str) -> None:
    tally = taken(store, write(tmp_path / "a.tab", [icews_row(Intensity=size)]), "icews")
    assert only(store).intensity == -2
    assert tally.repairs.total() == 1


@pytest.mark.parametrize("width", [57, 58, 59, 60, 61, 62])
def test_gdelt_of_every_width_is_read(store: Store, tmp_path: Path, width: int) -> None:
    tally = taken(store, write(tmp_path / "20111129.export.csv", [gdelt_row(width=width)], header=False), "gdelt")
    event = only(store)
    assert (event.actor, event.cameo, event.quad, event.intensity, event.reports) == ("PAK", "111", 3, -2, 12)
    assert (event.place, event.known_at, event.actor_sectors) == ("PAK", dt.date(2011, 11, 29), ("GOV",))
    assert (event.publisher is not None) == (width not in (57, 60))
    assert tally.repairs[gdelt.EXTRA_CELL] == (width in (59, 62))


@pytest.mark.parametrize("width", [17, 56, 63])
def test_gdelt_of_no_known_width_is_dropped(store: Store, tmp_path: Path, width: int) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\t".join(["1"] * width) + "\n")
    assert taken(store, path, "gdelt").dropped[f"the row has {width} cells, wanted 61"] == 1


def test_a_gdelt_place_is_fips(store: Store, tmp_path: Path) -> None:
    rows = [gdelt_row(1, ActionGeo_CountryCode="GM"), gdelt_row(2, ActionGeo_CountryCode="AU")]
    taken(store, write(tmp_path / "a.csv", rows, header=False), "gdelt")
    assert {event.place for event in store.imported(PAIR)} == {"DEU", "AUT"}


def test_a_gdelt_root_code_of_two_digits_stays(store: Store, tmp_path: Path) -> None:
    taken(store, write(tmp_path / "a.csv", [gdelt_row(EventCode="11")], header=False), "gdelt")
    assert only(store).cameo == "11"


def test_archives_are_opened(store: Store, tmp_path: Path) -> None:
    plain = write(tmp_path / "a.csv", [gdelt_row(1)], header=False)
    with zipfile.ZipFile(tmp_path / "a.csv.zip", "w") as archive:
        archive.write(plain, "20111129.export.CSV")
    with gzip.open(tmp_path / "b.csv.gz", "wb") as packed:
        packed.write(write(tmp_path / "b.csv", [gdelt_row(2)], header=False).read_bytes())
    assert taken(store, tmp_path / "a.csv.zip", "gdelt").kept == 1
    assert taken(store, tmp_path / "b.csv.gz", "gdelt").kept == 1


@pytest.mark.parametrize("missing", ["", "Intensity"])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_polecat_with_and_without_intensity(store: Store, tmp_path: Path, missing: str, encoding: str) -> None:
    row = {k: v for k, v in polecat_row(Actor_Name="Müller").items() if k != missing}
    assert len(row) == (39 if missing else 40)
    tally = taken(store, write(tmp_path / "a.txt", [row], encoding=encoding), "polecat")
    event = only(store)
    assert (event.event, event.mode, event.cameo, event.quad) == ("SANCTION", "expel", "161", 4)
    assert (event.known_at, event.actor_sectors, event.actor_name) == (dt.date(2011, 11, 29), ("GOV", "MIL"), "Müller")
    assert event.intensity is not None
    assert event.intensity < -3
    assert tally.repairs[reading.SCALED] == bool(missing)
    assert tally.repairs[lines.NOT_UTF8] == (encoding == "latin-1")


def test_polecat_states_by_number_several_and_none(store: Store, tmp_path: Path) -> None:
    rows = [
        polecat_row(1, Actor_Country="None"),
        polecat_row(2, Actor_Country="PAK; IND", Actor_COW="770; 750"),
        polecat_row(3, Actor_Country="None", Actor_COW="None"),
        polecat_row(4, Event_Type="DANCE"),
    ]
    tally = taken(store, write(tmp_path / "a.txt", rows), "polecat")
    assert only(store).row == "2011-1"
    assert (tally.repairs[polecat.BY_NUMBER], tally.repairs[polecat.SEVERAL]) == (1, 1)
    assert (tally.gaps["actor without a state"], tally.dropped[polecat.NO_TYPE]) == (1, 1)


def frame(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_plain_frame_takes_either_code(store: Store, tmp_path: Path) -> None:
    path = frame(tmp_path, "Date,Actor,Recipient,Code\n2011-11-28,PAK,USA,111\n2011-11-29,Pakistan,us,sanction\n")
    taken(store, path, "frame")
    assert [(e.dataset, e.event, e.cameo) for e in store.imported(PAIR)] == [
        ("mine", "SANCTION", "160"),
        ("mine", "ACCUSE", "111"),
    ]
    path = frame(tmp_path, "date;actor;recipient;event;mode\n2011-11-30;Pakistan;United States;sanction;expel\n")
    taken(store, path, "frame", name="coded")
    found = store.imported(PAIR)[0]
    assert (found.dataset, found.event, found.mode, found.cameo, found.quad) == ("coded", "SANCTION", "expel", "161", 4)


def test_equal_rows_of_a_frame_are_as_many_events_as_there_are_rows(store: Store, tmp_path: Path) -> None:
    text = "date,actor,recipient,cameo\n" + "2011-11-28,PAK,USA,111\n" * 3
    assert taken(store, frame(tmp_path, text), "frame").kept == 3
    again = taken(store, frame(tmp_path, text + "2011-11-28,PAK,USA,111\n"), "frame")
    assert (again.known, again.kept) == (3, 1)


def test_a_frame_without_a_code_or_a_side_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"recipient .*a code"):
        taken(store, frame(tmp_path, "date,actor\n2011-11-28,PAK\n"), "frame")


def test_a_row_of_a_frame_without_a_code_is_dropped(store: Store, tmp_path: Path) -> None:
    text = "date,actor,recipient,cameo,event\n2011-11-28,PAK,USA,,\n2011-11-28,PAK,USA,,DANCE\n"
    tally = taken(store, frame(tmp_path, text), "frame")
    assert (tally.dropped[frames.NO_CODE], tally.dropped[frames.BAD_TYPE]) == (1, 1)


def test_numbers_for_codes_have_lost_their_zero_where_a_table_has_types(store: Store, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    days = pa.array([dt.datetime(2011, 11, 28), dt.datetime(2011, 11, 29)], pa.timestamp("ns"))  # noqa: DTZ001
    table = pa.table({"date": days, "src_iso3": ["PAK", "PAK"], "tgt_iso3": ["USA", "USA"], "cameo": [10, 190]})
    pq.write_table(table, tmp_path / "t.parquet")
    taken(store, tmp_path / "t.parquet", "frame")
    assert [event.cameo for event in store.imported(PAIR)] == ["190", "010"]


def test_a_missing_file_says_what_to_do(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="wanted a readable text file"):
        taken(store, tmp_path / "none.tab", "icews")


def test_the_report_counts_every_row_once(store: Store, tmp_path: Path) -> None:
    rows = [icews_row(1), icews_row(1), icews_row(2, Event_Date="x"), icews_row(3, Target_Country="NA")]
    tally = taken(store, write(tmp_path / "a.tab", rows), "icews", between_states=True)
    assert tally.read == tally.kept + tally.known + tally.lost + tally.left_out.total() == 4
    assert icews.NO_ID not in tally.repairs
