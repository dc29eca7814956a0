"""A made-up pair of reports, coded by hand: no sentence here is a quotation of anything."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from detente.records import (
    Article,
    Attribution,
    Chance,
    Claim,
    Contest,
    Dossier,
    Entity,
    Event,
    Link,
    Magnitude,
    Outlet,
    Period,
    Prediction,
    Reason,
    Rung,
    Step,
    Tie,
    TieEffect,
    Verdict,
)

READ = dt.datetime(2011, 12, 6, 8, 0, tzinfo=dt.UTC)

FIRST = Article(
    retrieved=READ,
    title="A road closed, a door left ajar",
    byline="By A. Writer",
    outlet="Voice of Russia",
    published=dt.date(2011, 12, 5),
    url="https://example.org/a-road-closed",
    outlet_note="A broadcaster of the Russian government until 2014.",
    dropped=(("comment form", "Leave a reply"),),
    text=(
        "At least twenty soldiers were killed when American aircraft struck a Pakistani post on November 26. "
        "Pakistan closed the supply road the same day, and its army called the strike deliberate.\n\n"
        "Washington expressed regret but denied that the strike was deliberate. Unnamed officials told a newspaper "
        "that Islamabad intends to review every form of cooperation.\n\n"
        "Pakistan demanded that the Americans leave the air base within fifteen days. If the base is emptied, the "
        "United States will probably cut its aid, now $1 billion a year. An analyst said that Islamabad is unlikely "
        "to break off relations altogether.\n\n"
        "The two countries still share intelligence on armed groups, and both embassies remain open."
    ),
)

SECOND = Article(
    retrieved=READ,
    title="Aid bill stalls",
    outlet="The Daily Ledger",
    published=dt.date(2011, 12, 3),
    text=(
        "Lawmakers threatened to withhold $700 million from Pakistan. American jets hit the post at night, killing "
        "twenty-four, a Pakistani spokesman said. Pakistan boycotted the conference on Afghanistan. The State "
        "Department promised a joint inquiry, which Pakistan refused to join. Afghanistan welcomed the conference. "
        "The two armies met again on Friday."
    ),
)

USA = Entity(code="USA", sectors=("GOV",), name="United States", text="Washington")
USA_AIR = Entity(code="USA", sectors=("MIL",), name="United States Air Force", text="American aircraft")
PAK = Entity(code="PAK", sectors=("GOV",), name="Pakistan", text="Pakistan")
PAK_MIL = Entity(code="PAK", sectors=("MIL",), name="Pakistan Army", text="its army")
AFG = Entity(code="AFG", sectors=("GOV",), name="Afghanistan", text="Afghanistan")
OFFICIALS = Attribution(
    name=None, code="USA", sectors=("GOV",), role="official", named=False, side="party", text="unnamed officials"
)
PAPER = Attribution(name="The Daily Ledger", code="USA", sectors=("MED",), role="outlet", named=True, side="party")
ANALYST = Attribution(name=None, role="analyst", named=False, side="unknown", text="an analyst")
SPOKESMAN = Attribution(
    name=None, code="PAK", sectors=("MIL",), role="spokesman", named=False, side="party", text="a Pakistani spokesman"
)


def coded(
    article: Article, clause: str, trigger: str, actor: Entity, recipient: Entity | None, **said: object
) -> Claim:
    """A claim whose span and sentence are found in the article's text."""
    start = article.text.index(clause)
    cut = max(article.text.rfind(mark, 0, start) for mark in (". ", "\n"))
    begin = 0 if cut < 0 else min(start, cut + (1 if article.text[cut] == "\n" else 2))
    stop = min(
        (i for i in (article.text.find(m, start + len(clause) - 1) for m in (". ", ".\n")) if i >= 0), default=-1
    )
    end = stop + 1 if stop >= 0 else len(article.text)
    fields: dict[str, object] = {"confidence": 0.9, "coder": "by hand", "published": article.published}
    return Claim(
        article_id=article.id,
        span=(start, start + len(clause)),
        sentence=article.text[begin:end],
        trigger=trigger,
        actor=actor,
        recipient=recipient,
        outlet=article.outlet,
        **(fields | said),  # type: ignore[arg-type]
    )


def on(month: int, day: int, precision: str = "day") -> dict[str, object]:
    """A date of the chronicle."""
    return {"date": dt.date(2011, month, day), "precision": precision}


@pytest.fixture(scope="session")
def claims() -> dict[str, Claim]:
    """Seventeen claims by nickname; `welcome` is about others."""
    nov26 = on(11, 26)
    strike = {
        "event": "ASSAULT",
        "mode": "aerial",
        "cameo": "195",
        "quad": 4,
        "intensity": -10.0,
        "place": "border post",
    }
    return {
        "strike": coded(
            FIRST, "American aircraft struck a Pakistani post", "struck", USA_AIR, PAK_MIL, status="happened", **strike,
            **nov26, magnitudes=(Magnitude(kind="deaths", value=20, bound="least"),),
            explanation=(Step(field="event", rule="verb.strike", words="struck"),
                         Step(field="date", rule="year-of-publication", words="November 26")),
        ),
        "strike2": coded(
            SECOND, "American jets hit the post at night, killing twenty-four", "hit", USA_AIR, PAK_MIL,
            status="happened", **strike, **nov26, magnitudes=(Magnitude(kind="deaths", value=24),),
            attribution=(SPOKESMAN,),
        ),
        "close": coded(
            FIRST, "Pakistan closed the supply road the same day", "closed", PAK, USA, event="SANCTION",
            mode="discontinue", cameo="1621", quad=4, intensity=-6.0, status="happened", **nov26,
            tie=TieEffect(kind="transit", effect="suspended"),
        ),
        "accuse": coded(
            FIRST, "its army called the strike deliberate", "called", PAK_MIL, USA, event="ACCUSE", mode="allege",
            cameo="112", quad=3, intensity=-2.0, status="happened", **nov26,
        ),
        "regret": coded(
            FIRST, "Washington expressed regret", "expressed regret", USA, PAK, event="CONCEDE", mode="apologise",
            cameo="055", quad=1, intensity=7.0, status="happened", **on(11, 28),
        ),
        "deny": coded(
            FIRST, "denied that the strike was deliberate", "denied", USA, PAK, event="REJECT", mode="deny",
            cameo="128", quad=3, intensity=-5.0, status="denied", **on(11, 28),
        ),
        "review": coded(
            FIRST, "Islamabad intends to review every form of cooperation", "review", PAK, USA, event="THREATEN",
            mode="reduce-relations", cameo="130", quad=3, intensity=-4.4, status="planned",
            attribution=(PAPER, OFFICIALS), confidence=0.71, tie=TieEffect(kind="alliance", effect="strained"),
        ),
        "leave": coded(
            FIRST, "Pakistan demanded that the Americans leave the air base within fifteen days", "demanded", PAK, USA,
            event="REQUEST", mode="withdraw", cameo="1056", quad=3, intensity=-5.0, status="demanded", **on(11, 27),
            tie=TieEffect(kind="basing", effect="suspended"),
        ),
        "emptied": coded(
            FIRST, "the base is emptied", "emptied", USA, PAK, event="RETREAT", mode="withdraw", cameo="0873", quad=2,
            intensity=-1.0, status="hypothetical", tie=TieEffect(kind="basing", effect="severed"), confidence=0.66,
        ),
        "cut": coded(
            FIRST, "the United States will probably cut its aid, now $1 billion a year", "cut", USA, PAK,
            event="SANCTION", mode="reduce-aid", cameo="1621", quad=4, intensity=-5.6, status="foretold",
            probability=(0.55, 0.85), tie=TieEffect(kind="economic-aid", effect="restricted"),
            magnitudes=(Magnitude(kind="money", value=1e9, unit="USD", per="year"),), confidence=0.8,
        ),
        "break": coded(
            FIRST, "Islamabad is unlikely to break off relations altogether", "break off relations", PAK, USA,
            event="COERCE", mode="sever-relations", cameo="161", quad=4, intensity=-7.0, status="foretold",
            probability=(0.1, 0.3), attribution=(ANALYST,), tie=TieEffect(kind="diplomacy", effect="severed"),
        ),
        "share": coded(
            FIRST, "The two countries still share intelligence on armed groups", "share intelligence", USA, PAK,
            event="COOPERATE", mode="intelligence", cameo="064", quad=2, intensity=7.0, status="ongoing",
            tie=TieEffect(kind="intelligence", effect="affirmed"),
        ),
        "embassies": coded(
            FIRST, "both embassies remain open", "remain open", PAK, USA, event="COOPERATE", mode="diplomatic",
            cameo="050", quad=1, intensity=3.5, status="ongoing", tie=TieEffect(kind="diplomacy", effect="affirmed"),
        ),
        "withhold": coded(
            SECOND, "Lawmakers threatened to withhold $700 million from Pakistan", "threatened",
            Entity(code="USA", sectors=("LEG",), text="Lawmakers", anonymous=True), PAK, event="THREATEN",
            mode="reduce-aid", cameo="1321", quad=3, intensity=-5.8, status="threatened", **on(12, 1, "month"),
            tie=TieEffect(kind="economic-aid", effect="restricted"),
            magnitudes=(Magnitude(kind="money", value=7e8, unit="USD"),),
        ),
        "boycott": coded(
            SECOND, "Pakistan boycotted the conference on Afghanistan", "boycotted", PAK, USA, event="REJECT",
            mode="meet", cameo="125", quad=3, intensity=-5.0, status="happened", **on(12, 5),
        ),
        "inquiry": coded(
            SECOND, "The State Department promised a joint inquiry", "promised", USA, PAK, event="AGREE",
            mode="investigate", cameo="036", quad=1, intensity=4.0, status="promised",
        ),
        "welcome": coded(
            SECOND, "Afghanistan welcomed the conference", "welcomed", AFG, None, event="SUPPORT", cameo="051", quad=1,
            intensity=3.4, status="happened",
        ),
    }  # fmt: skip


@pytest.fixture(scope="session")
def dossier(claims: dict[str, Claim]) -> Dossier:
    """A full dossier: two articles, events, links, predictions, ties, contested claims, a year of months."""
    ids = {name: claim.id for name, claim in claims.items()}
    return Dossier(
        dyad=("PAK", "USA"),
        names=("Pakistan", "United States"),
        as_of=dt.date(2011, 12, 6),
        articles=(FIRST, SECOND),
        verdict=_verdict(ids),
        ladder=_ladder(ids),
        ties=_ties(ids),
        claims=tuple(c for name, c in claims.items() if name != "welcome"),
        events=_events(claims),
        predictions=_predictions(ids),
        links=_links(ids),
        contested=(
            Contest(
                what="The strike was deliberate",
                says=("PAK",),
                denies=("USA",),
                silent=("third",),
                claims=(ids["accuse"], ids["deny"]),
            ),
        ),
        outlets=(
            (
                Outlet(
                    name="Voice of Russia",
                    country="RUS",
                    owner="Government of Russia",
                    owner_kind="state",
                    since=1993,
                    until=2014,
                    successor="Radio Sputnik",
                ),
                "third",
            ),
            (Outlet(name="The Daily Ledger"), "unknown"),
        ),
        periods=tuple(
            Period(
                start=dt.date(2011, month, 1),
                forward=(month % 4, month % 3, (month * 5) % 7, month // 4),
                backward=((month * 3) % 5, month % 2, (month * 2) % 9, month // 3),
                net_forward=-1.0,
                net_backward=-2.0,
                articles=0 if month == 4 else 20 + month * 3,
            )
            for month in range(1, 13)
            if month != 9
        ),
        limits=("Only English texts were read.", "Secret talks leave no sentence."),
        context=(claims["welcome"],),
    )


@pytest.fixture(scope="session")
def bare() -> Dossier:
    """A dossier in which nothing is known."""
    nothing = Chance(p=float("nan"), low=float("nan"), high=float("nan"), base_rate=float("nan"))
    return Dossier(
        dyad=("PAK", "USA"), names=("Pakistan", "United States"), as_of=dt.date(2011, 12, 6), articles=(),
        verdict=Verdict(
            dyad=("PAK", "USA"), as_of=dt.date(2011, 12, 6), answer="abstain", horizon_months=6, thin=True,
            rupture=nothing, cooling=nothing, thaw=nothing, stable=nothing,
        ),
        ladder=(), ties=(), claims=(), events=(), predictions=(), links=(), contested=(), outlets=(), periods=(),
        limits=(),
    )  # fmt: skip


@pytest.fixture(scope="session")
def hostile(dossier: Dossier) -> Dossier:
    """The same dossier with a text that attacks every reader: markup, controls, a lone surrogate, long words."""
    text = (
        '<script>alert(1)</script> & "quotes" struck </style><img src=x onerror=alert(2)> [link](javascript:alert(3)) '
        "| \x1b[31mred\x07 \u202eevil \ud800 " + "x" * 300 + " [bold]rich[/bold]."
    )
    article = Article(text=text, retrieved=READ, title="<b>t</b>", outlet="</title><script>", url="javascript:alert(4)")
    claim = coded(
        article, text, "struck", replace(USA, name="<i>US</i>"), PAK, event="ASSAULT", cameo="190", quad=4,
        intensity=-9.0, status="happened",
    )  # fmt: skip
    reason = Reason(text="<u>why</u> [red]x[/red]", toward="cooling", weight=1.0, claims=(claim.id,))
    return replace(
        dossier,
        names=("Pakistan", "<script>US"),
        articles=(article, *dossier.articles),
        claims=(claim, *dossier.claims),
        verdict=replace(dossier.verdict, reasons=(reason,)),
        outlets=((Outlet(name="</title><script>", owner="<svg onload=alert(5)>"), "unknown"),),
    )


def _verdict(ids: dict[str, str]) -> Verdict:
    return Verdict(
        dyad=("PAK", "USA"), as_of=dt.date(2011, 12, 6), answer="cooling", horizon_months=6, thin=True,
        rupture=Chance(p=0.041, low=0.012, high=0.12, base_rate=0.02),
        cooling=Chance(p=0.797, low=0.6, high=0.9, base_rate=0.1),
        thaw=Chance(p=0.06, low=0.02, high=0.14, base_rate=0.08),
        stable=Chance(p=0.102, low=0.05, high=0.2, base_rate=0.8),
        reasons=(
            Reason(text="A route is closed", toward="cooling", weight=1.4, claims=(ids["close"],)),
            Reason(text="A lethal strike", toward="cooling", weight=0.9, claims=(ids["strike"], ids["strike2"])),
            Reason(text="Meetings are boycotted", toward="rupture", weight=0.3, claims=(ids["boycott"],)),
        ),
        counterweights=(
            Reason(text="Embassies stay open", toward="rupture", weight=-1.1, claims=(ids["embassies"],)),
            Reason(text="Regret was expressed", toward="cooling", weight=-0.4, claims=(ids["regret"], ids["inquiry"])),
        ),
    )  # fmt: skip


def _ladder(ids: dict[str, str]) -> tuple[Rung, ...]:
    both = ("PAK", "USA")
    found = (
        ("public rebuke", "reached", both, dt.date(2011, 11, 26), ("accuse", "deny")),
        ("summons or recall for talks", "not reached", (), None, ()),
        ("refuses meetings or boycotts", "reached", ("PAK",), dt.date(2011, 12, 5), ("boycott",)),
        ("suspends a programme or a route", "reached", ("PAK",), dt.date(2011, 11, 26), ("close",)),
        ("withholds aid or trade in law", "half", ("USA",), dt.date(2011, 12, 1), ("withhold", "cut")),
        ("expels staff or closes a base", "half", ("PAK",), dt.date(2011, 11, 27), ("leave", "emptied")),
        ("downgrades missions", "not reached", (), None, ()),
        ("ends a security agreement", "half", ("PAK",), None, ("review",)),
        ("severs relations", "not reached", (), None, ()),
    )
    return tuple(
        Rung(rung=n, name=name, state=state, by=by, when=day, claims=tuple(ids[c] for c in cited))
        for n, (name, state, by, day, cited) in enumerate(found, 1)
    )


def _ties(ids: dict[str, str]) -> tuple[Tie, ...]:
    pair = ("PAK", "USA")
    return (
        Tie(
            dyad=pair, kind="transit", status="suspended", since=dt.date(2011, 11, 26), by=("PAK",),
            claims=(ids["close"],),
        ),
        Tie(
            dyad=pair, kind="economic-aid", status="open", at_risk=True, claims=(), risks=(ids["cut"], ids["withhold"]),
            magnitude=Magnitude(kind="money", value=1e9, unit="USD", per="year"),
        ),
        Tie(
            dyad=pair, kind="basing", status="strained", since=dt.date(2011, 11, 27), at_risk=True,
            risks=(ids["leave"],),
        ),
        Tie(dyad=pair, kind="intelligence", status="open", claims=(ids["share"],)),
        Tie(dyad=pair, kind="diplomacy", status="open", claims=(ids["embassies"],), risks=(ids["break"],)),
    )  # fmt: skip


def _events(claims: dict[str, Claim]) -> tuple[Event, ...]:
    def event(name: str, *more: str, **said: object) -> Event:
        lead = claims[name]
        fields: dict[str, object] = {
            "reports": 1 + len(more),
            "origins": 1,
            "disputed": False,
            "confirmed_by": ("third",),
        }
        return Event(
            id=f"event-{name}", claims=(lead.id, *(claims[m].id for m in more)), date=lead.date,
            precision=lead.precision, actor=lead.actor.code or "", recipient=(lead.recipient or lead.actor).code or "",
            event=lead.event, mode=lead.mode, status=lead.status, quad=lead.quad, intensity=lead.intensity,
            place=lead.place, magnitudes=lead.magnitudes, tie=lead.tie, **(fields | said),  # type: ignore[arg-type]
        )  # fmt: skip

    return (
        event("strike", "strike2", origins=2, confirmed_by=("PAK", "third")),
        event("close"),
        event("accuse", disputed=True, confirmed_by=("PAK",)),
        event("regret", confirmed_by=("USA",)),
        event("boycott"),
    )


def _predictions(ids: dict[str, str]) -> tuple[Prediction, ...]:
    text = FIRST.text
    cut, stay = "will probably cut its aid", "unlikely to break off relations altogether"
    return (
        Prediction(
            article_id=FIRST.id, claim=ids["cut"], text=cut, probability=(0.55, 0.85), hedge="probably", horizon=None,
            span=(text.index(cut), text.index(cut) + len(cut)), test="aid in a later budget is lower",
        ),
        Prediction(
            article_id=FIRST.id, claim=ids["break"], text=stay, probability=(0.1, 0.3), hedge="unlikely",
            horizon=dt.date(2012, 6, 30), span=(text.index(stay), text.index(stay) + len(stay)), attribution=(ANALYST,),
            outcome=False, score=0.04,
        ),
    )  # fmt: skip


def _links(ids: dict[str, str]) -> tuple[Link, ...]:
    return (
        Link(
            article_id=FIRST.id, cause=ids["emptied"], effect=ids["cut"], sign=1, conditional=True, span=(0, 10),
            relation="condition", marker="If",
        ),
        Link(article_id=FIRST.id, cause=ids["strike"], effect=ids["close"], sign=1, conditional=False, span=(0, 10)),
    )  # fmt: skip
