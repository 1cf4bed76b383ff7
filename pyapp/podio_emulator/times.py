"""Podio's spellings of dates and times, and the sample people's time zone. Performs no I/O.

Podio writes ``YYYY-MM-DD HH:MM:SS`` without a zone: UTC, except for dates that people entered, which are local. The
sample people live in Copenhagen; the European summer-time rule is computed here because a browser's Python carries no
time zone data.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


def written(moment: datetime) -> str:
    """Write a moment as Podio does, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def utc(text: str) -> datetime:
    """Read ``YYYY-MM-DD HH:MM:SS`` (or without seconds, or a date alone) as UTC. Raise ValueError on anything else."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _last_sunday(year: int, month: int) -> datetime:
    last = date(year, month, 31)
    sunday = last - timedelta(days=(last.weekday() + 1) % 7)
    return datetime(year, month, sunday.day, 1, tzinfo=UTC)


def local_to_utc(local: datetime) -> datetime:
    """Turn a naive Copenhagen time into UTC; the hour that occurs twice in autumn counts as summer time."""
    summer = local.replace(tzinfo=UTC) - timedelta(hours=2)
    if _last_sunday(local.year, 3) <= summer < _last_sunday(local.year, 10):
        return summer
    return local.replace(tzinfo=UTC) - timedelta(hours=1)


def utc_to_local(moment: datetime) -> datetime:
    """Turn a UTC time into a naive Copenhagen time."""
    is_summer = _last_sunday(moment.year, 3) <= moment < _last_sunday(moment.year, 10)
    return (moment + timedelta(hours=2 if is_summer else 1)).replace(tzinfo=None)
