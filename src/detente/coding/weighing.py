"""A claim and what spoke for it in, the chance that it is right in actor, recipient, type and status out.

A logistic regression on a dozen marks of how the claim came about, fitted by `training/fit_weighing.py` on claims that
readers judged one by one; the weights stand in `weighing.csv`. Stacking in the sense of Wolpert (1992).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from detente.ontology.tables import read_table
from detente.records import Claim, Entity, Step

Origin = Literal["both", "retyped", "rules", "model", "loose"]
_PRONOUNS = frozenset("he she it they we i him her them us who which that this these those one others".split())
_FLOOR = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What spoke for a claim.

    Attributes:
        origin: Rules and model alike; the model's type for a pair of the rules; the rules against the model; the model
            alone; the rules alone where the model could not be asked of both parties.
        chance: The model's chance of the claim's type, None where it was not asked.
        nothing: Its chance that nothing passes.
        status: Its chance of the claim's status.
        margin: Log of its chance of this type over the next best.
        ruled: The rules' own estimate, None where they found nothing.
        standing: Marks of how the words stand to each other (`detente.coding.standing`).
    """

    origin: Origin
    chance: float | None = None
    nothing: float | None = None
    status: float | None = None
    margin: float = 0.0
    ruled: float | None = None
    standing: Mapping[str, float] = field(default_factory=dict)


def marks(claim: Claim, evidence: Evidence, *, inside: tuple[bool, bool]) -> dict[str, float]:
    """The numbers that are weighed; `inside`: whether the words of actor and recipient stand in the sentence."""
    other = claim.recipient
    coded = bool(claim.actor.code), other is not None and bool(other.code)
    found = {f"origin {evidence.origin}": 1.0}
    if evidence.chance is not None and evidence.nothing is not None and evidence.status is not None:
        found |= {"chance": _log_odds(evidence.chance), "nothing": _log_odds(evidence.nothing),
                  "status": _log_odds(evidence.status), "margin": evidence.margin}  # fmt: skip
    else:
        found["not asked"] = 1.0
    if evidence.ruled is not None:
        found["ruled"] = evidence.ruled - 0.7
    found |= evidence.standing
    found |= {
        "actor unknown": float(not coded[0]),
        "recipient unknown": float(other is not None and not coded[1]),
        "no recipient": float(other is None),
        "actor unnamed": float(not claim.actor.text),
        "actor pronoun": float(_pronoun(claim.actor)),
        "recipient pronoun": float(other is not None and _pronoun(other)),
        "actor elsewhere": float(not inside[0] and bool(claim.actor.text)),
        "recipient elsewhere": float(other is not None and not inside[1]),
        "one state": float(all(coded) and other is not None and claim.actor.code == other.code),
        "two states": float(all(coded) and other is not None and claim.actor.code != other.code),
        "tie": float(claim.tie is not None),
        "happened": float(claim.status in ("happened", "ongoing")),
        "long": len(claim.sentence) / 100 - 1.5,
    }
    return {name: value for name, value in found.items() if value}


def weighed(claim: Claim, evidence: Evidence, *, inside: tuple[bool, bool]) -> Claim:
    """The claim with its confidence, and with what was weighed in its explanation."""
    found = marks(claim, evidence, inside=inside)
    value = sum(weights().get(name, 0.0) * number for name, number in found.items()) + weights()["constant"]
    told = ", ".join(f"{name} {number:.3g}" for name, number in found.items())
    step = Step(field="confidence", rule=f"weighed: {told}", words="")
    confidence = round(1 / (1 + math.exp(-value)), 2)
    return replace(claim, confidence=confidence, explanation=(*claim.explanation, step))


def kept(claim: Claim, origin: Origin) -> bool:
    """Whether a weighed claim is told: more is asked of what the model alone says of two known parties.

    Such claims go into ledgers, and the rules, which name a trigger and its arguments, have not borne them out.
    """
    known = weights()
    other = claim.recipient
    dyad = bool(claim.actor.code) and other is not None and bool(other.code)
    return claim.confidence >= known["keep known" if dyad and origin in ("model", "retyped") else "keep"]


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """The weight of each mark on the log-odds scale, and the two thresholds."""
    return {row["name"]: float(row["value"]) for row in read_table("weighing.csv", wanted=("name", "value"))}


def _log_odds(chance: float) -> float:
    value = min(max(chance, _FLOOR), 1 - _FLOOR)
    return math.log(value / (1 - value))


def _pronoun(entity: Entity) -> bool:
    return entity.text.lower() in _PRONOUNS
