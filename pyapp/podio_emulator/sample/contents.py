"""The sample's files, links and comments."""

from __future__ import annotations

from typing import Any

from podio_emulator.ids import (
    ADA_ID,
    DUBAI_SPACE_ID,
    GRACE_ID,
    IMPORT_SPACE_ID,
    RESEARCH_SPACE_ID,
    SALES_SPACE_ID,
)
from podio_emulator.model import Author, Comment, Embed, StoredFile
from podio_emulator.sample.places import LAYLA_ID, SOREN_ID, YOKO_ID
from podio_emulator.times import utc

Fields = dict[str, Any]


def _user(user_id: int) -> Author:
    return Author(type="user", id=user_id)


def _file(
    file_id: int,
    name: str,
    mimetype: str,
    space_id: int | None,
    by: int,
    text: str = "",
    description: str | None = None,
) -> StoredFile:
    return StoredFile(
        file_id=file_id,
        name=name,
        mimetype=mimetype,
        description=description,
        created_on=utc("2026-09-14 09:20:00"),
        created_by=_user(by),
        space_id=space_id,
        public=space_id is None,
        text=text,
    )


_PNG, _PDF = "image/png", "application/pdf"

FILES = (
    *(
        _file(8000 + place, f"{name}.png", _PNG, None, ADA_ID)
        for place, name in enumerate(("ada", "grace", "soren", "yoko", "layla", "lysholm-logo"), 1)
    ),
    _file(8011, "Månestråle front.png", _PNG, RESEARCH_SPACE_ID, GRACE_ID),
    _file(8012, "Månestråle &amp; shade.png", _PNG, RESEARCH_SPACE_ID, GRACE_ID, description="Without the cable"),
    _file(8013, "雲.png", _PNG, RESEARCH_SPACE_ID, GRACE_ID),
    _file(8014, "Fyrtårn.png", _PNG, RESEARCH_SPACE_ID, GRACE_ID),
    _file(8015, "هلال.png", _PNG, RESEARCH_SPACE_ID, GRACE_ID),
    _file(8021, "Drawing M-12 rev C.pdf", _PDF, RESEARCH_SPACE_ID, SOREN_ID, "Drawing M-12, revision C\nScale 1:5"),
    _file(8022, "Offer Hotel Fjord.pdf", _PDF, SALES_SPACE_ID, ADA_ID, "Offer to Hotel Fjord & Spa\n48 lamps, mounted"),
    _file(
        8023,
        "Rooms &amp; lamps.csv",
        "text/csv",
        SALES_SPACE_ID,
        GRACE_ID,
        "Room,Lamp,Pieces\nLobby,Fyrtårn,6\nRestaurant,Kumo 雲,18\nCorridors,Ærø,24\n",
    ),
    _file(8024, "請求書 2026-11.pdf", _PDF, IMPORT_SPACE_ID, YOKO_ID, "Invoice K-2026-11"),
    _file(8025, "Lobby.png", _PNG, DUBAI_SPACE_ID, LAYLA_ID),
    _file(8026, "Stairs &amp; lift.png", _PNG, DUBAI_SPACE_ID, LAYLA_ID),
    _file(8027, "INV-2026-031.pdf", _PDF, DUBAI_SPACE_ID, LAYLA_ID, "INV-2026-031\nMarina Residence\nAED 86,400"),
)


def _link(embed_id: int, url: str, title: str, description: str, kind: str, hostname: str) -> Embed:
    return Embed(embed_id=embed_id, url=url, title=title, description=description, type=kind, hostname=hostname)


EMBEDS = (
    _link(
        9001,
        "https://hotel-fjord.example/",
        "Hotel Fjord &amp; Spa",
        "Twenty-four rooms on the water.",
        "link",
        "hotel-fjord.example",
    ),
    _link(
        9002,
        "https://films.example/maanestraale",
        "Månestråle: from sheet to shade",
        "Two minutes in the workshop.",
        "video",
        "films.example",
    ),
    _link(9003, "https://marina-residence.example/en", "Marina Residence", "", "link", "marina-residence.example"),
)


def _comment(comment_id: int, item_id: int, by: int, on: str, value: str, file_ids: tuple[int, ...] = ()) -> Comment:
    return Comment(
        comment_id=comment_id,
        ref_id=item_id,
        value=value,
        created_on=utc(on),
        created_by=_user(by),
        created_via=1,
        file_ids=file_ids,
    )


COMMENTS = (
    _comment(
        7001,
        31_001,
        ADA_ID,
        "2026-09-02 08:14:20",
        "Astrid called: the lobby has to be lit by 5 December, the rest can wait until the guests are gone.",
    ),
    _comment(
        7002,
        31_001,
        GRACE_ID,
        "2026-09-02 09:01:55",
        "@[Ada Lysholm](user:101) that's tight for Fyrtårn, the glass is still at the blower's. "
        "I could hang six Kumo 雲 for the winter & swap them in March?",
    ),
    _comment(7003, 31_001, ADA_ID, "2026-09-02 09:20:07", "She loves it. Offer is attached.\n\nThank you! 🙏", (8022,)),
    _comment(
        7004,
        31_001,
        SOREN_ID,
        "2026-11-19 14:20:33",
        "Måling af de seks første er færdig: 1 < 2 % afvigelse.\nSe https://hotel-fjord.example/rapport?uge=47&rev=2.",
    ),
    _comment(7005, 31_003, GRACE_ID, "2026-02-11 06:30:00", "納品完了しました。ありがとうございました。"),
    _comment(7006, 31_006, SOREN_ID, "2026-10-08 12:00:01", "<script>alert('comment')</script> … spam, please delete."),
    _comment(7007, 32_001, GRACE_ID, "2026-10-30 15:44:12", "The listed ceiling needs a permit for each hook."),
    _comment(7008, 32_001, ADA_ID, "2026-11-03 07:05:40", "Permit for twelve hooks is in. That leaves six."),
    _comment(7009, 33_001, SOREN_ID, "2026-11-12 10:10:10", "Revision C of the drawing is up, slit is now 1.6 mm."),
    _comment(7010, 35_001, YOKO_ID, "2026-11-16 01:12:00", "船は神戸を出ました 🚢 ETA 27 November."),
    _comment(
        7011, 37_001, LAYLA_ID, "2026-11-05 14:02:00", "تم إرسال الصور. Photos are in, the east wall is the problem."
    ),
    _comment(7012, 38_002, LAYLA_ID, "2026-11-12 08:00:00", "Omar promises the rest by the end of the month."),
)
