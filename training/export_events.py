"""Writes a trained event network as the shipped model: int8 ONNX graph, pair form, labels, temperatures.

    python training/export_events.py --checkpoint build/events/final.pt --out MODEL_DIR

The encoder's matrices and the embedding table become int8 (dynamic, per channel), the heads stay float32. The tokenizer
is that of the language model beside it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from event_network import EventNetwork

INPUTS = ("ids", "mask", "case", "roles", "first")
PAIRED = ("event", "mode", "status", "kind", "effect")
WORDS = ("party", "trigger", "actor", "recipient", "left", "right")


class Graph(nn.Module):
    """Everything before decoding: what a marked sentence says, and what its words are."""

    def __init__(self, network: EventNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor, case: Tensor, roles: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        network = self.network
        states = network.states(ids, mask, case, roles)
        pooled = network.pooled(states, mask, roles)
        words = network.gathered(states, first)
        left, right = network.sides(words)
        return (
            *(network.heads[name](pooled) for name in PAIRED),
            *(network.words[name](words) for name in WORDS[:4]),
            left,
            right,
        )


def export(network: EventNetwork, path: Path) -> None:
    """Traces the graph at `path`, then quantises the encoder."""
    ones = torch.ones(2, 12, dtype=torch.long)
    batch = (torch.randint(5, 1000, (2, 12)), ones, ones, ones, torch.arange(7).repeat(2, 1))
    axes = {name: {0: "b", 1: "p"} for name in INPUTS[:4]} | {"first": {0: "b", 1: "n"}}
    axes |= {name: {0: "b"} for name in PAIRED} | {name: {0: "b", 1: "n"} for name in WORDS}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            Graph(network).eval(), batch, str(full), input_names=list(INPUTS), output_names=[*PAIRED, *WORDS],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        graph = onnx.load(full).graph
        tables = {t.name for t in graph.initializer if t.dims and t.dims[0] > 1000}  # the embedding table
        keep = [
            node.name
            for node in graph.node
            if node.op_type in ("MatMul", "Gemm", "Gather")
            and "/layer." not in node.name
            and not tables & set(node.input)
        ]
        quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=keep)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--late", type=int, default=0)
    args = parser.parse_args()
    labels = json.loads((args.checkpoint.parent / "labels.json").read_text())
    network = EventNetwork(labels, late=args.late)
    network.load_state_dict(torch.load(args.checkpoint, weights_only=True))
    network.eval()
    args.out.mkdir(parents=True, exist_ok=True)
    export(network, args.out / "events.onnx")
    np.savez_compressed(args.out / "events.npz", pair=network.pair.detach().numpy())
    (args.out / "events.json").write_text(json.dumps(labels, indent=0))
    for file in sorted(args.out.iterdir()):
        print(f"{file.stat().st_size / 1e6:8.2f} MB  {file.name}")


if __name__ == "__main__":
    main()
