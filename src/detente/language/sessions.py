"""A model's file in, a session that runs it out."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import onnxruntime

from detente.errors import ModelError

# Measured on one core: adding and normalising in one step is not vectorised in onnxruntime and costs a fifth of a run.
_SLOW = ["SkipLayerNormFusion"]


def session(path: Path, *, threads: int = 1) -> onnxruntime.InferenceSession:
    """A session on the model at `path`; a run takes `threads` processor threads, several runs may go side by side.

    Raises:
        ModelError: The file does not load.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # patterns are kept for every length of batch, and hardly any comes twice
    options.add_session_config_entry("session.use_env_allocators", "1")
    _one_arena()
    try:
        return onnxruntime.InferenceSession(str(path), options, disabled_optimizers=_SLOW)
    except Exception as error:
        raise ModelError(f"language model: {path} does not load: {error}") from error


@lru_cache(maxsize=1)
def _one_arena() -> None:
    """One arena for the working memory of all sessions, which grows by what is asked for.

    By default each session has its own and doubles it: 220 MiB above the loaded models with three articles at a time,
    against 110.
    """
    info = onnxruntime.OrtMemoryInfo(
        "Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT
    )
    by_request = onnxruntime.OrtArenaCfg(0, 1, -1, -1)  # no limit; 1 is kSameAsRequested
    onnxruntime.create_and_register_allocator(info, by_request)
