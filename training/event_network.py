"""The event network: one encoder that reads a sentence, bare or with an actor and a recipient marked in it.

Bare, it says of each word whether it belongs to a party, acts, is acted upon or tells the deed, and scores every
ordered pair of parties (a biaffine form). Marked, it says what passes between the two. The marks are embeddings added
to the pieces of the two spans, as BERT's segments are (Devlin et al. 2019); the two spans, the class token and
the mean of the sentence are pooled for the answer (Baldini Soares et al. 2019).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import AutoModel

from detente.language.pieces import SHAPES
from network import encoder_folder

ROLES = 3  # none, actor, recipient
PAIR = 128
WORD_HEADS = {"party": 3, "trigger": 3, "actor": 1, "recipient": 1}


class EventNetwork(nn.Module):
    """Encoder and heads; `labels` maps event, mode, status, kind, effect to their classes.

    `late` is the number of lower layers that run before the marks are added: with 0 the marks are seen by all layers.
    """

    def __init__(self, labels: dict[str, list[str]], *, late: int = 0) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder_folder(), add_pooling_layer=False, attn_implementation="sdpa")
        self.late = late
        width = self.encoder.config.hidden_size
        self.case = nn.Embedding(SHAPES, width)
        self.role = nn.Embedding(ROLES, width)
        nn.init.zeros_(self.case.weight)
        nn.init.normal_(self.role.weight, std=0.02)
        with torch.no_grad():
            self.role.weight[0].zero_()
        self.drop = nn.Dropout(0.15)
        self.words = nn.ModuleDict({name: nn.Linear(width, size) for name, size in WORD_HEADS.items()})
        self.pair_actor = nn.Sequential(nn.Linear(width, PAIR), nn.GELU())
        self.pair_recipient = nn.Sequential(nn.Linear(width, PAIR), nn.GELU())
        self.pair = nn.Parameter(torch.empty(PAIR + 1, PAIR + 1))
        nn.init.xavier_uniform_(self.pair)
        self.join = nn.Sequential(nn.Linear(4 * width, width), nn.GELU(), nn.Dropout(0.15))
        self.heads = nn.ModuleDict({name: nn.Linear(width, len(values)) for name, values in labels.items()})

    def states(self, ids: Tensor, mask: Tensor, case: Tensor, roles: Tensor) -> Tensor:
        """(B, P, H) the last layer for every piece; roles (B, P)."""
        encoder = self.encoder
        h = encoder.embeddings.word_embeddings(ids) + self.case(case)
        if self.late == 0:
            h = h + self.role(roles)
        h = encoder.embeddings(inputs_embeds=h)
        wide = mask.bool()[:, None, None, :]
        for number, layer in enumerate(encoder.encoder.layer):
            if number == self.late > 0:
                h = h + self.role(roles)
            h = layer(h, attention_mask=wide)
        return h

    def pooled(self, h: Tensor, mask: Tensor, roles: Tensor) -> Tensor:
        """(B, H): what the marked sentence says of the two."""

        def mean(where: Tensor) -> Tensor:
            weights = where.unsqueeze(-1).to(h.dtype)
            return (h * weights).sum(1) / weights.sum(1).clamp(min=1.0)

        every = torch.cat([mean(roles == 1), mean(roles == 2), mean(mask == 1), h[:, 0]], -1)
        return self.join(self.drop(every))

    def gathered(self, h: Tensor, first: Tensor) -> Tensor:
        """(B, N + 1, H): one vector a word."""
        return self.drop(h.gather(1, first.unsqueeze(-1).expand(-1, -1, h.size(-1))))

    def sides(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Two of (B, N + 1, PAIR): each word as one who acts and as one who is acted upon."""
        return self.pair_actor(words), self.pair_recipient(words)

    def pair_scores(self, actors: Tensor, recipients: Tensor) -> Tensor:
        """(K,) scores of K ordered pairs of spans, each given as the mean of its words' sides (K, PAIR)."""
        one = torch.ones_like(actors[..., :1])
        left, right = torch.cat([actors, one], -1), torch.cat([recipients, one], -1)
        return torch.einsum("ki,ij,kj->k", left, self.pair, right)
