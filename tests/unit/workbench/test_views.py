"""The page's HTML, read back with the standard library's parser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import pytest
from tests.unit.workbench.driver import APP, NOW, ROWS, Page, html, item_answer

from podio import RenewalCancelled
from workbench import clicks, page_view, sample, state
from workbench.core.faults import Activity, Fault
from workbench.events import (
    CallIsSlow,
    Clicked,
    ClockRead,
    ConnectionChanged,
    DraftsDenied,
    DraftStored,
    RenewalChanged,
    Started,
    Submitted,
    Typed,
)
from workbench.failures import Failure, Kind, describe
from workbench.screens.app import columns
from workbench.state import Renewal, RenewalPhase, SignInRefusal, Site, State
from workbench.views.fault import fault
from workbench.views.people import initials

SignedIn = Callable[..., Page]
HOSTILE = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>"
VOID = {"input", "br", "img", "hr", "meta", "link", "col"}
DOWN = Failure(kind=Kind.SERVER, message="Podio has a problem at the moment. Wait a little and try again.")


@dataclass
class Node:
    tag: str
    attributes: dict[str, str]
    text: str = ""
    inside: list[Node] = field(default_factory=list)


class Reader(HTMLParser):
    """Read HTML into a flat list of nodes, each with all text below it; strict about closing tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.nodes: list[Node] = []
        self._open: list[Node] = []
        self.feed(html)
        self.close()
        assert self._open == [], [node.tag for node in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.nodes.append(node)
        for outer in self._open:
            outer.inside.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for node in self._open:
            node.text += data

    def all(self, tag: str = "", **attributes: str) -> list[Node]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            node
            for node in self.nodes
            if tag in ("", node.tag) and all(node.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str = "", **attributes: str) -> Node:
        (node,) = self.all(tag, **attributes)
        return node

    def alerts(self) -> list[str]:
        return [node.text for node in self.all(role="alert")]

    def buttons(self) -> list[str]:
        return [node.text for node in self.all("button")]


def drawn(page: Page) -> Reader:
    reader = Reader(html(page))
    ids = Counter(node.attributes["id"] for node in reader.nodes if "id" in node.attributes)
    assert [name for name, number in ids.items() if number > 1] == []
    assert not [node for node in reader.nodes if "style" in node.attributes]
    assert not [name for node in reader.nodes for name in node.attributes if name.startswith("on")]
    assert len(reader.all("h1")) == 1
    assert len(reader.all("main")) == 1
    labelled = {node.attributes.get("for") for node in reader.all("label")}
    for control in (*reader.all("input"), *reader.all("textarea"), *reader.all("select")):
        assert control.attributes["id"] in labelled
        assert "data-fill" in control.attributes
    return reader


def signed_out(**changes: object) -> Page:
    page = Page()
    event = Started(site=Site(client_id="workbench", host="example.com"), fragment="", now=NOW, signed_in=False)
    page.take(replace(event, **changes))  # type: ignore[arg-type]
    return page


# Signed out


def test_signed_out_the_page_says_what_it_is_and_offers_the_way_in() -> None:
    reader = drawn(signed_out())
    assert "Sign in with Podio" in reader.buttons()
    assert "session storage" in reader.one("main").text


def test_whoever_is_on_the_way_to_podio_reads_so() -> None:
    page = signed_out(fragment="#/app/7", sign_in_by_itself=True)
    page_html = html(page)
    assert "Going to Podio" in page_html
    assert "<button" not in page_html


def test_the_card_says_where_the_sign_in_is_kept() -> None:
    assert "this tab's" in drawn(signed_out()).one("main").text
    site = Site(client_id="workbench", own_origin=True)
    assert "this site's open tabs" in drawn(signed_out(site=site)).one("main").text


def test_another_user_for_the_second_time_is_shown_the_way_out_of_podio(signed_in: Callable[..., Page]) -> None:
    page = signed_in()
    site = replace(page.state.site, podio_sign_out_url="https://podio.com/logout")
    other = Renewal(phase=RenewalPhase.ANOTHER_USER, user_name="Ada", other_user_name="Grace")
    for times, is_sample, links in ((1, False, 0), (2, False, 1), (3, False, 1), (2, True, 0)):
        site = replace(site, is_sample=is_sample)
        account = replace(page.state.account, renewal=other, other_user_times=times)
        page.state = replace(page.state, site=site, account=account)
        found = drawn(page).all("a", href="https://podio.com/logout")
        assert len(found) == links
        assert all("noreferrer" in link.attributes["rel"] for link in found)


def test_without_a_client_id_the_owner_reads_what_to_do_in_place_of_a_dead_button() -> None:
    reader = drawn(signed_out(site=Site(host="me.github.io")))
    assert reader.buttons() == ["Try sample data"]
    text = reader.one("main").text
    assert "me.github.io" in text
    assert "config.json" in text
    assert reader.all("a", href="https://podio.com/settings/api")


def test_the_sample_is_offered_and_says_what_it_waits_for() -> None:
    page = signed_out()
    assert "Try sample data" in drawn(page).buttons()
    page.take(RenewalChanged(renewal=Renewal(phase=RenewalPhase.WINDOW_OPEN)))
    assert [text for text in drawn(page).buttons() if "in with" not in text] == ["Cancel"]
    page.take(RenewalChanged(renewal=Renewal(phase=RenewalPhase.SEEMS_CLOSED)))
    assert [text for text in drawn(page).buttons() if "in with" not in text] == ["Open the window again", "Cancel"]
    page.take(RenewalChanged(renewal=Renewal(phase=RenewalPhase.CHECKING)))
    assert "Opening the sample data" in drawn(page).one("section", id="sample").text


def test_a_blocked_sample_window_is_an_alert_with_a_way_on() -> None:
    page = signed_out()
    page.take(RenewalChanged(renewal=Renewal(phase=RenewalPhase.NEEDS_CLICK)))
    reader = drawn(page)
    (alert,) = reader.alerts()
    assert "Allow pop-up windows" in alert
    assert "Try sample data" in reader.buttons()


def test_why_the_sample_came_to_nothing_is_an_alert_until_it_is_tried_again() -> None:
    page = signed_out()
    page.take(RenewalChanged(renewal=Renewal(phase=RenewalPhase.FAILED, message=sample.NOT_LOADED)))
    assert drawn(page).alerts() == [sample.NOT_LOADED]
    assert "Try sample data" in drawn(page).buttons()
    page.take(Clicked(click=clicks.TrySample()), RenewalChanged(renewal=Renewal(phase=RenewalPhase.WINDOW_OPEN)))
    assert drawn(page).alerts() == []


def test_in_the_sample_a_banner_says_all_the_time_that_nothing_is_real(signed_in: SignedIn) -> None:
    banner = drawn(signed_in(site=Site(is_sample=True))).one("aside", id="sample-banner")
    assert "Sample data: nothing here is real; nothing leaves this page." in banner.text
    assert [node.text for node in banner.inside if node.tag == "button"] == ["Let the sign-in expire now", "Leave"]


def test_with_podio_no_banner_speaks_of_a_sample(signed_in: SignedIn) -> None:
    assert drawn(signed_in()).all(id="sample-banner") == []


def test_a_refused_sign_in_shows_podio_s_words_as_text_and_a_way_on() -> None:
    reader = drawn(signed_out(refusal=SignInRefusal(code="access_denied", description=HOSTILE)))
    (alert,) = reader.alerts()
    assert HOSTILE in alert
    assert "access_denied" in alert
    assert not reader.all("script")
    assert "Sign in with Podio" in reader.buttons()


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("access_denied", "refused access"),
        ("invalid_request", "Start again"),
        ("invalid_client", "client id"),
        ("unauthorized_client", "client id"),
        ("unsupported_response_type", "Sign in again"),
        ("invalid_scope", "site's owner"),
        ("invalid_grant", "Sign in again"),
        ("server_error", "Podio has a problem"),
        ("temporarily_unavailable", "Podio is busy"),
        ("an_error_of_tomorrow", "Sign in again"),
    ],
)
def test_every_error_of_podio_comes_with_its_words_and_advice(code: str, advice: str) -> None:
    words = "Das geht nicht — 42 %"
    (alert,) = drawn(signed_out(refusal=SignInRefusal(code=code, description=words))).alerts()
    for text in ("Podio says", words, code, advice):
        assert text in alert


def test_a_refusal_of_the_pages_own_is_not_laid_to_podio() -> None:
    (alert,) = drawn(signed_out(refusal=SignInRefusal(code="invalid_answer", description="Not this page's."))).alerts()
    assert "Not this page's." in alert
    assert "Podio says" not in alert


# Inert content


@pytest.mark.parametrize(
    "fragment", ["#/", "#/space/6", "#/app/7", "#/app/7/item/9", "#/app/7/item/9/edit", "#/app/7/new"]
)
def test_hostile_names_and_texts_are_text(signed_in: SignedIn, fragment: str) -> None:
    page = signed_in(fragment, but=["/org/", "/item/9", "/app/7", "/app/space/6/", "/comment/item/9/", "/user/status"])
    fields = [{"field_id": 1, "type": "text", "label": HOSTILE, "values": [{"value": HOSTILE}]}]
    page.answer("/user/status", {"user": {"user_id": 1}, "profile": {"name": HOSTILE}})
    page.answer("/org/", [{"org_id": 5, "name": HOSTILE, "spaces": [{"space_id": 6, "name": HOSTILE}]}])
    if "app" in fragment:
        page.answer("/app/7", {**APP, "config": {"name": HOSTILE, "item_name": HOSTILE, "description": HOSTILE}})
    if page.calls("/app/space/6/"):
        page.answer("/app/space/6/", [{"app_id": 7, "config": {"name": HOSTILE}}])
    if "item" in fragment:
        page.answer("/item/9", item_answer(title=HOSTILE, fields=fields, tags=[HOSTILE], link="javascript:alert(1)"))
        page.answer(
            "/comment/item/9/",
            [{"comment_id": 1, "value": HOSTILE, "rich_value": HOSTILE, "created_by": {"name": HOSTILE}}],
        )
    reader = drawn(page)
    assert not reader.all("script")
    assert not reader.all("img")
    assert not [node for node in reader.all("a") if node.attributes.get("href", "").startswith("javascript")]


def test_a_comment_without_html_of_podio_s_is_shown_as_it_was_typed(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9", but=["/comment/item/9/"])
    page.answer("/comment/item/9/", [{"comment_id": 1, "value": "see <b>this</b> &amp; that"}])
    assert "see <b>this</b> & that" in drawn(page).one(id="comment-1").text


def test_links_out_of_the_page_reveal_nothing_of_it(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9", but=["/comment/item/9/"])
    page.answer("/comment/item/9/", [{"comment_id": 1, "rich_value": '<a href="https://example.com">x</a>'}])
    link = drawn(page).one("a", href="https://example.com")
    assert "noopener" in link.attributes["rel"]
    assert "noreferrer" in link.attributes["rel"]


# Signed in


def test_names_with_entities_are_shown_as_people_wrote_them(signed_in: SignedIn) -> None:
    reader = drawn(signed_in("#/app/7"))
    assert reader.one("h1").text == "Leads & Clients"
    assert reader.one(id="me-name").text == "Ada & Co"


def test_the_side_bar_marks_where_the_user_is(signed_in: SignedIn) -> None:
    reader = drawn(signed_in("#/app/7"))
    assert [node.text for node in reader.one("nav", id="side").inside if node.attributes.get("aria-current")] == [
        "Leads & Clients"
    ]


def test_a_table_says_where_it_is_and_how_it_is_sorted(signed_in: SignedIn) -> None:
    reader = drawn(signed_in("#/app/7"))
    assert reader.one(id="range").text == "1–30 of 31"
    assert [node.text for node in reader.all("th", aria_sort="descending")] == ["Created▾"]
    assert reader.one("a", id="page-next").attributes["href"] == "#/app/7?page=2"
    assert reader.one("a", id="page-previous").attributes["aria-disabled"] == "true"
    assert reader.one("a", id="sort-title").attributes["href"] == "#/app/7?sort=title&desc=0"


def test_the_title_s_own_field_is_no_column_twice(signed_in: SignedIn) -> None:
    reader = drawn(signed_in("#/app/7"))
    assert [node.text for node in reader.all("th", scope="col")] == ["Title", "Size", "Phase", "Worth", "Created▾"]
    assert columns(None) == ()


def test_category_colours_lie_in_data_for_the_loop_to_set(signed_in: SignedIn) -> None:
    fields = [
        {
            "field_id": 3,
            "type": "category",
            "label": "Phase",
            "values": [{"value": {"id": 1, "text": "New", "color": "DCEBD8"}}],
        }
    ]
    page = signed_in("#/app/7/item/9", but=["/item/9"])
    page.answer("/item/9", item_answer(fields=fields))
    assert drawn(page).one("span", data_color="DCEBD8").text == "New"


def test_an_empty_app_says_so(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7", but=["/item/app/7/filter/"])
    page.answer("/item/app/7/filter/", {"filtered": 0, "items": []})
    assert "no items yet" in drawn(page).one("main").text


def test_an_address_of_nothing_says_so_and_shows_the_way_home(signed_in: SignedIn) -> None:
    reader = drawn(signed_in("#/org/99"))
    assert "No such" in reader.one("h1").text
    assert reader.alerts()


def test_a_workspace_that_podio_cannot_find_leads_home(signed_in: SignedIn) -> None:
    page = signed_in("#/space/77")
    page.fail("/app/space/77/", Failure(kind=Kind.MISSING, message="Podio can't find this."))
    assert drawn(page).one("h1").text == "No such workspace"


@pytest.mark.parametrize("path", ["/item/app/7/filter/", "/item/9", "/comment/item/9/"])
def test_what_could_not_be_read_says_why_and_can_be_tried_again(signed_in: SignedIn, path: str) -> None:
    page = signed_in("#/app/7" if "filter" in path else "#/app/7/item/9", but=[path])
    page.fail(path, DOWN)
    reader = drawn(page)
    assert [text for text in reader.alerts() if DOWN.message in text]
    assert "Try again" in reader.buttons()


def test_when_all_fails_there_is_one_alert_for_the_main_part(signed_in: SignedIn) -> None:
    page = signed_in("#/", but=["/org/"])
    page.fail("/org/", DOWN)
    assert len(drawn(page).alerts()) == 1


def test_a_slow_podio_is_said_to_be_slow(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7", but=["/item/app/7/filter/"])
    page.take(CallIsSlow(tag=page.last_call("/item/app/7/filter/").tag))
    reader = drawn(page)
    assert "Podio is slow to answer" in reader.one("main").text
    assert "Stop waiting" in reader.buttons()


def test_old_rows_stay_on_the_page_while_others_load(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7")
    page.take(Clicked(click=clicks.Refresh()))
    reader = drawn(page)
    assert reader.one(id="row-100")
    assert reader.one("table", id="rows").attributes["aria-busy"] == "true"
    assert len(ROWS["items"]) == len(
        [node for node in reader.all("tr") if node.attributes.get("id", "").startswith("row-")]
    )


# Forms


def test_a_control_shows_its_draft_and_counts_its_fills(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    page.take(Typed(form="comment:item:9", control="text", text="half a"))
    before = drawn(page).one("textarea")
    assert before.text == "half a"
    page.take(Typed(form="comment:item:9", control="text", text="half a thought"))
    assert drawn(page).one("textarea").attributes["data-fill"] == before.attributes["data-fill"]
    page.take(Clicked(click=clicks.Discard(form="comment:item:9")), Clicked(click=clicks.ConfirmDiscard()))
    after = drawn(page).one("textarea")
    assert (after.text, after.attributes["data-fill"] == before.attributes["data-fill"]) == ("", False)


def test_a_control_that_nobody_typed_in_shows_what_the_item_holds_by_now(signed_in: SignedIn) -> None:
    """What is typed there next counts as an edit of that: unseen, somebody else's value would be overwritten."""
    page = signed_in("#/app/7/item/9/edit")
    page.take(Typed(form="edit:item:9", control="f1", text="Lovelace"))
    before = drawn(page)
    page.take(Clicked(click=clicks.Refresh()))
    fields = [
        {"field_id": 1, "type": "text", "label": "Name", "values": [{"value": "Hopper"}]},
        {"field_id": 2, "type": "number", "label": "Size", "values": [{"value": "99"}]},
    ]
    page.answer("/item/9", item_answer(revision=4, fields=fields), "GET")
    after = drawn(page)
    name, size = "edit-9-f1", "edit-9-f2"
    assert (after.one(id=name).attributes["value"], after.one(id=size).attributes["value"]) == ("Lovelace", "99")
    assert after.one(id=name).attributes["data-fill"] == before.one(id=name).attributes["data-fill"]
    assert after.one(id=size).attributes["data-fill"] != before.one(id=size).attributes["data-fill"]


def test_a_draft_that_is_stored_is_said_to_be_kept(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    page.take(Typed(form="comment:item:9", control="text", text="half a"))
    assert "Draft kept" not in drawn(page).one("main").text
    page.take(DraftStored(form="comment:item:9"))
    assert "Draft kept" in drawn(page).one("main").text


def test_while_sending_the_button_stays_and_does_nothing(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    page.take(Submitted(form="comment:item:9", texts={"text": "Hello"}, nonce="n"))
    button = drawn(page).one("button", id="comment-item-9-submit")
    assert button.attributes["aria-disabled"] == "true"
    assert "disabled" not in button.attributes


def test_a_complaint_is_tied_to_its_control(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/new")
    page.take(Submitted(form="new:app:7", texts={"f1": "Lamp", "f2": "many"}, nonce="n"))
    reader = drawn(page)
    control = reader.one("input", name="f2")
    assert control.attributes["aria-invalid"] == "true"
    assert reader.one(id=control.attributes["aria-describedby"]).text == "Enter a number."
    assert reader.one(role="alert").text == "Size: Enter a number."


# The strip


@pytest.mark.parametrize(
    ("phase", "role", "buttons"),
    [
        ("NEEDS_CLICK", "alert", ["Sign in again"]),
        ("WINDOW_OPEN", "status", ["Cancel"]),
        ("SEEMS_CLOSED", "status", ["Open again", "Cancel"]),
        ("CHECKING", "status", []),
        ("ANOTHER_USER", "alert", ["Sign in again as Ada", "Start afresh as Grace"]),
        ("ELSEWHERE", "status", []),
        ("FAILED", "alert", ["Sign in again"]),
    ],
)
def test_each_phase_of_a_renewal_has_its_words_and_buttons(
    signed_in: SignedIn, phase: str, role: str, buttons: list[str]
) -> None:
    page = signed_in("#/app/7/item/9")
    renewal = Renewal(phase=RenewalPhase[phase], message="It failed.", user_name="Ada", other_user_name="Grace")
    page.take(RenewalChanged(renewal=renewal))
    strip = drawn(page).one(id="strip-renewal")
    choices = [node for node in strip.inside if node.tag == "button" and "aria-expanded" not in node.attributes]
    assert [node.text for node in choices] == buttons
    assert [node.attributes["role"] for node in strip.inside if "role" in node.attributes] == [role]


def test_what_the_strip_says_of_the_session_can_be_folded_until_there_is_news(signed_in: SignedIn) -> None:
    page = signed_in(expires_in=700)
    page.take(ClockRead(now=NOW + 101))
    banner = drawn(page).one("div", role="status", class_="banner")
    assert "Stay signed in" in banner.text
    page.take(Clicked(click=clicks.ToggleStrip()))
    reader = drawn(page)
    assert "Stay signed in" in reader.one("div", class_="banner folded").text
    assert reader.one("button", id="fold-strip").attributes["aria-expanded"] == "false"
    page.take(RenewalChanged(renewal=Renewal(phase=RenewalPhase.NEEDS_CLICK)))
    assert not drawn(page).all("div", class_="banner folded")


def test_an_expired_sign_in_makes_one_alert(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9", but=["/item/9", "/item/app/7/filter/"])
    page.take(RenewalChanged(renewal=Renewal(phase=RenewalPhase.FAILED, message="Cancelled.")))
    for path in ("/item/9", "/item/app/7/filter/"):
        page.fail(path, describe(RenewalCancelled("Cancelled.")))
    assert len(drawn(page).alerts()) == 1
    assert html(page).count("Sign in to load this.") == 1


def test_the_rest_of_the_page_does_not_change_with_the_strip(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    before = html(page).partition('id="strip-renewal"')[0]
    page.take(RenewalChanged(renewal=Renewal(phase=RenewalPhase.NEEDS_CLICK)))
    assert html(page).partition('id="strip-renewal"')[0] == before


def test_ten_minutes_before_the_end_the_user_may_stay_signed_in(signed_in: SignedIn) -> None:
    page = signed_in(expires_in=700)
    assert "Stay signed in" not in drawn(page).buttons()
    page.take(ClockRead(now=NOW + 101))
    assert "Stay signed in" in drawn(page).buttons()


def test_a_full_storage_is_reported_as_such(signed_in: SignedIn) -> None:
    page = signed_in()
    page.take(DraftsDenied(is_full=True))
    text = drawn(page).one(id="strip").text
    assert "Your browser's storage is full. Make room: until then, what you type stays on the page" in text
    page.take(DraftStored(form="comment:item:9"))
    assert "storage" not in drawn(page).one(id="strip").text


def test_after_the_end_the_user_may_sign_in_again(signed_in: SignedIn) -> None:
    page = signed_in(expires_in=700)
    page.take(ClockRead(now=NOW + 701))
    assert "Your session has expired." in drawn(page).one(id="strip").text
    assert "Sign in again" in drawn(page).buttons()
    assert "Stay signed in" not in drawn(page).buttons()


def test_offline_and_denied_storage_are_reported(signed_in: SignedIn) -> None:
    page = signed_in()
    page.take(ConnectionChanged(online=False), DraftsDenied())
    text = drawn(page).one(id="strip").text
    assert "You are offline" in text
    assert "doesn't let this page store drafts" in text


def test_signing_out_with_drafts_asks_in_a_dialog(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    page.take(Typed(form="comment:item:9", control="text", text="half a"), Clicked(click=clicks.SignOut()))
    dialog = drawn(page).one("dialog")
    assert [node.text for node in dialog.inside if node.tag == "button"] == ["Sign out and delete drafts", "Stay"]


# The page's own errors


@pytest.mark.parametrize(
    ("is_text_kept", "said"),
    [(True, "What you typed is kept. Reload"), (False, "Copy what you typed, for it may not be kept. Then reload")],
)
@pytest.mark.parametrize("doing", list(Activity))
def test_an_error_of_the_page_says_what_to_do_and_gives_the_owner_its_place(
    doing: Activity, is_text_kept: bool, said: str
) -> None:
    found = Fault(activity=doing, name="KeyError", places=("<a>.py, line 3, in b",))
    reader = Reader(str(fault(found, is_text_kept=is_text_kept)))
    [alert] = reader.alerts()
    assert said in alert
    assert reader.one("pre").text == "KeyError\n  <a>.py, line 3, in b"
    assert reader.buttons() == ["Reload the page", "Dismiss"]


def test_what_is_typed_counts_as_kept_where_a_draft_outlives_the_page(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9")
    assert state.keeps_text(page.state)
    page.take(Typed(form="comment:item:9", control="text", text="half a"))
    assert state.keeps_text(page.state)
    assert not state.keeps_text(replace(page.state, site=replace(page.state.site, is_sample=True)))
    page.take(DraftsDenied())
    assert not state.keeps_text(page.state)


# Titles


@pytest.mark.parametrize(
    ("fragment", "title"),
    [
        ("#/", "Podio Workbench"),
        ("#/space/6", "Sales · Podio Workbench"),
        ("#/app/7", "Leads & Clients · Podio Workbench"),
        ("#/app/7/item/9", "Item 9 · Podio Workbench"),
        ("#/app/7/item/9/edit", "Edit Item 9 · Podio Workbench"),
        ("#/app/7/new", "New lead · Podio Workbench"),
    ],
)
def test_the_title_names_the_place_first(signed_in: SignedIn, fragment: str, title: str) -> None:
    assert page_view.title(signed_in(fragment).state) == title


def test_signed_out_the_title_reveals_nothing() -> None:
    assert page_view.title(State()) == "Podio Workbench"


@pytest.mark.parametrize(
    ("name", "letters"), [("Ada Lovelace", "AL"), ("grace", "G"), ("", "?"), ("雲 商事", "雲商"), ("(x)", "?")]
)
def test_initials_are_of_the_first_and_the_last_name(name: str, letters: str) -> None:
    assert initials(name) == letters
