"""The sentences of an article with their casts in, who speaks in each and in whose quotation it stands, out."""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.actors import Cast
from detente.coding.antecedents import Heard
from detente.coding.quotations import Quoted
from detente.coding.speech import Speakers
from detente.ontology.registers import Registers
from detente.records import Attribution, Sentence


class Hearing:
    """Listens to the sentences of one article in order; `settle` then gives quotations that run on their speaker."""

    def __init__(
        self, registers: Registers, *, own: str | None, quoted: Sequence[Quoted], home: str | None = None
    ) -> None:
        """Takes the article's outlet, the quotation marks of its sentences, and the state whose `the army` is meant."""
        self._registers, self._own, self._quoted, self._home = registers, own, quoted, home
        self._heard: list[Heard] = []
        self._seen: list[Heard] = []
        self._mains: list[list[Attribution]] = []
        self._speakers: list[tuple[Sentence, Speakers]] = []
        self._told = False
        self._standing: tuple[int, tuple[Attribution, ...]] = (-1, ())

    def listen(self, sentence: Sentence, cast: Cast) -> tuple[Speakers, Attribution | None]:
        """The speakers of the next sentence, and the one it is ascribed to as a whole."""
        quoted = self._quoted[len(self._speakers)]
        speakers = Speakers(self._registers, cast, quoted=quoted, heard=tuple(self._heard), seen=tuple(self._seen),
                            sentence=sentence.sequence, own=self._own, home=self._home)  # fmt: skip
        introduced = speakers.introduced() if not quoted.open_before else []
        if introduced:
            self._standing = sentence.paragraph, tuple(introduced)
        main = [] if quoted.whole else speakers.main()
        if main and not introduced and main[0] not in self._standing[1]:
            self._standing = -1, ()  # another has the word
        if self._standing[0] == sentence.paragraph:
            speakers.standing = self._standing[1]
        self._heard += speakers.met
        self._seen += speakers.seen
        self._speakers.append((sentence, speakers))
        self._told = self._goes_on(sentence, speakers, alone=not (main or introduced)) or speakers.shifted()
        self._mains.append(main or introduced or list(speakers.continued))
        self._settle(len(self._speakers) - 1)
        last = main[-1] if main else None
        return speakers, last

    def _goes_on(self, sentence: Sentence, speakers: Speakers, *, alone: bool) -> bool:
        """Gives a sentence without a speaker the one who spoke right before it, where it goes on with his words."""
        if not alone or len(self._speakers) < 2 or not self._mains[-1]:
            return False
        before = self._speakers[-2][0]
        quoted = self._quoted[len(self._speakers) - 1]
        if before.paragraph != sentence.paragraph or quoted.spans or not speakers.goes_on(told=self._told):
            return False
        speakers.continued = tuple(self._mains[-1])
        return True

    def _settle(self, at: int) -> None:
        """Gives the sentence the speaker of the quotation it stands in, if that one has spoken before."""
        quoted, (sentence, speakers) = self._quoted[at], self._speakers[at]
        if not (quoted.open_before or quoted.whole):
            return
        for back in range(at - 1, -1, -1):
            before = self._speakers[back][0]
            follows = quoted.open_before or before.paragraph == sentence.paragraph
            if not follows or (before.paragraph < sentence.paragraph - 2):
                break
            if self._mains[back]:
                speakers.running = tuple(self._mains[back])
                return
            aside = back == at - 1 and at > 1 and self._mains[back - 1]  # `He paused.`
            if not self._quoted[back].whole and not self._quoted[back].open_after and not aside:
                break

    def close(self) -> None:
        """Gives quotations that stand before their speaker is named the one who is named after them."""
        for at, (sentence, speakers) in enumerate(self._speakers):
            quoted = self._quoted[at]
            ahead = quoted.open_after or quoted.whole
            if not ahead or speakers.running or self._mains[at]:
                continue
            for on in range(at + 1, len(self._speakers)):
                if self._speakers[on][0].paragraph != sentence.paragraph:
                    break
                if self._mains[on] and not self._quoted[on].whole:
                    speakers.running = tuple(self._mains[on])
                    break
                if not (self._quoted[on].whole or self._quoted[on].open_before):
                    break
