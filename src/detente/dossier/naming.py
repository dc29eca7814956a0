"""Codes, entities and speakers in, labels out: a name never without its code, an unnamed voice never named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.dossier import wording
from detente.errors import InputError
from detente.records import Article, Attribution, Claim, Dossier, Dyad, Entity, Outlet, Side

OWN_VOICE = "in its own voice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Labels of the states, parties, speakers and outlets of one dossier.

    Attributes:
        pair: The two codes, in the order of the title.
        names: Names of states by code.
        outlets: Outlets and their sides by lower-case name.
        articles: Articles by id.
    """

    pair: Dyad
    names: Mapping[str, str]
    outlets: Mapping[str, tuple[Outlet, Side]]
    articles: Mapping[str, Article]

    def name(self, code: str) -> str:
        """A state's name, its code when the name is not known."""
        return self.names.get(code, code)

    def state(self, code: str) -> str:
        """A state's name with its code, `third` in words."""
        if code == "third":
            return "third parties"
        name = self.names.get(code)
        return f"{name} ({code})" if name else code

    def states(self, codes: Sequence[str]) -> str:
        """Several states in one phrase; the two of the dossier together are `both`."""
        if set(codes) == set(self.pair):
            return f"both ({self.pair[0]}, {self.pair[1]})"
        return ", ".join(self.state(code) for code in codes) or "\N{EM DASH}"

    def title(self) -> str:
        """The pair, in words."""
        return f"{self.name(self.pair[0])} \N{EN DASH} {self.name(self.pair[1])}"

    def party(self, entity: Entity | None) -> str:
        """Who acts or is acted upon; what stays unnamed in the text stays unnamed here."""
        if entity is None:
            return "no one named"
        who = entity.text if entity.anonymous else (entity.name or entity.text)
        return f"{who} ({_badge(entity.code, entity.sectors, unnamed=entity.anonymous)})"

    def speaker(self, speaker: Attribution) -> str:
        """One voice of the chain: name or words, code, side."""
        who = speaker.name if speaker.named and speaker.name else (speaker.text or speaker.role or "someone")
        badge = _badge(speaker.code, speaker.sectors, unnamed=not speaker.named)
        return f"{who} ({badge}; {wording.side(speaker.side)})"

    def outlet(self, name: str | None) -> str:
        """An outlet with its country and side."""
        if name is None:
            return "outlet unknown"
        outlet, side = self.outlets.get(name.casefold(), (Outlet(name=name), "unknown"))
        country = self.state(outlet.country).replace(" (", ", ").rstrip(")") if outlet.country else "country unknown"
        return f"{outlet.name} ({country}; {wording.side(side)})"

    def chain(self, claim: Claim) -> tuple[str, ...]:
        """Who says so, outermost first: the outlet, then each speaker."""
        article = self.articles.get(claim.article_id)
        return self.voices(claim.attribution, outlet=claim.outlet or (article.outlet if article else None))

    def voices(self, attribution: Sequence[Attribution], *, outlet: str | None) -> tuple[str, ...]:
        """An outlet and the speakers it quotes; its own voice is said to be its own."""
        said = self.outlet(outlet)
        if not attribution:
            return (f"{said}, {OWN_VOICE}",)
        return (said, *(self.speaker(a) for a in attribution))

    def outlet_of(self, article_id: str) -> str | None:
        """Name of the outlet that printed an article, None when unknown."""
        article = self.articles.get(article_id)
        return article.outlet if article else None


def naming(dossier: Dossier, *, lead: str | None = None, names: Mapping[str, str] | None = None) -> Naming:
    """The labels of a dossier.

    Args:
        dossier: Its `names` stand in the order of its `dyad`.
        lead: Code of the state that the title names first; the first of the dyad when None.
        names: Names of further states by code, such as those of outlets.

    Raises:
        InputError: `lead` is not one of the two.
    """
    first, second = dossier.dyad
    if lead not in (None, first, second):
        raise InputError(f"got lead {lead!r}, wanted {first} or {second}")
    known = dict(names or {})
    known.update(zip(dossier.dyad, dossier.names, strict=True))
    return Naming(
        pair=(second, first) if lead == second else (first, second),
        names=known,
        outlets={outlet.name.casefold(): (outlet, side) for outlet, side in dossier.outlets},
        articles={article.id: article for article in dossier.articles},
    )


def _badge(code: str | None, sectors: Sequence[str], *, unnamed: bool) -> str:
    parts = " ".join((code or "code unknown", *sectors))
    return f"{parts}; unnamed" if unnamed else parts
