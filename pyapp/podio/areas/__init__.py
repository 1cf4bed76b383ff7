"""The areas of Podio's API as attributes of the client (``podio.items``).

An area's module is imported when the area is first used, so that importing `podio` stays cheap.
Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from podio.areas.calls import Caller, area_of

if TYPE_CHECKING:
    from podio.areas.actions import Actions
    from podio.areas.app_market import AppMarket
    from podio.areas.applications import Applications
    from podio.areas.batch import Batch
    from podio.areas.calendar import Calendar
    from podio.areas.comments import Comments
    from podio.areas.contacts import Contacts
    from podio.areas.conversations import Conversations
    from podio.areas.email import Email
    from podio.areas.embeds import Embeds
    from podio.areas.files import Files
    from podio.areas.flows import Flows
    from podio.areas.forms import Forms
    from podio.areas.grants import Grants
    from podio.areas.hooks import Hooks
    from podio.areas.importer import Importer
    from podio.areas.integrations import Integrations
    from podio.areas.items import Items
    from podio.areas.layout import Layout
    from podio.areas.notifications import Notifications
    from podio.areas.oauth_authorization import OauthAuthorization
    from podio.areas.organizations import Organizations
    from podio.areas.questions import Questions
    from podio.areas.ratings import Ratings
    from podio.areas.recurrence import Recurrence
    from podio.areas.reference import Reference
    from podio.areas.reminders import Reminders
    from podio.areas.search import Search
    from podio.areas.space_members import SpaceMembers
    from podio.areas.spaces import Spaces
    from podio.areas.status import Status
    from podio.areas.stream import Stream
    from podio.areas.subscriptions import Subscriptions
    from podio.areas.tags import Tags
    from podio.areas.tasks import Tasks
    from podio.areas.users import Users
    from podio.areas.views import Views
    from podio.areas.voting import Voting
    from podio.areas.widgets import Widgets


class Areas:
    """Has an attribute for each area; what it is mixed into makes the calls (`Caller`)."""

    @property
    def actions(self: Caller) -> Actions:
        """Actions (https://developers.podio.com/doc/actions)."""
        from podio.areas.actions import Actions

        return area_of(self, Actions)

    @property
    def app_market(self: Caller) -> AppMarket:
        """App market (https://developers.podio.com/doc/app-market)."""
        from podio.areas.app_market import AppMarket

        return area_of(self, AppMarket)

    @property
    def applications(self: Caller) -> Applications:
        """Applications (https://developers.podio.com/doc/applications)."""
        from podio.areas.applications import Applications

        return area_of(self, Applications)

    @property
    def batch(self: Caller) -> Batch:
        """Batch (https://developers.podio.com/doc/batch)."""
        from podio.areas.batch import Batch

        return area_of(self, Batch)

    @property
    def calendar(self: Caller) -> Calendar:
        """Calendar (https://developers.podio.com/doc/calendar)."""
        from podio.areas.calendar import Calendar

        return area_of(self, Calendar)

    @property
    def comments(self: Caller) -> Comments:
        """Comments (https://developers.podio.com/doc/comments)."""
        from podio.areas.comments import Comments

        return area_of(self, Comments)

    @property
    def contacts(self: Caller) -> Contacts:
        """Contacts (https://developers.podio.com/doc/contacts)."""
        from podio.areas.contacts import Contacts

        return area_of(self, Contacts)

    @property
    def conversations(self: Caller) -> Conversations:
        """Conversations (https://developers.podio.com/doc/conversations)."""
        from podio.areas.conversations import Conversations

        return area_of(self, Conversations)

    @property
    def email(self: Caller) -> Email:
        """Email (https://developers.podio.com/doc/email)."""
        from podio.areas.email import Email

        return area_of(self, Email)

    @property
    def embeds(self: Caller) -> Embeds:
        """Embeds (https://developers.podio.com/doc/embeds)."""
        from podio.areas.embeds import Embeds

        return area_of(self, Embeds)

    @property
    def files(self: Caller) -> Files:
        """Files (https://developers.podio.com/doc/files)."""
        from podio.areas.files import Files

        return area_of(self, Files)

    @property
    def flows(self: Caller) -> Flows:
        """Flows (https://developers.podio.com/doc/flows)."""
        from podio.areas.flows import Flows

        return area_of(self, Flows)

    @property
    def forms(self: Caller) -> Forms:
        """Forms (https://developers.podio.com/doc/forms)."""
        from podio.areas.forms import Forms

        return area_of(self, Forms)

    @property
    def grants(self: Caller) -> Grants:
        """Grants (https://developers.podio.com/doc/grants)."""
        from podio.areas.grants import Grants

        return area_of(self, Grants)

    @property
    def hooks(self: Caller) -> Hooks:
        """Hooks (https://developers.podio.com/doc/hooks)."""
        from podio.areas.hooks import Hooks

        return area_of(self, Hooks)

    @property
    def importer(self: Caller) -> Importer:
        """Importer (https://developers.podio.com/doc/importer)."""
        from podio.areas.importer import Importer

        return area_of(self, Importer)

    @property
    def integrations(self: Caller) -> Integrations:
        """Integrations (https://developers.podio.com/doc/integrations)."""
        from podio.areas.integrations import Integrations

        return area_of(self, Integrations)

    @property
    def items(self: Caller) -> Items:
        """Items (https://developers.podio.com/doc/items)."""
        from podio.areas.items import Items

        return area_of(self, Items)

    @property
    def layout(self: Caller) -> Layout:
        """Layout (https://developers.podio.com/doc/layout)."""
        from podio.areas.layout import Layout

        return area_of(self, Layout)

    @property
    def notifications(self: Caller) -> Notifications:
        """Notifications (https://developers.podio.com/doc/notifications)."""
        from podio.areas.notifications import Notifications

        return area_of(self, Notifications)

    @property
    def oauth_authorization(self: Caller) -> OauthAuthorization:
        """OAuth authorization (https://developers.podio.com/doc/oauth-authorization)."""
        from podio.areas.oauth_authorization import OauthAuthorization

        return area_of(self, OauthAuthorization)

    @property
    def organizations(self: Caller) -> Organizations:
        """Organizations (https://developers.podio.com/doc/organizations)."""
        from podio.areas.organizations import Organizations

        return area_of(self, Organizations)

    @property
    def questions(self: Caller) -> Questions:
        """Questions (https://developers.podio.com/doc/questions)."""
        from podio.areas.questions import Questions

        return area_of(self, Questions)

    @property
    def ratings(self: Caller) -> Ratings:
        """Ratings (https://developers.podio.com/doc/ratings)."""
        from podio.areas.ratings import Ratings

        return area_of(self, Ratings)

    @property
    def recurrence(self: Caller) -> Recurrence:
        """Recurrence (https://developers.podio.com/doc/recurrence)."""
        from podio.areas.recurrence import Recurrence

        return area_of(self, Recurrence)

    @property
    def reference(self: Caller) -> Reference:
        """Reference (https://developers.podio.com/doc/reference)."""
        from podio.areas.reference import Reference

        return area_of(self, Reference)

    @property
    def reminders(self: Caller) -> Reminders:
        """Reminders (https://developers.podio.com/doc/reminders)."""
        from podio.areas.reminders import Reminders

        return area_of(self, Reminders)

    @property
    def search(self: Caller) -> Search:
        """Search (https://developers.podio.com/doc/search)."""
        from podio.areas.search import Search

        return area_of(self, Search)

    @property
    def space_members(self: Caller) -> SpaceMembers:
        """Space members (https://developers.podio.com/doc/space-members)."""
        from podio.areas.space_members import SpaceMembers

        return area_of(self, SpaceMembers)

    @property
    def spaces(self: Caller) -> Spaces:
        """Spaces (https://developers.podio.com/doc/spaces)."""
        from podio.areas.spaces import Spaces

        return area_of(self, Spaces)

    @property
    def status(self: Caller) -> Status:
        """Status (https://developers.podio.com/doc/status)."""
        from podio.areas.status import Status

        return area_of(self, Status)

    @property
    def stream(self: Caller) -> Stream:
        """Stream (https://developers.podio.com/doc/stream)."""
        from podio.areas.stream import Stream

        return area_of(self, Stream)

    @property
    def subscriptions(self: Caller) -> Subscriptions:
        """Subscriptions (https://developers.podio.com/doc/subscriptions)."""
        from podio.areas.subscriptions import Subscriptions

        return area_of(self, Subscriptions)

    @property
    def tags(self: Caller) -> Tags:
        """Tags (https://developers.podio.com/doc/tags)."""
        from podio.areas.tags import Tags

        return area_of(self, Tags)

    @property
    def tasks(self: Caller) -> Tasks:
        """Tasks (https://developers.podio.com/doc/tasks)."""
        from podio.areas.tasks import Tasks

        return area_of(self, Tasks)

    @property
    def users(self: Caller) -> Users:
        """Users (https://developers.podio.com/doc/users)."""
        from podio.areas.users import Users

        return area_of(self, Users)

    @property
    def views(self: Caller) -> Views:
        """Views (https://developers.podio.com/doc/views)."""
        from podio.areas.views import Views

        return area_of(self, Views)

    @property
    def voting(self: Caller) -> Voting:
        """Voting (https://developers.podio.com/doc/voting)."""
        from podio.areas.voting import Voting

        return area_of(self, Voting)

    @property
    def widgets(self: Caller) -> Widgets:
        """Widgets (https://developers.podio.com/doc/widgets)."""
        from podio.areas.widgets import Widgets

        return area_of(self, Widgets)
