"""Routes and their fragments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench import routes
from workbench.core.routes import Destination
from workbench.routes import AppPage, Home, ItemPage, ListQuery, NewItemPage, OrganizationPage, SpacePage
from workbench.screens import find

IDS = st.integers(1, 2**50)
QUERIES = st.builds(
    ListQuery,
    page=st.integers(1, 9999),
    size=st.sampled_from(routes.PAGE_SIZES),
    sort=st.from_regex(r"[a-z0-9_]{1,20}", fullmatch=True),
    descending=st.booleans(),
)
ROUTES = st.one_of(
    st.builds(Home),
    st.builds(OrganizationPage, org_id=IDS),
    st.builds(SpacePage, space_id=IDS),
    st.builds(AppPage, app_id=IDS, query=QUERIES),
    st.builds(NewItemPage, app_id=IDS, query=QUERIES),
    st.builds(ItemPage, app_id=IDS, item_id=IDS, editing=st.booleans(), query=QUERIES),
)


@given(ROUTES)
def test_every_route_reads_back_from_its_own_fragment(route: routes.Route) -> None:
    assert find(routes.fragment(route)) == Destination(route=route, is_exact=True)


@given(st.text(max_size=80))
def test_no_fragment_whatsoever_raises(text: str) -> None:
    find(text)
    assert find(f"#/{text}")


@pytest.mark.parametrize("fragment", ["#access_token=x&expires_in=1", "#error=access_denied", "#main", "#chapter-2"])
def test_a_fragment_of_others_is_no_route(fragment: str) -> None:
    assert find(fragment) is None


@pytest.mark.parametrize("fragment", ["", "#", "#/"])
def test_no_fragment_is_home(fragment: str) -> None:
    assert find(fragment) == Destination(route=Home(), is_exact=True)


FIRST = AppPage(app_id=7)


@pytest.mark.parametrize(
    ("fragment", "nearest"),
    [
        ("#/app", Home()),
        ("#/app/x", Home()),
        ("#/app/0", Home()),
        ("#/app/-1", Home()),
        ("#/app/" + "9" * 40, Home()),
        ("#/nowhere", Home()),
        ("#/" + "/".join("x" * 5_000), Home()),
        ("#/org/5/spaces", OrganizationPage(org_id=5)),
        ("#/space/6/app/7", SpacePage(space_id=6)),
        ("#/app/7/item", FIRST),
        ("#/app/7/item/x", FIRST),
        ("#/app/7/itme/9?page=2", AppPage(app_id=7, query=ListQuery(page=2))),
        ("#/app/7/item/9/edit/more", ItemPage(app_id=7, item_id=9, editing=True)),
        ("#/app/7?page=0", FIRST),
        ("#/app/7?page=x", FIRST),
        ("#/app/7?page=1000000", FIRST),
        ("#/app/7?page=\u0663", FIRST),
        ("#/app/7?page=" + "9" * 5_000, FIRST),
        ("#/app/7?limit=31", FIRST),
        ("#/app/7?desc=maybe", FIRST),
        ("#/app/7?" + "&" * 50 + "page=2", FIRST),
        ("#/app/7?sort=a%20b&page=2", AppPage(app_id=7, query=ListQuery(page=2))),
    ],
)
def test_a_mistyped_address_leads_to_the_nearest_place(fragment: str, nearest: routes.Route) -> None:
    destination = find(fragment)
    assert destination == Destination(route=nearest, is_exact=False)


@pytest.mark.parametrize("fragment", ["#/App/7", "#/app/7/", "#/app/7.", "#/app/7),", "#/app/7?utm=x"])
def test_what_makes_no_difference_is_no_mistake(fragment: str) -> None:
    assert find(fragment) == Destination(route=FIRST, is_exact=True)


def test_a_page_of_six_digits_and_an_id_beyond_a_float_s_whole_numbers_are_exact() -> None:
    route = AppPage(app_id=9_007_199_254_740_993, query=ListQuery(page=999_999))
    assert find("#/app/9007199254740993?page=999999") == Destination(route=route, is_exact=True)


def test_an_app_s_link_carries_page_and_order() -> None:
    query = ListQuery(page=2, sort="title", descending=False)
    assert find("#/app/7?page=2&sort=title&desc=0") == Destination(route=AppPage(app_id=7, query=query), is_exact=True)


def test_sorting_by_the_key_in_force_turns_the_order_round_and_starts_at_the_first_page() -> None:
    once = routes.sorted_by(ListQuery(page=4), "title")
    assert once == ListQuery(page=1, sort="title", descending=False)
    assert routes.sorted_by(once, "title").descending
