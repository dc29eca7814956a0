"""A climate in, a JSON-ready dict out: one object a period, so that it reads as a table."""

from __future__ import annotations

from detente.records import Climate, Course, Level


def climate_document(climate: Climate) -> dict[str, object]:
    """Levels with their 80 % ranges as [value, low, high]; a period in which nothing was read says `known` false.

    `attention` is events for every 100 articles read (or rows taken in), `conflict` and `material` are shares of what
    is told. `onsets` are first days of weeks.
    """
    return {
        "step": climate.step,
        "periods": [
            {
                "start": start.isoformat(),
                "known": count > 0,
                "coverage": count,
                "mix_changed": climate.mix_changed[i],
                "forward": _levels(climate.forward, place=i),
                "backward": _levels(climate.backward, place=i),
            }
            for i, (start, count) in enumerate(zip(climate.starts, climate.coverage, strict=True))
        ],
        "onsets": {
            "forward": [day.isoformat() for day in climate.forward.onsets],
            "backward": [day.isoformat() for day in climate.backward.onsets],
        },
    }


def _levels(course: Course, *, place: int) -> dict[str, list[float]]:
    return {name: _level(getattr(course, name)[place]) for name in ("attention", "conflict", "material")}


def _level(level: Level) -> list[float]:
    return [round(value, 4) for value in (level.value, level.low, level.high)]
