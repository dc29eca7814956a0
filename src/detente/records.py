"""The nouns of Détente: frozen records that hold what was read, coded, merged and concluded.

Read this file first. Every number shown to a user is a field of one of these, and each can be walked back:
verdict > event > claim > sentence > speaker > outlet. Text spans are half-open character offsets into the
article's `text`. Probabilities are in [0, 1]; a range is (low, high).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Literal

from detente.errors import require

Span = tuple[int, int]
Range = tuple[float, float]
Dyad = tuple[str, str]

EVENTS = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
STATUSES = (
    "happened", "ongoing", "announced", "planned", "promised", "threatened", "demanded", "foretold",
    "hypothetical", "denied", "negated",
)  # fmt: skip
TIES = (
    "diplomacy", "alliance", "military-aid", "economic-aid", "arms", "basing", "overflight", "transit",
    "intelligence", "counter-terrorism", "nuclear-security", "mediation", "trade", "sanctions", "investment",
    "energy", "travel", "culture", "stabilisation",
)  # fmt: skip
EFFECTS = ("affirmed", "opened", "strained", "restricted", "suspended", "severed", "restored", "refused")
TIE_STATUSES = ("open", "strained", "restricted", "suspended", "severed")
PRECISIONS = ("day", "month", "year", "before", "unknown")
SIDES = ("party", "third", "unknown")
VERDICTS = (
    "right", "wrong-actor", "wrong-type", "wrong-status", "wrong-date", "duplicate-of", "not-event", "split",
    "withdrawn",
)  # fmt: skip
"""What a person may say of an event: `split` parts a merge, `withdrawn` takes earlier judgements back."""

Precision = Literal["day", "month", "year", "before", "unknown"]
Side = Literal["party", "third", "unknown"]

REAL = frozenset({"happened", "ongoing"})
"""Statuses under which a claim reports a fact rather than a word, a wish or a fear."""


def digest(*parts: object) -> str:
    """A short stable id of `parts`: hashed with their lengths, so that ("a.b", "c") differs from ("a", "b.c")."""
    h = hashlib.sha256()
    for part in parts:
        raw = b"\0" if part is None else str(part).encode("utf-8", "surrogatepass")
        h.update(len(raw).to_bytes(8, "big"))
        h.update(raw)
    return h.hexdigest()[:16]


def dyad(a: str, b: str) -> Dyad:
    """The pair of two state codes, sorted."""
    return (a, b) if a <= b else (b, a)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publisher, as far as the register knows it; `country` None means unknown.

    Attributes:
        name: Name as written, or the register's name when it is known.
        country: ISO alpha-3 of the owner's state.
        owner: Who owns it, in words.
        owner_kind: state, state-funded, public, private, party, non-profit or None.
        since: First year, `until`: last year, None while it lives or when unknown.
        successor: Name of the outlet it became.
    """

    name: str
    country: str | None = None
    owner: str | None = None
    owner_kind: str | None = None
    since: int | None = None
    until: int | None = None
    successor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text from one outlet. Two articles with the same text have the same id.

    Attributes:
        text: The body; every span of every claim points into it.
        published: Day of publication, None when unknown.
        retrieved: When it was read, aware UTC.
        dateline: Place and agency tag that opened the body, as written.
        outlet_note: A note about the outlet found below the body.
        dropped: What was kept out of the body, as (reason, text) pairs.
    """

    text: str
    retrieved: dt.datetime
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str = "en"
    published: dt.date | None = None
    dateline: str | None = None
    outlet_note: str | None = None
    dropped: tuple[tuple[str, str], ...] = ()
    id: str = ""

    def __post_init__(self) -> None:
        """Checks the fields and derives the id from the text."""
        faults = []
        if not self.text.strip():
            faults.append("got an empty text, wanted at least one sentence")
        if self.retrieved.tzinfo is None:
            faults.append("got a naive `retrieved`, wanted an aware UTC datetime")
        require(faults, what="article")
        if not self.id:
            object.__setattr__(self, "id", digest("article", self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A span of an article; `sequence` counts from 0, `paragraph` too."""

    article_id: str
    sequence: int
    start: int
    end: int
    text: str
    paragraph: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Who: a state, a part of one, a person in office, a group, or an unnamed one.

    Attributes:
        code: ISO alpha-3 or group code, None when unknown.
        sectors: PLOVER sectors such as GOV, MIL, SPY.
        name: Canonical name, None for the unnamed.
        text: The words in the sentence.
        anonymous: True for unnamed persons (`unnamed top officials`).
        span: Where `text` stands in the article, None when it was inferred.
    """

    text: str
    code: str | None = None
    sectors: tuple[str, ...] = ()
    name: str | None = None
    anonymous: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One speaker in the chain of who says so, outermost first."""

    name: str | None
    code: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    named: bool = False
    side: Side = "unknown"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Magnitude:
    """A size that a sentence gives: `kind` is deaths, injured, people, money, weapons, aircraft, percent ...

    `value` is in `unit` (ISO 4217 for money, else None), per `per` (day, month, year) where a rate is meant.
    `bound` is least, most, about or None.
    """

    kind: str
    value: float
    unit: str | None = None
    per: str | None = None
    bound: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TieEffect:
    """What a claim does to one tie between the two states of its dyad."""

    kind: str
    effect: str

    def __post_init__(self) -> None:
        """Checks both words against the ontology's vocabulary."""
        faults = []
        if self.kind not in TIES:
            faults.append(f"got tie kind {self.kind!r}, wanted one of {', '.join(TIES)}")
        if self.effect not in EFFECTS:
            faults.append(f"got tie effect {self.effect!r}, wanted one of {', '.join(EFFECTS)}")
        require(faults, what="tie")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an explanation: which rule decided which field, from which words."""

    field: str
    rule: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence's report of one happening; written once, never edited.

    Attributes:
        span: The trigger's clause in the article's text.
        event: PLOVER type; `mode` refines it; `cameo` is the most specific CAMEO code, as text.
        quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
        intensity: Goldstein scale, -10 to 10.
        status: One of `STATUSES`.
        probability: Range that the hedge in the sentence stands for, None without a hedge.
        date: First day of the happening, `end` its last, as precise as `precision` says.
        attribution: Speakers, outermost first; empty when the outlet speaks in its own voice.
        explanation: Which rule set which field, on which words.
        confidence: The coder's own estimate that actor, recipient, type and status are right.
    """

    article_id: str
    span: Span
    sentence: str
    trigger: str
    actor: Entity
    recipient: Entity | None
    event: str
    status: str
    quad: int
    intensity: float
    cameo: str
    mode: str | None = None
    probability: Range | None = None
    date: dt.date | None = None
    end: dt.date | None = None
    precision: Precision = "unknown"
    place: str | None = None
    tie: TieEffect | None = None
    magnitudes: tuple[Magnitude, ...] = ()
    attribution: tuple[Attribution, ...] = ()
    denies: str | None = None
    outlet: str | None = None
    published: dt.date | None = None
    confidence: float = 0.5
    coder: str = ""
    coded_at: dt.datetime = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    explanation: tuple[Step, ...] = ()
    sequence: int = 0
    id: str = ""

    def __post_init__(self) -> None:
        """Checks the vocabulary and derives the id from article, span, parties, event, date and tie."""
        faults = []
        if self.event not in EVENTS:
            faults.append(f"got event {self.event!r}, wanted one of {', '.join(EVENTS)}")
        if self.status not in STATUSES:
            faults.append(f"got status {self.status!r}, wanted one of {', '.join(STATUSES)}")
        if self.precision not in PRECISIONS:
            faults.append(f"got precision {self.precision!r}, wanted one of {', '.join(PRECISIONS)}")
        if self.quad not in (1, 2, 3, 4):
            faults.append(f"got quad {self.quad!r}, wanted 1 to 4")
        if not -10 <= self.intensity <= 10:
            faults.append(f"got intensity {self.intensity!r}, wanted -10 to 10")
        if self.probability is not None and not 0 <= self.probability[0] <= self.probability[1] <= 1:
            faults.append(f"got probability {self.probability!r}, wanted 0 <= low <= high <= 1")
        require(faults, what="claim")
        if not self.id:
            object.__setattr__(self, "id", self._derived_id())

    def _derived_id(self) -> str:
        recipient = self.recipient
        return digest(
            "claim", self.article_id, *self.span, self.trigger, self.event, self.status,
            self.actor.code, self.actor.text, recipient and recipient.code, recipient and recipient.text,
            self.date, self.tie and self.tie.kind,
        )  # fmt: skip

    @property
    def dyad(self) -> Dyad | None:
        """The sorted pair of codes, None unless both are known and differ."""
        a, b = self.actor.code, self.recipient.code if self.recipient else None
        return dyad(a, b) if a and b and a != b else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Someone says that one claim brings about another; `sign` is +1 (raises) or -1 (lowers).

    `relation` is cause (asserted), condition (if), consequence (in turn) or concession (despite, sign -1).
    """

    article_id: str
    cause: str
    effect: str
    sign: int
    conditional: bool
    span: Span
    relation: str = "cause"
    attribution: tuple[Attribution, ...] = ()
    marker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """Someone foretells a claim.

    Attributes:
        claim: Id of the claim foretold.
        probability: Range the words stand for, of the claim coming true as worded (negation included).
        hedge: The words read as that range.
        horizon: Last day by which it should come true, None when none is given.
        test: How to tell whether it came true, in words.
        outcome: True, False or None while open; `score` is the Brier score of the range's middle.
    """

    article_id: str
    claim: str
    text: str
    probability: Range
    hedge: str
    horizon: dt.date | None
    span: Span
    attribution: tuple[Attribution, ...] = ()
    test: str = ""
    outcome: bool | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """Everything coded from one article."""

    article: Article
    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]
    predictions: tuple[Prediction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One size that reports of a happening disagree on, who gives it and in which claims.

    `said_by` names speakers, or the outlet where it speaks in its own voice.
    """

    kind: str
    value: float
    unit: str | None
    per: str | None
    said_by: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What several claims together report; always re-derivable from them.

    `reports` counts claims, `origins` independent outlets; `confirmed_by` names the sides that say it. `figures` holds
    every size that is disputed, where `magnitudes` holds its range.
    """

    id: str
    claims: tuple[str, ...]
    date: dt.date | None
    precision: Precision
    actor: str
    recipient: str
    event: str
    mode: str | None
    status: str
    quad: int
    intensity: float
    place: str | None
    magnitudes: tuple[Magnitude, ...]
    reports: int
    origins: int
    disputed: bool
    confirmed_by: tuple[str, ...]
    tie: TieEffect | None = None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One row of somebody's event data set: typed and dated, with no sentence behind it; never shown as a claim.

    Attributes:
        dataset: icews, polecat, gdelt, or the name that its table was imported under.
        row: Its id there. ICEWS uses an id again for another day, so `id` has the day too.
        known_at: Day from which it may be read: publication where the data set tells it, else its own day.
        actor: ISO alpha-3 of the one who acts; None where that is no state, or none is known. `recipient` likewise.
        event: PLOVER type, None for a bare statement, of which PLOVER has no type.
        cameo: CAMEO code as text; of a PLOVER row the code that stands for its type and mode.
        quad: 1 to 4, as the data set counts it.
        intensity: -10 to 10 as the data set gives it, on Goldstein's scale or PLOVER's; None when unknown.
        actor_sectors: PLOVER sectors of the actor, as far as its words for them are known.
        place: ISO alpha-3 of where it happened.
        reports: How often it was told, where the data set counts that.
        publisher: Who told it, or the address where it was found.
    """

    dataset: str
    row: str
    date: dt.date
    known_at: dt.date
    actor: str | None
    recipient: str | None
    event: str | None
    cameo: str
    quad: int
    mode: str | None = None
    intensity: float | None = None
    actor_name: str = ""
    recipient_name: str = ""
    actor_sectors: tuple[str, ...] = ()
    recipient_sectors: tuple[str, ...] = ()
    place: str | None = None
    reports: int | None = None
    publisher: str | None = None

    @property
    def id(self) -> str:
        """Data set, row and day, such as `icews:32889836@2018-06-01`."""
        return f"{self.dataset}:{self.row}@{self.date.isoformat()}"

    @property
    def dyad(self) -> Dyad | None:
        """The sorted pair of states, None unless both are known and differ."""
        a, b = self.actor, self.recipient
        return dyad(a, b) if a and b and a != b else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A person's decision on a coding or a merge; kept apart from the data, superseded and never deleted.

    Attributes:
        verdict: One of `VERDICTS`.
        claims: The claims judged, the first to happen first: those of one event, or for `split` those to be parted.
        others: For `split`, the claims of the same event that they are parted from.
        value: What is right: a state or group code, a type, a status, a date, or for `duplicate-of` a claim id.
            None where the judge says only that it is wrong.
        by: Who judged.
        at: When, aware UTC.
        supersedes: Ids of the judgements this one stands in place of.
        note: The judge's own words.
    """

    verdict: str
    claims: tuple[str, ...]
    by: str
    at: dt.datetime
    value: str | None = None
    others: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    note: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        """Checks verdict and value, and derives the id."""
        faults = []
        if self.verdict not in VERDICTS:
            faults.append(f"got verdict {self.verdict!r}, wanted one of {', '.join(VERDICTS)}")
        if not self.claims:
            faults.append("got no claim to judge, wanted at least one")
        if not self.by.strip():
            faults.append("got no judge, wanted a name")
        if self.at.tzinfo is None:
            faults.append("got a naive `at`, wanted an aware UTC datetime")
        if (self.verdict == "split") is not bool(self.others):
            faults.append("got claims to part from what they stand with, wanted them for split and for it alone")
        faults += _value_faults(self.verdict, self.value)
        require(faults, what="judgement")
        if not self.id:
            parts = (self.verdict, *self.claims, self.value, *self.others, self.by, self.at.isoformat())
            object.__setattr__(self, "id", digest("judgement", *parts))


def _value_faults(verdict: str, value: str | None) -> list[str]:
    """What is wrong with the value of a verdict."""
    if verdict == "duplicate-of" and not value:
        return ["got duplicate-of without a value, wanted the id of the claim that tells the same"]
    if value is None:
        return []
    if verdict == "wrong-type" and value not in EVENTS:
        return [f"got type {value!r}, wanted one of {', '.join(EVENTS)}"]
    if verdict == "wrong-status" and value not in STATUSES:
        return [f"got status {value!r}, wanted one of {', '.join(STATUSES)}"]
    if verdict == "wrong-date":
        try:
            dt.date.fromisoformat(value)
        except ValueError:
            return [f"got date {value!r}, wanted one such as 2011-12-05"]
    if verdict in ("right", "not-event", "split", "withdrawn"):
        return [f"got value {value!r}, wanted none: {verdict} says all"]
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One number or standing that moved between two dossiers of a pair, in words of both."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """A happening on which sides disagree: lists of state codes (or `third`) that say, deny, keep silent.

    `event` is what is denied, None where nobody is on record as saying it; `figures` are sizes its reports disagree on.
    """

    what: str
    says: tuple[str, ...]
    denies: tuple[str, ...]
    silent: tuple[str, ...]
    claims: tuple[str, ...]
    event: str | None = None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One channel between two states; `at_risk` where only a threat, demand or prediction touches it.

    `rows` are ids of imported rows, where no claim but several rows of event data sets say how it stands.
    """

    dyad: Dyad
    kind: str
    status: str
    since: dt.date | None = None
    at_risk: bool = False
    by: tuple[str, ...] = ()
    magnitude: Magnitude | None = None
    claims: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of the ladder to rupture; `state` is reached, half (only said or threatened) or not reached."""

    rung: int
    name: str
    state: str
    by: tuple[str, ...] = ()
    when: dt.date | None = None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """One probability with its 80 % range and the base rate it should be read against."""

    p: float
    low: float
    high: float
    base_rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One signed part of a verdict, in log-odds of `toward`, and the claims it rests on."""

    text: str
    toward: str
    weight: float
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The four chances at another horizon; they sum to one."""

    horizon_months: int
    rupture: Chance
    cooling: Chance
    thaw: Chance
    stable: Chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Divorce or cooling: four chances over `horizon_months` that sum to one, with reasons and counterweights.

    `answer` is rupture, cooling, thaw, stable or abstain; `thin` says that little evidence stands behind it; `outlooks`
    are the same chances at 1, 3, 6 and 12 months.
    """

    dyad: Dyad
    as_of: dt.date
    answer: str
    horizon_months: int
    thin: bool
    rupture: Chance
    cooling: Chance
    thaw: Chance
    stable: Chance
    reasons: tuple[Reason, ...] = ()
    counterweights: tuple[Reason, ...] = ()
    outlooks: tuple[Outlook, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Both directions of a dyad in one month: counts by quad of events that happened, and articles read."""

    start: dt.date
    forward: tuple[int, int, int, int]
    backward: tuple[int, int, int, int]
    net_forward: float
    net_backward: float
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A quantity of one period with its 80 % range, as it was known at the time."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One direction of a climate, period by period; how much is told and how hostile it is stand apart.

    Attributes:
        attention: Events for every 100 articles read (or rows taken in).
        conflict: Share of verbal and material conflict in what is told, 0 to 1.
        material: Share of material cooperation in what is told, 0 to 1.
        onsets: First days of the weeks in which conflict was heard to rise for good.
    """

    attention: tuple[Level, ...]
    conflict: tuple[Level, ...]
    material: tuple[Level, ...]
    onsets: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Climate:
    """Both directions of a dyad by month, filtered: no period uses what came after it.

    Attributes:
        starts: First day of every period, missing ones too.
        coverage: What was read in it; 0 is a missing period, whose levels are carried on with a wider range.
        mix_changed: Whether the outlets read were others than shortly before; a new outlet looks like a new quarrel.
    """

    dyad: Dyad
    step: str
    starts: tuple[dt.date, ...]
    forward: Course
    backward: Course
    coverage: tuple[int, ...]
    mix_changed: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imports:
    """What event data sets say of a pair on one day: rows without sentences, kept apart from the claims.

    Attributes:
        rows: How many rows between the two were known.
        datasets: Each data set with its number of rows.
        first: Day of the first row, `last` of the last.
        periods: Month by month; `articles` is how many rows the data sets took in, whomever they are about.
        ties: What several rows say of a tie.
        shown: The rows that these rest on, the latest first.
        climate: The months as filtered levels; the mix of data sets is not watched.
    """

    rows: int
    datasets: tuple[tuple[str, int], ...]
    first: dt.date
    last: dt.date
    periods: tuple[Period, ...]
    ties: tuple[Tie, ...]
    shown: tuple[Imported, ...]
    climate: Climate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All that is known of a dyad on one day; what every page and table is rendered from."""

    dyad: Dyad
    names: tuple[str, str]
    as_of: dt.date
    articles: tuple[Article, ...]
    verdict: Verdict
    ladder: tuple[Rung, ...]
    ties: tuple[Tie, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    predictions: tuple[Prediction, ...]
    links: tuple[Link, ...]
    contested: tuple[Contest, ...]
    outlets: tuple[tuple[Outlet, Side], ...]
    periods: tuple[Period, ...]
    limits: tuple[str, ...]
    context: tuple[Claim, ...] = field(default=())
    """Claims that involve only one of the two states or a third party but stand in the same articles."""
    imports: Imports | None = None
    """What was imported about the pair; None where nothing was."""
    climate: Climate | None = None
    """How much is told and how hostile it is, filtered; None where nothing was read."""
