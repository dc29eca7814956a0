"""Trains the language layer: treebanks (and marked names) in, a checkpoint out.

    python training/train_language.py --treebanks DIR --names corpus/names --out build/language

Three stages: on the treebanks; on treebanks and marked names together; and once more with other names put in, drawn
from the registers and from the corpus itself. What is shipped is the mean of the three.
Weights are averaged exponentially over the steps; every epoch leaves a checkpoint, and a run that was stopped
goes on from its last one.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
import time
from pathlib import Path

import numpy as np
import spacy
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from detente.language.names import BioDecoder
from detente.language.pieces import Pieces
from detente.language.tree import best_tree
from network import Network, encoder_folder
from score import scores
from treebank import Row, batches, classes, marked, register_names, treebank, varied

log = logging.getLogger("train_language")
IGNORE = -100
HEADS = {"upos": "u", "xpos": "x", "dep": "d", "ner": "n"}


class Average:
    """Exponential moving average of the weights (Polyak and Juditsky 1992), warmed up."""

    def __init__(self, network: nn.Module, *, decay: float) -> None:
        self.decay, self.steps = decay, 0
        self.values = {k: v.detach().clone() for k, v in network.state_dict().items()}

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 20))
        for key, value in network.state_dict().items():
            if value.is_floating_point():
                self.values[key].lerp_(value, 1 - decay)
            else:
                self.values[key].copy_(value)


class Trainer:
    """One network, its labels and its data."""

    def __init__(self, network: Network, labels: dict[str, list[str]], pieces: Pieces) -> None:
        self.network, self.labels, self.pieces = network, labels, pieces
        self.index = {head: {label: i for i, label in enumerate(values)} for head, values in labels.items()}

    def words(self, rows: list[Row]) -> tuple[Tensor, Tensor]:
        batch = self.pieces.batch([row["w"] for row in rows])
        tensors = [torch.from_numpy(a) for a in (batch.ids, batch.mask, batch.case, batch.first)]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            encoded = self.network.encode(*tensors)
        return encoded.float(), torch.from_numpy(batch.words)

    def _targets(self, rows: list[Row], head: str, width: int) -> Tensor:
        index, key = self.index[head], HEADS[head]
        pad = [[IGNORE] + [index[v] for v in row[key]] + [IGNORE] * (width - 1 - len(row["w"])) for row in rows]
        return torch.tensor(pad)

    def loss(self, rows: list[Row]) -> Tensor:
        words, mask = self.words(rows)
        width = words.size(1)
        total = words.sum() * 0
        parsed = [i for i, row in enumerate(rows) if "h" in row]
        if parsed:
            some, chosen = words[parsed], [rows[i] for i in parsed]
            heads = torch.tensor([[IGNORE] + row["h"] + [IGNORE] * (width - 1 - len(row["w"])) for row in chosen])
            arcs = self.network.arcs(some).masked_fill(~mask[parsed][:, None, :], -1e9)
            total = total + F.cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=IGNORE)
            dependent, head = self.network.label_sides(some)
            real = heads >= 0
            row_of = torch.arange(len(parsed))[:, None].expand_as(heads)[real]
            labels = self.network.label_scores(dependent[real], head[row_of, heads[real]])
            total = total + F.cross_entropy(labels, self._targets(chosen, "dep", width)[real])
            for tag in ("upos", "xpos"):
                target = self._targets(chosen, tag, width)
                logits = self.network.heads[tag](some)
                total = total + 0.3 * F.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=IGNORE)
        named = [i for i, row in enumerate(rows) if "n" in row]
        if named:
            target = self._targets([rows[i] for i in named], "ner", width)
            logits = self.network.heads["ner"](words[named])
            loss = F.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=IGNORE)
            total = total + 1.5 * loss * len(named) / len(rows)
        return total

    @torch.inference_mode()
    def measure(self, rows: list[Row]) -> dict[str, float]:
        self.network.eval()
        bio = BioDecoder(self.labels["ner"])
        gold, parsed = [], []
        for batch in batches(rows, words=3000, rng=None):
            words, mask = self.words(batch)
            arcs = self.network.arcs(words).masked_fill(~mask[:, None, :], -1e9).numpy()
            tags = {t: self.network.heads[t](words).argmax(-1).numpy() for t in ("upos", "xpos")}
            names = self.network.heads["ner"](words).numpy()
            dependent, head = self.network.label_sides(words)
            for i, row in enumerate(batch):
                n = len(row["w"])
                tree = best_tree(arcs[i, : n + 1, : n + 1])
                chosen = torch.from_numpy(tree[1:].astype(np.int64))
                label = self.network.label_scores(dependent[i, 1 : n + 1], head[i][chosen]).argmax(-1)
                gold.append(row)
                parsed.append(
                    (
                        [self.labels["upos"][t] for t in tags["upos"][i, 1 : n + 1]],
                        [self.labels["xpos"][t] for t in tags["xpos"][i, 1 : n + 1]],
                        list(tree[1:]),
                        [self.labels["dep"][t] for t in label],
                        bio.decode(names[i, 1 : n + 1]),
                    )
                )
        self.network.train()
        return scores(gold, parsed)


def stage(trainer: Trainer, rows: list[Row], dev: dict[str, list[Row]], args, *, name: str, epochs: int, rate: float):
    """Runs one stage; returns nothing, leaves `NAME.pt` (the averaged weights) in `args.out`."""
    network = trainer.network
    done = args.out / f"{name}.pt"
    if done.exists():
        log.info("%s: done before, loading %s", name, done)
        network.load_state_dict(torch.load(done, weights_only=True))
        return
    groups = [
        {"params": [p for n, p in network.named_parameters() if n.startswith("encoder.")], "lr": rate},
        {"params": [p for n, p in network.named_parameters() if not n.startswith("encoder.")], "lr": rate * 6},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    rng = random.Random(args.seed)
    steps = len(batches(rows, words=args.words, rng=None)) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.06 * steps), max(0.02, (steps - s) / (0.94 * steps)))
    )
    average = Average(network, decay=args.decay)
    start, first = time.time(), 0
    state = args.out / f"{name}-state.pt"
    if state.exists():
        saved = torch.load(state, weights_only=True)
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        average.values, average.steps, first = saved["average"], saved["steps"], saved["epoch"]
        log.info("%s: goes on at epoch %d", name, first)
    for epoch in range(first, epochs):
        run = 0.0
        for number, batch in enumerate(batches(rows, words=args.words, rng=rng), 1):
            loss = trainer.loss(batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            average.update(network)
            run += float(loss.detach())
            if number % 100 == 0:
                log.info("%s epoch %d batch %d loss %.3f %.0fs", name, epoch, number, run / 100, time.time() - start)
                run = 0.0
        torch.save(_state(network, optimizer, schedule, average, epoch=epoch + 1), state)
        if epoch % 2 == 1 or epoch == epochs - 1:
            live = {k: v.clone() for k, v in network.state_dict().items()}
            network.load_state_dict(average.values)
            torch.save(network.state_dict(), args.out / "latest.pt")
            for key, some in dev.items():
                log.info("%s epoch %d %s %s", name, epoch, key, trainer.measure(some))
            network.load_state_dict(live)
    network.load_state_dict(average.values)
    torch.save(network.state_dict(), done)


def _state(network: Network, optimizer, schedule, average: Average, *, epoch: int) -> dict:
    """All that a stopped stage needs to go on."""
    return {
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
        "average": average.values,
        "steps": average.steps,
        "epoch": epoch,
    }


def averaged(paths: list[Path]) -> dict[str, Tensor]:
    """The mean of the weights of several stages: better than each on trees and names (Wortsman et al. 2022)."""
    states = [torch.load(path, weights_only=True) for path in paths]
    return {
        key: (sum(state[key].float() for state in states) / len(states)).to(states[0][key].dtype) for key in states[0]
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--names", type=Path, help="folder of marked sentences; without it only the first stage runs")
    parser.add_argument(
        "--ontology", type=Path, default=Path("src/detente/ontology"), help="registers to draw names from"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, nargs=3, default=(12, 3, 2))
    parser.add_argument("--rates", type=float, nargs=3, default=(2e-4, 1e-4, 1.2e-4))
    parser.add_argument("--words", type=int, default=1400, help="padded words a batch")
    parser.add_argument("--decay", type=float, default=0.998)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stdout)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    rows = [r for name in ("ewt_train", "gumopen_train") for r in treebank(args.treebanks / f"{name}.jsonl.gz")]
    labels = {head: classes(rows, key) for head, key in HEADS.items() if head != "ner"}
    labels["ner"] = ["O"] + [f"{p}-{k}" for k in ("PER", "ORG", "LOC") for p in "BI"]
    (args.out / "labels.json").write_text(json.dumps(labels))
    dev = {n: treebank(args.treebanks / f"{n}.jsonl.gz") for n in ("ewt_dev", "gumopen_dev")}
    trainer = Trainer(Network(labels), labels, Pieces(encoder_folder() / "tokenizer.json"))
    stage(trainer, rows, dev, args, name="treebanks", epochs=args.epochs[0], rate=args.rates[0])
    if args.names:
        english = spacy.blank("en")

        def words_of(text: str) -> list[str]:
            return [t.text for t in english(text) if not t.is_space]

        own = [row for path in sorted(args.names.glob("*.txt")) for row in marked(path, words_of)]
        log.info("%d marked sentences of our own", len(own))
        stage(trainer, rows + own, dev, args, name="names", epochs=args.epochs[1], rate=args.rates[1])
        rng = random.Random(args.seed)
        known = register_names(args.ontology, words_of)
        named = [row for row in rows if "n" in row and any(label != "O" for label in row["n"])]
        more = varied(own, known, share=0.6, rng=rng) + varied(own, known, share=0.3, rng=rng) + own
        more += varied(named, known, share=0.6, rng=rng)
        log.info("%d sentences with names put in", len(more))
        stage(trainer, rows + more, dev, args, name="varied", epochs=args.epochs[2], rate=args.rates[2])
        mixed = averaged([args.out / f"{name}.pt" for name in ("treebanks", "names", "varied")])
        torch.save(mixed, args.out / "final.pt")
        trainer.network.load_state_dict(mixed)
        for key, some in dev.items():
            log.info("final %s %s", key, trainer.measure(some))


if __name__ == "__main__":
    main()
