"""A model's name in, a function from sentences to parses out: the shipped English, or any spaCy pipeline.

A foreign pipeline's labels are turned into Universal Dependencies when it speaks ClearNLP (as spaCy's own English
models do), so that the coder reads one scheme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc, Token

from detente.errors import ModelError
from detente.language.words import Doc as Plain
from detente.language.words import plain

if TYPE_CHECKING:
    from detente.language.events import EventModel

Parse = Callable[[Iterable[str]], Iterable[Plain]]

SHIPPED = "english"

# ClearNLP label to Universal Dependencies, where the head stays the same (Choi and Palmer 2012; de Marneffe 2014).
_LABELS = {
    "dobj": "obj", "dative": "iobj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass",
    "relcl": "acl:relcl", "prt": "compound:prt", "poss": "nmod:poss", "neg": "advmod", "nn": "compound",
    "npadvmod": "obl:unmarked", "attr": "xcomp", "oprd": "xcomp", "acomp": "xcomp", "preconj": "cc",
    "predet": "det", "quantmod": "advmod", "pcomp": "advcl", "intj": "discourse", "meta": "parataxis",
    "nmod": "compound",
}  # fmt: skip
_ENTITIES = {"PERSON": "PER", "GPE": "LOC", "FAC": "LOC", "LOC": "LOC", "ORG": "ORG", "PER": "PER"}


def event_reader() -> EventModel | None:
    """The shipped event model."""
    from detente.language.english import FOLDER
    from detente.language.events import EventModel

    return EventModel() if (FOLDER / "events.onnx").is_file() else None


def parser(name: str = SHIPPED) -> Parse:
    """The parse function of a model: `english` is the shipped one, any other name is a spaCy pipeline.

    Raises:
        ModelError: No such pipeline is installed, or it has no parser.
    """
    if name == SHIPPED:
        from detente.language.english import English

        return English().pipe
    import spacy

    try:
        pipeline = spacy.load(name)
    except OSError as error:
        raise ModelError(
            f"language model: got {name!r}, wanted `english` or an installed spaCy pipeline; install it with pip"
        ) from error
    if "parser" not in pipeline.pipe_names and not any("pars" in n for n in pipeline.pipe_names):
        raise ModelError(
            f"language model: got {name!r} with {pipeline.pipe_names}, wanted one with a dependency parser"
        )

    def parse(texts: Iterable[str]) -> Iterator[Plain]:
        for doc in pipeline.pipe(texts, batch_size=32):
            yield plain(universal(doc))

    return parse


def universal(doc: Doc) -> Doc:
    """The same sentence in Universal Dependencies; one that already is comes back unchanged.

    ClearNLP hangs `in` on the verb and `Paris` on `in`, and makes `was` the root of `was angry`; Universal
    Dependencies hangs `Paris` on the verb and makes `angry` the root.
    """
    if not any(t.dep_ in ("pobj", "dobj", "nsubjpass", "prep", "acomp", "attr", "relcl") for t in doc):
        return doc
    heads = [t.head.i for t in doc]
    labels = ["ROOT" if t.head.i == t.i else _LABELS.get(t.dep_, t.dep_) for t in doc]
    _prepositions(doc, heads, labels)
    _copulas(doc, heads, labels)
    made: dict[str, Any] = {
        "words": [t.text for t in doc],
        "spaces": [bool(t.whitespace_) for t in doc],
        "tags": [t.tag_ for t in doc],
        "pos": [t.pos_ for t in doc],
        "lemmas": [t.lemma_ for t in doc],
    }
    ents = [_bio(t) for t in doc]
    return Doc(doc.vocab, heads=_rooted(heads), deps=labels, ents=ents, **made)


def _prepositions(doc: Doc, heads: list[int], labels: list[str]) -> None:
    for token in doc:
        if token.dep_ == "pobj" and token.head.dep_ in ("prep", "agent", "dative"):
            above = token.head.head
            nominal = above.pos_ in ("NOUN", "PROPN", "PRON", "NUM")
            labels[token.i] = "obl:agent" if token.head.dep_ == "agent" else "nmod" if nominal else "obl"
            heads[token.i] = above.i
            heads[token.head.i], labels[token.head.i] = token.i, "case"
        elif token.dep_ == "pcomp" and token.head.dep_ == "prep":
            heads[token.i], labels[token.i] = token.head.head.i, "advcl"
            heads[token.head.i], labels[token.head.i] = token.i, "mark"


def _copulas(doc: Doc, heads: list[int], labels: list[str]) -> None:
    for token in doc:
        if token.dep_ not in ("acomp", "attr") or token.head.lemma_ != "be":
            continue
        verb = token.head
        if verb.dep_ == "ROOT":
            heads[token.i], labels[token.i] = token.i, "ROOT"
        else:
            heads[token.i], labels[token.i] = heads[verb.i], labels[verb.i]
        for child in verb.children:
            if child.i != token.i:
                heads[child.i] = token.i
        heads[verb.i], labels[verb.i] = token.i, "cop"


def _rooted(heads: list[int]) -> list[int]:
    """Heads without a cycle: a token on one is made to hang on itself."""
    for i in range(len(heads)):
        seen, node = set(), i
        while heads[node] != node:
            if node in seen:
                heads[node] = node
                break
            seen.add(node)
            node = heads[node]
    return heads


def _bio(token: Token) -> str:
    kind = _ENTITIES.get(token.ent_type_)
    return f"{token.ent_iob_}-{kind}" if kind and token.ent_iob_ in "BI" else "O"
