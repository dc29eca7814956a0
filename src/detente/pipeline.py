"""The whole journey, the only module that knows it: sources in, codings in the store, dossiers out."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, BinaryIO

from detente.errors import DetenteError, InputError
from detente.merge.confirming import Confirmed, confirmed, resting_on
from detente.merge.contested import contests
from detente.merge.copies import near_copies
from detente.merge.events import Setting, merge
from detente.merge.judging import bonds, corrected, require_no_circle
from detente.ontology.lexicon import load_lexicon
from detente.ontology.registers import Registers, load
from detente.ontology.tables import Row, read_table
from detente.read.articles import Rejected, read_articles
from detente.read.jsonl import read_records
from detente.read.sentences import split
from detente.records import Article, Claim, Coding, Dossier, Dyad, Judgement, Link, Outlet, Side, Step, dyad
from detente.relation.auditing import audited, filtered
from detente.relation.climate import periods
from detente.relation.courses import climate_of
from detente.relation.event_arrays import EventArrays
from detente.relation.imports import imports_of, tie_codes, with_imported
from detente.relation.ladder import ladder
from detente.relation.ledger import ledger, linked_pairs
from detente.relation.limits import limits
from detente.relation.verdict import judge
from detente.scale import ahead
from detente.store.database import Store, open_store
from detente.store.rows import known_day

if TYPE_CHECKING:
    from detente.coding.coder import Coder

MAX_CHARACTERS = 1_000_000
"""The longest text taken for one article; a book of 150,000 words is longer than any."""
SAMPLE_OUTLETS = str(files("detente") / "chronicle" / "outlets.csv")


@lru_cache(maxsize=1)
def alliances() -> tuple[Row, ...]:
    """Alliances and the states that lead them."""
    return tuple(read_table("alliances.csv", wanted=("code", "state", "since", "until")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one source gave the store: the coding, and whether the text and its coding were new."""

    article: Article
    new_article: bool
    claims: int
    new_claims: int


def registers(*, outlets: Sequence[str] = (), actors: Sequence[str] = ()) -> Registers:
    """The shipped registers, with the sample's invented outlets, and the user's own files before them."""
    return load(outlets=(SAMPLE_OUTLETS, *outlets), actors=tuple(actors))


def coder(*, model: str | None = None, outlets: Sequence[str] = (), actors: Sequence[str] = ()) -> Coder:
    """The coder on the language model named `model`, the shipped one when None."""
    # spaCy takes a second to load, and a dossier of what is stored needs none of it.
    from detente.coding.coder import Coder
    from detente.language.pipelines import SHIPPED, event_reader, parser

    known = registers(outlets=outlets, actors=actors)
    made = Coder(parse=parser(model or SHIPPED), registers=known, lexicon=load_lexicon(), reader=event_reader())
    # Tables that are read at first use are read now, and once: several threads code at a time.
    made.phrase("the governor of Kano")
    # What is loaded lives as long as the coder; the collector need not walk half a million objects again and again.
    gc.freeze()
    return made


def code(article: Article, with_coder: Coder, *, coded_at: dt.datetime) -> Coding:
    """Codes one article."""
    return with_coder.code(article, split(article), coded_at=coded_at)


def take(article: Article, with_coder: Coder, store: Store, *, now: dt.datetime) -> Taken:
    """Stores an article with its coding; one coded before by the same coder is not coded again."""
    (found,) = taken([article], with_coder, store, now=now)
    if isinstance(found, Rejected):
        raise InputError(f"article: got one that was refused: {found.reason}")
    return found


def read(
    sources: Iterable[str],
    with_coder: Coder,
    store: Store,
    *,
    now: dt.datetime,
    published: dt.date | None = None,
    outlet: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Taken | Rejected]:
    """Reads every source into the store, one article at a time; what is refused is passed on with its reason."""
    yield from taken(
        _offered(sources, now=now, published=published, outlet=outlet, stdin=stdin), with_coder, store, now=now
    )


def _offered(
    sources: Iterable[str], *, now: dt.datetime, published: dt.date | None, outlet: str | None, stdin: BinaryIO | None
) -> Iterator[Article | Rejected]:
    for source in sources:
        for item in read_articles(source, retrieved=now, published=published, outlet=outlet, stdin=stdin):
            if isinstance(item, Article) and len(item.text) > MAX_CHARACTERS:
                yield Rejected(path=source, reason=too_long(item))
            else:
                yield item


def taken(
    items: Iterable[Article | Rejected], with_coder: Coder, store: Store, *, now: dt.datetime
) -> Iterator[Taken | Rejected]:
    """Stores articles with their codings, in order; a few are coded ahead while others are stored."""

    def coded(item: tuple[Article | Rejected, bool]) -> tuple[Article | Rejected, Coding | None]:
        article, new = item
        return article, code(article, with_coder, coded_at=now) if new and isinstance(article, Article) else None

    def marked() -> Iterator[tuple[Article | Rejected, bool]]:
        for item in items:
            yield item, isinstance(item, Article) and not _coded_before(item, store)

    for item, coding in ahead(coded, marked()):
        if isinstance(item, Rejected):
            yield item
        elif coding is None or _coded_before(item, store):  # it may have come twice
            added = store.add_article(item, added_at=now)
            yield Taken(article=item, new_article=added.new_article, claims=0, new_claims=0)
        else:
            yield _kept(coding, store, now=now)


def _coded_before(article: Article, store: Store) -> bool:
    from detente.coding.assembly import CODER

    return store.is_coded(article.id, coder=CODER, known_at=known_day(article))


def _kept(coding: Coding, store: Store, *, now: dt.datetime) -> Taken:
    from detente.coding.assembly import CODER

    added = store.add(coding, added_at=now, coder=CODER)
    return Taken(
        article=coding.article,
        new_article=added.new_article,
        claims=len(coding.claims),
        new_claims=added.new_claims,
    )


def too_long(article: Article) -> str:
    """Why an article is refused for its length."""
    return (
        f"got an article of {len(article.text):,} characters, wanted at most {MAX_CHARACTERS:,}; split it into articles"
    )


def sample(*, now: dt.datetime) -> Iterator[Article]:
    """The articles of the bundled chronicle."""
    text = (files("detente") / "chronicle" / "dispatches.jsonl").read_text(encoding="utf-8")
    for record in read_records(text.splitlines(), retrieved=now):
        if record.article is None:
            raise DetenteError(f"bundled chronicle line {record.line}: {record.error}")
        yield record.article


def pair_of(a: str, b: str, *, known: Registers) -> tuple[str, str]:
    """Two states' codes in the order given.

    Raises:
        InputError: They are the same state; StateError when one is unknown.
    """
    first, second = known.state(a).code, known.state(b).code
    if first == second:
        raise InputError(f"pair: got {a} and {b}, both {first}; wanted two different states")
    return first, second


def dossier(
    store: Store, pair: Dyad, *, known: Registers, as_of: dt.date | None = None, confirmed_by: Confirmed = "any"
) -> Dossier:
    """All that the store knows of a pair; `as_of` defaults to the day of its newest article.

    Judgements count whenever they were made: they correct the reading of what was known then, and add no news.
    """
    found: dict[str, Coding] = {}
    for a, b in pairs_through(pair):
        for coding in store.codings(dyad(a, b), as_of=as_of):
            found.setdefault(coding.article.id, coding)
    ordered = sorted(found.values(), key=lambda c: (c.article.published or c.article.retrieved.date(), c.article.id))
    judged = store.judgements()
    imported = store.imported_arrays(dyad(*pair), as_of=as_of)
    made = assemble(
        ordered, pair, known=known, as_of=as_of, judgements=judged, confirmed_by=confirmed_by, imported=imported
    )
    return with_imports(made, imported, store)


def with_imports(made: Dossier, imported: EventArrays, store: Store) -> Dossier:
    """The dossier with what event data sets say of the pair: months, rows, and the ties that no claim touches."""
    if not len(imported):
        return made
    pair, day = made.dyad, made.as_of
    imports = imports_of(
        imported.until(day), store.imported(pair, as_of=day, codes=tuple(tie_codes())),
        store.imported_volume(as_of=day), datasets=store.imported_datasets(pair, as_of=day), dyad=pair, as_of=day,
    )  # fmt: skip
    return replace(made, imports=imports, ties=with_imported(made.ties, imports))


def pairs_through(pair: Dyad) -> list[Dyad]:
    """The pair itself, and the pairs in which an alliance led by one of the two stands for it."""
    a, b = pair
    led = [row for row in alliances() if row["state"] in pair]
    return [(a, b), *((row["code"], b if row["state"] == a else a) for row in led)]


def through(claim: Claim, pair: Dyad, *, day: dt.date) -> Claim:
    """The claim with an alliance's code replaced by that of its leading state, if that makes it a claim of the pair.

    The alliance keeps its name, and the explanation says what was done.
    """
    for row in alliances():
        since, until = row.day("since"), row.day("until", last=True)
        if row["state"] not in pair or (since and day < since) or (until and day > until):
            continue
        other = pair[0] if row["state"] == pair[1] else pair[1]
        codes = (claim.actor.code, claim.recipient.code if claim.recipient else None)
        if codes not in ((row["code"], other), (other, row["code"])):
            continue
        step = Step(field="party", rule=f"{row['code']} counts with {row['state']}, which leads it", words=row["code"])
        steps = (*claim.explanation, step)
        if codes[0] == row["code"]:
            return replace(claim, actor=replace(claim.actor, code=row["state"]), explanation=steps)
        if claim.recipient is not None:
            return replace(claim, recipient=replace(claim.recipient, code=row["state"]), explanation=steps)
    return claim


def assemble(
    codings: Sequence[Coding],
    pair: Dyad,
    *,
    known: Registers,
    as_of: dt.date | None = None,
    judgements: Sequence[Judgement] = (),
    confirmed_by: Confirmed = "any",
    imported: EventArrays | None = None,
) -> Dossier:
    """A dossier from codings; pure but for the registers it is given.

    Args:
        codings: What was coded from each article.
        pair: The two states.
        known: The registers.
        as_of: What was not known on that day is left out.
        judgements: What people have judged; what they put right moves every number that rests on it.
        confirmed_by: Count only events that both states, or a third party, vouch for.
        imported: Events of data sets; they say how the pair stands among all pairs.
    """
    both = dyad(*pair)
    day = as_of or _newest(codings, imported)
    articles = tuple(c.article for c in codings)
    coded = [through(claim, both, day=day) for c in codings for claim in c.claims]
    require_no_circle(judgements)
    put_right = corrected(coded, judgements)
    everything = list(put_right.claims)
    claims = tuple(c for c in everything if c.dyad == both)
    ids = {c.id for c in claims}
    links = _links(codings, ids, gone=set(put_right.dropped))
    linked = ids | {end for link in links for end in (link.cause, link.effect)}
    predictions = tuple(p for c in codings for p in c.predictions if p.claim in linked)
    context = tuple(c for c in everything if c.id not in ids)
    setting = _setting(articles, judgements, known=known, telling={c.article_id for c in claims})
    found = merge(claims, as_of=day, setting=setting)
    events = confirmed(found, by=confirmed_by, dyad=both)
    counted = claims if confirmed_by == "any" else resting_on(claims, events)
    ties = ledger(counted, dyad=both, as_of=day, linked=linked_pairs(links, everything))
    judged = audited(judgements, [c for c in coded if c.dyad == both], made=put_right)
    told = limits(everything, articles, dyad=both, as_of=day, countries=setting.countries, audited=judged)
    return Dossier(
        dyad=both,
        names=(known.state_name(both[0]), known.state_name(both[1])),
        as_of=day,
        articles=articles,
        verdict=judge(counted, dyad=both, as_of=day, setting=setting, imported=imported),
        ladder=ladder(counted, dyad=both, as_of=day),
        ties=ties,
        claims=claims,
        events=events,
        predictions=predictions,
        links=links,
        contested=contests(claims, both, as_of=day, countries=setting.countries, setting=setting),
        outlets=_outlets(articles, claims, both, known=known),
        periods=periods(events, articles, dyad=both, as_of=day),
        limits=(*filtered(events, found, by=confirmed_by), *told, *_led(everything)),
        context=context,
        climate=climate_of(events, articles, dyad=both, as_of=day),
    )


def _setting(
    articles: Sequence[Article], judgements: Sequence[Judgement], *, known: Registers, telling: set[str]
) -> Setting:
    """What the merging depends on: whose the outlets are, which of the `telling` articles repeat others, judgements."""
    printed = {a.outlet for a in articles if a.outlet}
    return Setting(
        countries={name: country for name in sorted(printed) if (country := known.outlet(name).country)},
        copies=near_copies({a.id: a.text for a in articles if a.id in telling}),
        bonds=bonds(judgements),
    )


def _links(codings: Sequence[Coding], ids: set[str], *, gone: set[str]) -> tuple[Link, ...]:
    """Links of which one end is a claim of the pair and none was judged to be no event."""
    ends = ((link, {link.cause, link.effect}) for c in codings for link in c.links)
    return tuple(link for link, both in ends if both & ids and not both & gone)


def _led(claims: Sequence[Claim]) -> tuple[str, ...]:
    count = sum(any(s.field == "party" for s in claim.explanation) for claim in claims)
    return (
        (f"{count} claims are acts of or towards an alliance, counted with the state that leads it.",) if count else ()
    )


def _newest(codings: Sequence[Coding], imported: EventArrays | None) -> dt.date:
    days = [c.article.published or c.article.retrieved.date() for c in codings]
    if imported is not None and len(imported):
        days.append(dt.date.fromordinal(int(imported.day.max())))
    return max(days) if days else dt.datetime.now(dt.UTC).date()


def _outlets(
    articles: Sequence[Article], claims: Sequence[Claim], pair: Dyad, *, known: Registers
) -> tuple[tuple[Outlet, Side], ...]:
    """Every outlet that published or is quoted, with its side, the most used first."""
    names = [a.outlet for a in articles if a.outlet]
    names += [link.name for c in claims for link in c.attribution if link.role == "outlet" and link.name]
    found: dict[str, Outlet] = {}
    for name in names:
        outlet = known.outlet(name)
        found.setdefault(outlet.name, outlet)
    return tuple((outlet, side_of(outlet, pair)) for outlet in found.values())


def side_of(outlet: Outlet, pair: Dyad) -> Side:
    """Party for a state's own or funded outlet of one of the two, third for any other known, unknown else."""
    if outlet.country is None:
        return "unknown"
    official = outlet.owner_kind in ("state", "state-funded", "party")
    return "party" if official and outlet.country in pair else "third"


__all__ = [
    "Taken", "assemble", "code", "coder", "dossier", "open_store", "pair_of", "read", "registers", "sample", "side_of",
    "take",
]  # fmt: skip
