"""Routes and their fragments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench import routes
from workbench.routes import AppPage, Home, ItemPage, ListQuery, NewItemPage, NotFoundPage, OrganizationPage, SpacePage

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
    assert routes.parse(routes.fragment(route)) == route


@given(st.text(max_size=80))
def test_no_fragment_whatsoever_raises(text: str) -> None:
    routes.parse(text)
    routes.parse(f"#/{text}")


@pytest.mark.parametrize("fragment", ["#access_token=x&expires_in=1", "#error=access_denied", "#main", "#chapter-2"])
def test_a_fragment_of_others_is_no_route(fragment: str) -> None:
    assert routes.parse(fragment) is None


@pytest.mark.parametrize("fragment", ["", "#", "#/"])
def test_no_fragment_is_home(fragment: str) -> None:
    assert routes.parse(fragment) == Home()


@pytest.mark.parametrize(
    "fragment",
    ["#/app", "#/app/x", "#/app/0", "#/app/-1", "#/app/7/item", "#/app/7/item/x", "#/app/7?page=0", "#/app/7?page=x",
     "#/app/7?page=1000000", "#/app/7?page=\u0663", "#/app/7?page=" + "9" * 5_000,
     "#/app/7?limit=31", "#/app/7?sort=a%20b", "#/nowhere", "#/app/7/item/9/edit/more", "#/app/" + "9" * 40],
)  # fmt: skip
def test_a_malformed_address_of_ours_leads_to_not_found(fragment: str) -> None:
    assert isinstance(routes.parse(fragment), NotFoundPage)


def test_a_page_of_six_digits_and_an_id_beyond_a_float_s_whole_numbers_are_exact() -> None:
    assert routes.parse("#/app/9007199254740993?page=999999") == AppPage(
        app_id=9_007_199_254_740_993, query=ListQuery(page=999_999)
    )


def test_an_app_s_link_carries_page_and_order() -> None:
    query = ListQuery(page=2, sort="title", descending=False)
    assert routes.parse("#/app/7?page=2&sort=title&desc=0") == AppPage(app_id=7, query=query)


def test_sorting_by_the_key_in_force_turns_the_order_round_and_starts_at_the_first_page() -> None:
    once = routes.sorted_by(ListQuery(page=4), "title")
    assert once == ListQuery(page=1, sort="title", descending=False)
    assert routes.sorted_by(once, "title").descending
