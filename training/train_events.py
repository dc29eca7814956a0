"""Trains the event network on the event corpus: marked sentences in, a checkpoint out.

    python training/train_events.py --corpus corpus/events --out build/events

Sentences are read bare (parties, triggers, pairs) and with each labelled pair marked (type, mode, status, tie). A share
of the sentences of every author is held out, whole groups of minimal pairs together. Weights are averaged
exponentially; every epoch leaves its state, and a run that was stopped goes on from there.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import spacy
import torch
import torch.nn.functional as F
from torch import Tensor, nn

import standoff
from corpus import EFFECTS, KINDS, MODES, STATUSES, TYPES, read
from detente.language.pieces import Pieces
from detente.ontology.lexicon import load_lexicon
from detente.ontology.registers import load
from event_network import EventNetwork
from examples import Example, Pair, example, jittered, roles
from lexical import Maker, sentences
from network import encoder_folder
from train_language import Average

log = logging.getLogger("train_events")
IGNORE = -100
LABELS = {
    "event": list(TYPES),
    "mode": [f"{event}/{mode}" for event in TYPES for mode in MODES[event].split()],
    "status": list(STATUSES),
    "kind": ["none", *sorted(KINDS)],
    "effect": ["none", *sorted(EFFECTS)],
}
REAL = "real"  # the section of sentences of real news, labelled by place
OFTEN = 3  # how often an epoch sees a deed of real news, of which there are few
TURNED = 0.35  # share of the turned-round pairs (nothing passes from B to A) that an epoch sees
EVERY = 4  # steps between two updates of the averaged weights
FIELDS = {"event": 1.0, "mode": 0.3, "status": 0.6, "kind": 0.3, "effect": 0.2}


def held_out(one: Example) -> bool:
    """Whether a sentence is kept for development: one of twelve, a group of minimal pairs as a whole.

    Of real news a quarter is kept, whole documents together, since the joining is fitted on it.
    """
    if one.source.section == REAL:
        return zlib.crc32(one.source.group.encode()) % 4 == 0
    key = f"{one.source.author}/{one.source.group}" if one.source.group else one.source.text
    return zlib.crc32(key.encode()) % 12 == 0


class Trainer:
    """One network, its labels and how rows become tensors."""

    def __init__(self, network: EventNetwork, pieces: Pieces, *, device: str) -> None:
        self.network, self.pieces, self.device = network.to(device), pieces, device
        self.index = {head: {label: i for i, label in enumerate(values)} for head, values in LABELS.items()}

    def encode(self, sentences: Sequence[Sequence[str]], marks: Sequence[Sequence[int]]) -> tuple[Tensor, ...]:
        batch = self.pieces.batch(sentences)
        tensors = [torch.from_numpy(a).to(self.device) for a in (batch.ids, batch.mask, batch.case, batch.first)]
        owner = torch.from_numpy(batch.owner)
        width = batch.first.shape[1]
        table = torch.tensor([[0, *m, *[0] * (width - 1 - len(m))] for m in marks])
        role = table.gather(1, owner).to(self.device)
        ids, mask, case, first = tensors
        with torch.autocast(self.device, dtype=torch.bfloat16):
            states = self.network.states(ids, mask, case, role)
        return states.float(), mask, role, first

    def pair_loss(self, rows: Sequence[tuple[Example, Pair]], rng: random.Random | None) -> Tensor:
        marked = [p if rng is None else moved(e, p, rng) for e, p in rows]
        states, mask, role, _ = self.encode(
            [e.words for e, _ in rows], [roles(len(e.words), p) for (e, _), p in zip(rows, marked, strict=True)]
        )
        pooled = self.network.pooled(states, mask, role)
        total = pooled.sum() * 0
        weights = torch.tensor([p.weight for _, p in rows], device=self.device)
        for field, weight in FIELDS.items():
            target = torch.tensor([self.index[field].get(getattr(p, field) or "", IGNORE) for _, p in rows])
            known = (target != IGNORE).to(self.device)
            if known.any():
                smoothing = 0.05 if field in ("event", "status") else 0.0
                losses = F.cross_entropy(
                    self.network.heads[field](pooled), target.to(self.device), ignore_index=IGNORE, reduction="none",
                    label_smoothing=smoothing,
                )  # fmt: skip
                total = total + weight * (losses * weights * known).sum() / len(rows)
        return total

    def word_loss(self, rows: Sequence[Example]) -> Tensor:
        states, _, _, first = self.encode([e.words for e in rows], [[0] * len(e.words) for e in rows])
        words = self.network.gathered(states, first)
        width = words.size(1) - 1
        total = words.sum() * 0
        for head in ("party", "trigger"):
            target = torch.tensor([_padded(getattr(e, head), len(e.words), width) for e in rows]).to(self.device)
            if (target != IGNORE).any():
                logits = self.network.words[head](words[:, 1:])
                total = total + F.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=IGNORE)
        for head in ("actor", "recipient"):
            target = torch.tensor([_padded(getattr(e, head), len(e.words), width) for e in rows]).to(self.device)
            real = target != IGNORE
            logits = self.network.words[head](words[:, 1:]).squeeze(-1)
            total = total + F.binary_cross_entropy_with_logits(logits[real], target[real].float())
        return total + 0.5 * self._pair_score_loss(rows, words)

    def _pair_score_loss(self, rows: Sequence[Example], words: Tensor) -> Tensor:
        left, right = self.network.sides(words)
        actors, recipients, truth = [], [], []
        for number, one in enumerate(rows):
            for pair in one.pairs:
                if pair.recipient is None:
                    continue
                actors.append(left[number, pair.actor[0] + 1 : pair.actor[1] + 1].mean(0))
                recipients.append(right[number, pair.recipient[0] + 1 : pair.recipient[1] + 1].mean(0))
                truth.append(float(pair.event != "NONE"))
        if not truth:
            return words.sum() * 0
        scores = self.network.pair_scores(torch.stack(actors), torch.stack(recipients))
        return F.binary_cross_entropy_with_logits(scores, torch.tensor(truth, device=self.device))

    @torch.inference_mode()
    def answers(self, rows: Sequence[tuple[Example, Pair]]) -> dict[str, Tensor]:
        """Logits of every head for marked pairs, in order."""
        self.network.eval()
        order = sorted(range(len(rows)), key=lambda i: len(rows[i][0].words))
        found: dict[str, list[Tensor]] = {field: [] for field in FIELDS}
        for at in range(0, len(order), 64):
            some = [rows[i] for i in order[at : at + 64]]
            states, mask, role, _ = self.encode([e.words for e, _ in some], [roles(len(e.words), p) for e, p in some])
            pooled = self.network.pooled(states, mask, role)
            for field in FIELDS:
                found[field].append(self.network.heads[field](pooled).cpu())
        self.network.train()
        back = torch.tensor(order).argsort()
        return {field: torch.cat(parts)[back] for field, parts in found.items()}

    def measure(self, rows: Sequence[Example]) -> dict[str, float]:
        """Accuracy and macro-F1 of types (with NONE), of types where there is one, of status and the rest."""
        pairs = [(e, p) for e in rows for p in e.pairs if p.recipient]
        logits = self.answers(pairs)
        gold = [p.event for _, p in pairs]
        said = [TYPES[i] for i in logits["event"].argmax(1).tolist()]
        forced = [TYPES[i] for i in logits["event"][:, :-1].argmax(1).tolist()]
        real = [i for i, g in enumerate(gold) if g != "NONE"]
        scores = {
            "pairs": len(pairs),
            "type F1": macro(gold, said),
            "type F1 given": macro([gold[i] for i in real], [forced[i] for i in real]),
            "none F1": macro([str(g == "NONE") for g in gold], [str(s == "NONE") for s in said]),
        }
        for field in ("status", "mode", "kind", "effect"):
            names = LABELS[field]
            known = [i for i, (_, p) in enumerate(pairs) if getattr(p, field)]
            truth = [getattr(pairs[i][1], field) for i in known]
            answer = [names[k] for k in logits[field].argmax(1)[known].tolist()]
            scores[f"{field} F1"] = macro(truth, answer)
            scores[f"{field} right"] = sum(a == b for a, b in zip(truth, answer, strict=True)) / max(len(truth), 1)
        return {k: round(v, 4) for k, v in scores.items()}


def macro(gold: Sequence[str], said: Sequence[str]) -> float:
    """Mean F1 over the classes of `gold`."""
    hit = Counter(g for g, s in zip(gold, said, strict=True) if g == s)
    wanted, given = Counter(gold), Counter(said)
    return sum(2 * hit[c] / (wanted[c] + given[c]) for c in wanted) / max(len(wanted), 1)


def moved(one: Example, pair: Pair, rng: random.Random) -> Pair:
    """The pair with its spans jittered, where they stay apart."""
    from dataclasses import replace

    actor = jittered(pair.actor, one.words, rng)
    recipient = jittered(pair.recipient, one.words, rng) if pair.recipient else None
    if recipient and actor[0] < recipient[1] and recipient[0] < actor[1]:
        return pair
    return replace(pair, actor=actor, recipient=recipient)


def _padded(tags: tuple[int, ...] | None, n: int, width: int) -> list[int]:
    return [*(tags or [IGNORE] * n), *[IGNORE] * (width - n)]


def batched(items: Sequence, length, *, words: int, rng: random.Random | None) -> Iterator[list]:
    """Batches of similar length, at most `words` padded words each, in random order."""
    order = sorted(items, key=lambda x: (length(x), rng.random() if rng else 0))
    batches: list[list] = []
    some: list = []
    for item in order:
        if some and (len(some) + 1) * length(item) > words:
            batches.append(some)
            some = []
        some.append(item)
    if some:
        batches.append(some)
    if rng:
        rng.shuffle(batches)
    return iter(batches)


def optimizer_of(network: EventNetwork, *, rate: float) -> torch.optim.Optimizer:
    """AdamW, the heads six times as fast as the encoder; the table of word pieces stands still."""
    network.encoder.embeddings.word_embeddings.weight.requires_grad_(False)  # half of all weights, known well enough
    slow = ("encoder.",)
    named = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
    groups = [
        {"params": [p for n, p in named if n.startswith(slow)], "lr": rate},
        {"params": [p for n, p in named if not n.startswith(slow)], "lr": rate * 6},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)


def plan(rows: Sequence[Example], *, words: int, rng: random.Random | None) -> list[tuple[str, list]]:
    """The batches of one epoch, of marked pairs and of bare sentences."""
    draw = rng or random.Random(0)
    every = [(e, p) for e in rows for p in e.pairs for _ in range(_times(e, p))]
    some = [(e, p) for e, p in every if p.weight == 1.0 or draw.random() < TURNED]
    marked = [("pair", b) for b in batched(some, lambda x: len(x[0].words), words=words, rng=rng)]
    written = [e for e in rows if e.source.author != "lexicon"]
    bare = [("word", b) for b in batched(written, lambda e: len(e.words), words=words, rng=rng)]
    both = marked + bare
    if rng:
        rng.shuffle(both)
    return both


def _share(rows: Sequence[Example], share: float, rng: random.Random) -> list[Example]:
    """All sentences of real news and a share of the others, drawn anew for each epoch."""
    return [e for e in rows if e.source.section == REAL or rng.random() < share]


def _times(one: Example, pair: Pair) -> int:
    return OFTEN if one.source.section == REAL and pair.event != "NONE" and pair.weight == 1.0 else 1


def train(trainer: Trainer, rows: list[Example], dev: list[Example], args) -> None:
    """Runs all epochs; leaves `final.pt` (averaged weights) in `args.out`."""
    network = trainer.network
    optimizer = optimizer_of(network, rate=args.rate)
    steps = len(plan(_share(rows, args.share, random.Random(0)), words=args.words, rng=None)) * args.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.06 * steps), max(0.02, (steps - s) / (0.94 * steps)))
    )
    average = Average(network, decay=args.decay)
    log.info("%d sentences, %d pairs, %d steps", len(rows), sum(len(e.pairs) for e in rows), steps)
    start, first = time.time(), 0
    state = args.out / "state.pt"
    if state.exists():
        saved = torch.load(state, weights_only=True)
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        average.values, average.steps, first = saved["average"], saved["steps"], saved["epoch"]
    for epoch in range(first, args.epochs):
        rng = random.Random(args.seed * 1000 + epoch)
        run = 0.0
        some = _share(rows, args.share, rng)
        for number, (kind, batch) in enumerate(plan(some, words=args.words, rng=rng), 1):
            loss = trainer.pair_loss(batch, rng) if kind == "pair" else trainer.word_loss(batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            if number % EVERY == 0:
                average.update(network)
            run += float(loss.detach())
            if number % 50 == 0:
                log.info("epoch %d batch %d loss %.3f %.0fs", epoch, number, run / 50, time.time() - start)
                run = 0.0
        torch.save(
            {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(),
             "average": average.values, "steps": average.steps, "epoch": epoch + 1}, state,
        )  # fmt: skip
        live = {k: v.clone() for k, v in network.state_dict().items()}
        network.load_state_dict(average.values)
        torch.save(network.state_dict(), args.out / "latest.pt")
        for name, some in (("own", [e for e in dev if e.source.section != REAL]),
                           ("real", [e for e in dev if e.source.section == REAL])):  # fmt: skip
            log.info("epoch %d dev %s %s", epoch, name, trainer.measure(some) if some else "")
        network.load_state_dict(live)
    network.load_state_dict(average.values)
    torch.save(network.state_dict(), args.out / "final.pt")


ENGLISH = spacy.blank("en")


def words_of(text: str) -> list[tuple[str, int]]:
    """The words of a sentence as the language layer cuts them, with their offsets."""
    return [(t.text if t.text.strip() else "-", t.idx) for t in ENGLISH(text)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus/events"))
    parser.add_argument("--treebanks", type=Path, help="folder of treebanks: adds the labels of corpus/standoff")
    parser.add_argument("--articles", type=Path, help="folder of articles: adds the labels of corpus/standoff")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--rate", type=float, default=1.6e-4)
    parser.add_argument("--words", type=int, default=1600, help="padded words a batch")
    parser.add_argument("--decay", type=float, default=0.99)
    parser.add_argument("--late", type=int, default=0, help="lower layers that do not see the marks")
    parser.add_argument("--start", type=Path, help="a checkpoint to start from")
    parser.add_argument("--share", type=float, default=1.0, help="of the written sentences that an epoch sees")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--lexicon", type=int, default=0, help="sentences made of each row of the event tables")
    parser.add_argument("--everything", action="store_true", help="hold nothing out: for the weights that are shipped")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stdout)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "labels.json").write_text(json.dumps(LABELS))
    faults: list[str] = []
    labelled = read(args.corpus, faults=faults)
    if args.treebanks and args.articles:
        labelled += standoff.read(treebanks=args.treebanks, articles=args.articles, faults=faults)
    found = [example(one, words_of) for one in labelled]
    for fault in faults:
        log.warning("left out: %s", fault)
    rows = [e for e in found if args.everything or not held_out(e)]
    dev = [e for e in found if held_out(e)]
    if args.lexicon:
        known = load()
        states = [(s.name, s.adjectives[0]) for s in known.states.values() if s.adjectives]
        maker = Maker(states, sorted(set(known.groups.values())), seed=args.seed)
        made = [example(one, words_of) for one in sentences(load_lexicon(), maker, times=args.lexicon)]
        log.info("%d sentences made of the event tables", len(made))
        rows += made
    network = EventNetwork(LABELS, late=args.late)
    if args.start:
        network.load_state_dict(torch.load(args.start, weights_only=True))
    train(Trainer(network, Pieces(encoder_folder() / "tokenizer.json"), device=args.device), rows, dev, args)


if __name__ == "__main__":
    main()
