"""The 10,000 measurements, made when they are first requested.

Each follows from its number and the seed alone, so that all of them are the same each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from random import Random
from typing import ClassVar

from podio_emulator.ids import (
    FIRST_MEASUREMENT_ID,
    GRACE_ID,
    LAST_MEASUREMENT_ID,
    MEASUREMENT_COUNT,
    MEASUREMENTS_APP_ID,
    PRODUCTS_APP_ID,
)
from podio_emulator.model import Author, Item, Revision, Stored
from podio_emulator.sample.apps import APPS
from podio_emulator.sample.places import SOREN_ID
from podio_emulator.times import utc, utc_to_local

#: Name, power (W), flux (lm) and colour (K) of the lamps that are measured; their items are numbered from the first.
_LAMPS = (
    ("Månestråle", 7.5, 720, 2700),
    ("Kumo 雲", 12.0, 1150, 3000),
    ("Fyrtårn", 21.0, 2300, 3500),
    ("Ærø", 9.0, 880, 2700),
    ("Lys &amp; Skygge", 15.0, 1480, 3000),
    ("Hilal هلال", 18.5, 1900, 2700),
)
_REMARKS = (
    "Flickers below 8 % on the trailing-edge dimmer.",
    "Driver swapped before the second run, see the log of the day.",
    "Opal glass from the new batch: slightly warmer than the last.",
    "温度が高めでした。Fan was off for the first hour.",
    "Skal måles igen når sfæren er kalibreret.",
    "Fine 👍",
)
_APP = next(app for app in APPS if app.app_id == MEASUREMENTS_APP_ID)
_FIELDS = {field.external_id: field.field_id for field in _APP.fields}
_START = utc("2019-03-04 06:00:00")
_VERDICTS = (1, 1, 1, 1, 1, 1, 2, 2, 3, 4)


@dataclass(frozen=True, kw_only=True, slots=True)
class Measurements:
    """The measurements of one seed."""

    app_id: ClassVar[int] = MEASUREMENTS_APP_ID
    seed: int

    def holds(self, item_id: int) -> bool:
        """Return whether an id is a measurement's."""
        return FIRST_MEASUREMENT_ID <= item_id <= LAST_MEASUREMENT_ID

    def make(self) -> tuple[Item, ...]:
        """Make all of them."""
        return _measurements(self.seed)


@lru_cache(maxsize=2048)
def _shared(value: int | str, currency: str | None = None) -> tuple[Stored, ...]:
    # Values that occur often are kept once: fewer objects, and less work for the garbage collector.
    return ({"value": value} if currency is None else {"value": value, "currency": currency},)


@lru_cache(maxsize=2)
def _measurements(seed: int) -> tuple[Item, ...]:
    # Items are values and never change, so that a reset may hand out the same ones again.
    return tuple(measurement(seed, number) for number in range(1, MEASUREMENT_COUNT + 1))


def measurement(seed: int, number: int) -> Item:
    """Make the measurement with this number, from 1."""
    dice = Random(seed * 1_000_003 + number)
    lamp = dice.randrange(len(_LAMPS))
    name, nominal_power, nominal_flux, colour = _LAMPS[lamp]
    power = round(nominal_power * dice.uniform(0.96, 1.05), 2)
    flux = round(nominal_flux * dice.uniform(0.9, 1.06), 1)
    moment = _START + timedelta(minutes=405 * number + dice.randrange(180))
    local = utc_to_local(moment)
    author = Author(type="user", id=SOREN_ID if dice.random() < 0.8 else GRACE_ID)
    item_id = FIRST_MEASUREMENT_ID + number - 1
    title = f"M-{number:05d} {name}"
    measured_on = {
        "start_date": local.date().isoformat(),
        "start_time": local.time().isoformat(),
        "end_date": None,
        "end_time": None,
    }
    values: dict[int, tuple[Stored, ...]] = {
        _FIELDS["name"]: ({"value": title},),
        _FIELDS["lamp"]: _shared(PRODUCTS_APP_ID * 1000 + lamp + 1),
        _FIELDS["measured-on"]: (measured_on,),
        _FIELDS["verdict"]: _shared(dice.choice(_VERDICTS)),
        _FIELDS["flux"]: ({"value": f"{flux:.4f}"},),
        _FIELDS["power"]: ({"value": f"{power:.4f}"},),
        _FIELDS["efficacy"]: ({"value": f"{flux / power:.4f}"},),
        _FIELDS["colour"]: _shared(f"{colour + dice.randrange(-80, 81)}.0000"),
        _FIELDS["complete"]: _shared(100 if dice.random() < 0.9 else dice.randrange(5, 100)),
        _FIELDS["burned"]: _shared(3600 * dice.randrange(1, 100)),
        _FIELDS["cost"]: _shared(f"{dice.randrange(180, 950)}.0000", "DKK"),
        _FIELDS["by"]: _shared(author.id + 1000),
    }
    if dice.random() < 0.15:
        values[_FIELDS["remark"]] = _shared(dice.choice(_REMARKS))
    created = Revision(
        item_revision_id=item_id * 10,
        revision=0,
        type="creation",
        created_on=moment,
        created_by=author,
        created_via=1,
    )
    return Item(
        item_id=item_id,
        app_item_id=number,
        app_id=_APP.app_id,
        title=title,
        values=values,
        created_on=moment,
        created_by=author,
        created_via=1,
        revisions=(created,),
        external_id=f"measurement-{number}",
        last_event_on=moment,
    )
