"""A line in, the speaker before its colon or behind its dash out: `Kiev: Moscow cut gas`, `... cut gas - Kiev`."""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding import naming
from detente.coding.voices import Voices
from detente.language.words import Doc, Token
from detente.records import Attribution

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


class Captions:
    """Reads the labels of one line."""

    def __init__(self, doc: Doc, voices: Voices) -> None:
        """Takes the line and the reader of its speakers."""
        self._doc, self._voices = doc, voices

    def introduced(self) -> list[Attribution]:
        """The speaker before a colon that opens the sentence: `General X: Russia will attack`."""
        doc = self._doc
        at = next((t.i for t in doc[:10] if t.text == ":"), None)
        words = [t for t in doc[:at] if not t.is_space] if at else []
        if at is None or not words or at + 1 >= len(doc) or any(t.pos_ in ("VERB", "AUX") for t in words):
            return []
        if self._shouted(words) or any(t.text in '"“”,;' for t in words[:1]):
            return []
        head = next((t for t in words if t.head.i == t.i or t.head.i >= at), words[-1])
        if naming.is_document(head):  # `Communique No. 9: British aircraft bombed`, by none but who prints it
            found = self._voices.of(head)
            return [a for a in found if a.text.lower() != head.doc[words[0].i : at].text.lower()]
        quoted = doc[at + 1].text in "\"“'‘" and head.pos_ == "PROPN"
        person = (
            quoted
            or self._headline_of(head)
            or self._voices.is_role(head)
            or any(t.ent_type_ == "PER" for t in words)
            or self._unknown(head, words)
            or (head.pos_ == "NOUN" and len(words) > 1)
        )
        return self._voices.of(head) if person else []

    def signed(self) -> list[Attribution]:
        """The one named behind a dash on a line of its own, below a quotation: `— Georgian health ministry`."""
        words = [t for t in self._doc if not t.is_space]
        if len(words) < 2 or words[0].text not in ("-", "–", "—", "--") or len(words) > 14:
            return []
        if any(t.pos_ in ("VERB", "AUX") and t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in words):
            return []
        head = next((t for t in words[1:] if t.pos_ in _NOMINAL and t.head.pos_ not in _NOMINAL | {"ADJ"}), None)
        head = head or next((t for t in words[1:] if t.pos_ in _NOMINAL and t.dep_ == "ROOT"), None)
        return self._voices.of(head) if head is not None else []

    def _shouted(self, words: Sequence[Token]) -> bool:
        """A dateline in capitals, but not the name of a body: `UN: Israel shelled school`."""
        letters = [t for t in words if t.is_alpha]
        body = len(letters) == 1 and any(
            s.start <= letters[0].i < s.end and s.name.kind in ("group", "metonym") for s in self._voices.spots
        )
        after = self._doc[words[-1].i + 2] if words[-1].i + 2 < len(self._doc) else None
        quoted = after is not None and after.text in "\"“'‘" and len(letters) <= 3
        return all(t.text.isupper() for t in letters) and not body and not quoted

    def _unknown(self, head: Token, words: Sequence[Token]) -> bool:
        """A bare surname that no register knows before a headline: `Obote: Tanzania will not attack`."""
        place = head.ent_type_ == "LOC" or any(s.start <= head.i < s.end for s in self._voices.spots)
        return len(words) == 1 and head.pos_ == "PROPN" and not place and self._doc[-1].text not in ".!?"

    def _headline_of(self, head: Token) -> bool:
        """`Kiev: Moscow to cut gas`: a capital, a body or an outlet before the colon of a line that ends in no stop."""
        doc = self._doc
        if doc[-1].text in ".!?" or head.i > 3:
            return False
        spot = next((s for s in self._voices.spots if s.start <= head.i < s.end), None)
        kind = spot.name.kind if spot is not None else None
        known = ["capital", "metonym", "group", "leader", "surname", "outlet"]
        rest = next((s for s in self._voices.spots if s.start > head.i), None)
        if rest is not None and spot is not None and rest.name.code != spot.name.code and self._subject(rest.start):
            known.append("state")  # `Belarus: Poland pushed 40 across the border`
        return kind in known or self._voices.mastheads.read(head) is not None

    def _subject(self, at: int) -> bool:
        """Whether the name at a place does something: it stands before the first verb behind the colon."""
        after = self._doc[at:]
        verb = next((t for t in after if t.pos_ in ("VERB", "AUX")), None)
        return verb is not None and any(c.dep_.startswith("nsubj") and c.i < verb.i for c in verb.children)

    def tail(self) -> Token | None:
        """The speaker at the end of a headline: `Iran attacked tanker - minister`, `...: report`."""
        doc = self._doc
        if len(doc) < 5 or doc[-1].text in '!?"”':
            return None
        stopped = doc[-1].text == "."
        end = len(doc) - 1 if stopped or doc[-1].text == ")" else len(doc)
        cuts = ("(",) if doc[-1].text == ")" else ("-", "–", "—", ":", "--")
        cut = next((t.i for t in reversed(doc[:end]) if t.text in cuts and t.i > 2), None)
        if cut is None or not 1 <= end - 1 - cut <= 6 or (doc[cut].whitespace_ == "" and cuts != ("(",)):
            return None
        rest = list(doc[cut + 1 : end])
        if any(t.pos_ in ("VERB", "AUX", "NUM", "DET" if stopped else "NUM") for t in rest):
            return None
        head = next((t for t in rest if t.pos_ in _NOMINAL and not any(cut < a.i < end for a in t.ancestors)), None)
        if head is None or not (stopped or cuts == ("(",)):
            return head
        known = self._voices.is_role(head) or self._voices.mastheads.read(head) is not None
        body = any(s.start <= head.i < s.end and s.name.kind in ("group", "metonym") for s in self._voices.spots)
        return head if known or (body and not stopped) else None
