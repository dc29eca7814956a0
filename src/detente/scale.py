"""Work and items in, answers in order out, computed side by side on the processors of this machine.

Threads suffice: nearly all the time goes into the encoders, and onnxruntime lets other threads run meanwhile.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def side_by_side(work: Callable[[T], R], some: Sequence[T]) -> list[R]:
    """`work` done on every item of a short list; the work may not call this function itself."""
    if len(some) < 2 or cores() < 2:
        return [work(item) for item in some]
    return list(_workers().map(work, some))


def ahead(work: Callable[[T], R], items: Iterable[T], *, workers: int | None = None) -> Iterator[R]:
    """`work` done on every item of a long stream, a few items ahead of the one that is asked for.

    Args:
        work: What is done; errors are raised when the answer's turn has come.
        items: Taken one by one, in the caller's thread.
        workers: Threads; by default one more than processors, so that one may wait while the others compute.
    """
    threads = workers or (cores() + 1 if cores() > 1 else 1)
    if threads < 2:
        yield from map(work, items)
        return
    pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="ahead")
    waiting: deque[Future[R]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > 2 * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


@lru_cache(maxsize=1)
def _workers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=cores(), thread_name_prefix="batch")
