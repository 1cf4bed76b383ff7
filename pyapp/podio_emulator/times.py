"""Podio's spellings of dates and times, and the sample users' time zone.

Podio writes ``YYYY-MM-DD HH:MM:SS`` without a zone: UTC, except for dates that users entered, which are local. The
sample users live in Copenhagen; the European summer-time rule is computed here because a browser's Python carries no
time zone data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

TIMEZONES = ("Europe/Copenhagen",)


def time_text(moment: datetime) -> str:
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
    """Turn a naive Copenhagen time into UTC; ``fold`` distinguishes the hour that occurs twice in autumn (PEP 495)."""
    summer = local.replace(tzinfo=UTC, fold=0) - timedelta(hours=2)
    end = _last_sunday(local.year, 10)
    is_second = local.fold == 1 and end - timedelta(hours=1) <= summer
    if _last_sunday(local.year, 3) <= summer < end and not is_second:
        return summer
    return summer + timedelta(hours=1)


def utc_to_local(moment: datetime) -> datetime:
    """Turn a UTC time into a naive Copenhagen time; the second of two equal ones has ``fold`` 1 (PEP 495)."""
    end = _last_sunday(moment.year, 10)
    is_summer = _last_sunday(moment.year, 3) <= moment < end
    is_second = end <= moment < end + timedelta(hours=1)
    return (moment + timedelta(hours=2 if is_summer else 1)).replace(tzinfo=None, fold=int(is_second))


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """What day it is, and which day a moment belongs to: of UTC, or of the user's zone (``is_local``)."""

    now: datetime
    is_local: bool = False

    def day_of(self, moment: datetime) -> date:
        """Return the day that a moment belongs to."""
        return (utc_to_local(moment) if self.is_local else moment).date()

    @property
    def today(self) -> date:
        """The day that it is now."""
        return self.day_of(self.now)
