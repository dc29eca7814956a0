"""Writes a trained network as the shipped model: int8 ONNX graph, label tensor, lemma table, tokenizer, labels.

    python training/export_language.py --checkpoint build/language/final.pt --treebanks DIR --out MODEL_DIR

The encoder's matrices and the embedding table become int8 (dynamic, per channel); the heads stay float32, since
they are small and the trees depend on them.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from network import Network, encoder_folder
from treebank import treebank

INPUTS = ("ids", "mask", "case", "first")
OUTPUTS = ("upos", "xpos", "ner", "arcs", "dependent", "head")


class Graph(nn.Module):
    """The part of the network that runs before decoding."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor, case: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        words = self.network.encode(ids, mask, case, first)
        heads = self.network.heads
        dependent, head = self.network.label_sides(words)
        return (
            heads["upos"](words).argmax(-1),
            heads["xpos"](words).argmax(-1),
            heads["ner"](words),
            self.network.arcs(words),
            dependent,
            head,
        )


def export(network: Network, path: Path) -> None:
    """Traces the graph at `path`, then quantises the encoder in place."""
    batch = [torch.randint(5, 1000, (2, 12)), torch.ones(2, 12, dtype=torch.long), torch.ones(2, 12, dtype=torch.long)]
    batch.append(torch.arange(7).repeat(2, 1))
    axes = {name: {0: "b", 1: "p"} for name in ("ids", "mask", "case")}
    axes |= {name: {0: "b", 1: "n"} for name in ("first", *OUTPUTS)}
    axes["arcs"] = {0: "b", 1: "n", 2: "n"}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            Graph(network).eval(), tuple(batch), str(full), input_names=list(INPUTS), output_names=list(OUTPUTS),
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        graph = onnx.load(full).graph
        tables = {t.name for t in graph.initializer if t.dims and t.dims[0] > 1000}  # the embedding table
        keep = [
            node.name
            for node in graph.node
            if node.op_type in ("MatMul", "Gemm", "Gather")
            and "/encoder/" not in node.name
            and not tables & set(node.input)
        ]
        quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=keep)


def lemma_table(rows: list[dict]) -> dict[str, str]:
    """Most frequent lemma of every irregular `form/UPOS` seen at least twice; the rest is left to rules."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        for word, tag, lemma in zip(row["w"], row["u"], row["l"], strict=True):
            if tag in ("AUX", "PRON", "DET", "NUM", "PART", "SCONJ", "ADP"):
                counts[word.lower(), tag][lemma.lower() if tag != "PRON" else lemma] += 1
    return {f"{w}/{t}": c.most_common(1)[0][0] for (w, t), c in counts.items() if sum(c.values()) >= 2}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    labels = json.loads((args.checkpoint.parent / "labels.json").read_text())
    network = Network(labels)
    network.load_state_dict(torch.load(args.checkpoint, weights_only=True))
    network.eval()
    args.out.mkdir(parents=True, exist_ok=True)
    export(network, args.out / "english.onnx")
    np.savez_compressed(args.out / "labels.npz", label=network.label.detach().numpy().astype(np.float16))
    (args.out / "labels.json").write_text(json.dumps(labels, indent=0))
    rows = [r for name in ("ewt_train", "gumopen_train") for r in treebank(args.treebanks / f"{name}.jsonl.gz")]
    table = lemma_table(rows)
    (args.out / "lemmas.json").write_text(json.dumps(table, ensure_ascii=False, sort_keys=True, indent=0))
    shutil.copy(encoder_folder() / "tokenizer.json", args.out / "tokenizer.json")
    for file in sorted(args.out.iterdir()):
        print(f"{file.stat().st_size / 1e6:8.2f} MB  {file.name}")


if __name__ == "__main__":
    main()
