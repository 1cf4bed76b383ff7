"""How organizations, workspaces, apps and their fields are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from podio_emulator.model import (
    App,
    AppField,
    Author,
    Item,
    Organization,
    Space,
)
from podio_emulator.shapes.people import JSON, SITE, PeopleShapes
from podio_emulator.times import time_text


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceShapes(PeopleShapes):
    """Writes places as one caller sees them."""

    def organization(self, org: Organization, spaces: list[Space]) -> JSON:
        """Write an organization with those of its workspaces that the caller is in."""
        role = self._role(org.roles)
        return {
            "org_id": org.org_id,
            "name": org.name,
            "url": f"{SITE}/{org.url_label}",
            "url_label": org.url_label,
            "type": org.type,
            "premium": org.type == "premium",
            "role": role,
            "status": "active",
            "rank": 1,
            "logo": org.logo,
            "image": self.image(org.logo),
            "domains": [],
            "rights": ["view", "add_space"] if role == "admin" else ["view"],
            "user_limit": 25,
            "grants_count": 0,
            "segment": None,
            "segment_size": None,
            "tier": None,
            "contract_status": "none",
            "sales_agent_id": 1,
            "created_on": time_text(org.created_on),
            "created_by": self.byline(Author(type="user", id=org.created_by)),
            "spaces": [self.space_short(space) for space in spaces],
        }

    def space_short(self, space: Space) -> JSON:
        """Write a workspace as it stands in an organization."""
        return {
            "space_id": space.space_id,
            "org_id": space.org_id,
            "name": space.name,
            "url": self.space_url(space),
            "url_label": space.url_label,
            "type": "regular",
            "role": self._role(space.roles),
            "rank": 1,
        }

    def space(self, space: Space) -> JSON:
        """Write a workspace in full."""
        org = self.store.organizations[space.org_id]
        role = self._role(space.roles)
        return self.space_short(space) | {
            "description": space.description,
            "privacy": space.privacy,
            "auto_join": space.auto_join,
            "post_on_new_app": space.post_on_new_app,
            "post_on_new_member": space.post_on_new_member,
            "archived": False,
            "premium": org.type == "premium",
            "rights": ["view", "add_app", "add_status"] if role == "admin" else ["view", "add_status"],
            "subscribed": True,
            "member_count": len(space.roles),
            "app_count": len(self.store.apps_of(space.space_id)),
            "created_on": time_text(space.created_on),
            "last_activity_on": time_text(space.last_activity_on),
            "created_by": self.byline(Author(type="user", id=space.created_by)),
            "org": {
                "org_id": org.org_id,
                "name": org.name,
                "url": f"{SITE}/{org.url_label}",
                "url_label": org.url_label,
                "logo": org.logo,
                "image": self.image(org.logo),
            },
            "push": self.push(f"/space/{space.space_id}"),
            "video": None,
            "top": False,
        }

    def _role(self, roles: Mapping[int, str]) -> str | None:
        return roles.get(self.author.id) if self.author is not None and self.author.type == "user" else None

    def app_micro(self, app: App) -> JSON:
        """Write an app as it stands in an item."""
        url = self.app_url(app)
        return {
            "app_id": app.app_id,
            "name": app.name,
            "item_name": app.item_name,
            "status": "inactive" if app.app_id in self.store.inactive_apps else "active",
            "space_id": app.space_id,
            "icon": f"{app.icon_id}.png",
            "icon_id": app.icon_id,
            "url": url,
            "url_label": app.url_label,
            "link": url,
            "url_add": f"{url}/items/new",
            "link_add": f"{url}/items/new",
            "current_revision": self.store.app_revisions.get(app.app_id, 0),
            "default_view_id": self.store.default_views.get(app.app_id),
            "config": {
                "name": app.name,
                "item_name": app.item_name,
                "type": app.type,
                "icon": f"{app.icon_id}.png",
                "icon_id": app.icon_id,
            },
        }

    def app_short(self, app: App) -> JSON:
        """Write an app as it stands in the list of a workspace's apps."""
        return self.app_micro(app) | {"rights": self.app_rights(), "config": app_config(app)}

    def app(self, app: App) -> JSON:
        """Write an app in full, with its fields and its token, which is a credential."""
        return self.app_short(app) | {
            "original": None,
            "original_revision": None,
            "subscribed": False,
            "mailbox": f"{app.url_label}.{app.app_id}",
            "token": app.token,
            "owner": self.byline(Author(type="user", id=app.created_by)),
            "created_on": time_text(app.created_on),
            "integration": None,
            "layouts": {},
            "fields": [self.field(field) for field in app.fields],
        }

    @staticmethod
    def app_rights() -> list[str]:
        """Return what a member may do with an app."""
        return ["view", "view_structure", "add_item", "reference", "subscribe"]

    def field(self, field: AppField) -> JSON:
        """Write a field of an app."""
        return {
            "field_id": field.field_id,
            "type": field.type,
            "external_id": field.external_id,
            "label": field.label,
            "status": "active",
            "config": self.field_config(field),
        }

    def field_config(self, field: AppField) -> JSON:
        """Write a field's configuration."""
        return {
            "label": field.label,
            "description": field.description,
            "delta": 0,
            "required": field.required,
            "mapping": None,
            "visible": True,
            "hidden": False,
            "hidden_create_view_edit": False,
            "unique": False,
            "default_value": None,
            "settings": self._field_settings(field),
        }

    def _field_settings(self, field: AppField) -> JSON | None:
        if field.settings is None:
            return None
        settings = dict(field.settings)
        if field.type == "app":
            apps = [self.store.apps[app_id] for app_id in settings["referenceable_types"]]
            settings["apps"] = [self.app_micro(app) for app in apps]
            settings["referenced_apps"] = [
                {"app_id": app.app_id, "view_id": None, "view": None, "app": self.app_micro(app)} for app in apps
            ]
        return settings

    def item_link(self, item: Item) -> str:
        """Return an item's address at Podio."""
        return f"{self.app_url(self.store.apps[item.app_id])}/items/{item.app_item_id}"


def app_config(app: App) -> JSON:
    """Write an app's configuration."""
    return {
        "type": app.type,
        "name": app.name,
        "item_name": app.item_name,
        "description": app.description,
        "usage": None,
        "icon": f"{app.icon_id}.png",
        "icon_id": app.icon_id,
        "external_id": None,
        "allow_create": True,
        "allow_edit": True,
        "allow_attachments": True,
        "allow_comments": True,
        "allow_tags": True,
        "silent_creates": False,
        "silent_edits": False,
        "disable_notifications": False,
        "default_view": "table",
        "show_app_item_id": False,
        "app_item_id_prefix": None,
        "app_item_id_padding": None,
        "tasks": [],
        "fivestar": False,
        "fivestar_label": None,
        "approved": False,
        "thumbs": False,
        "thumbs_label": None,
        "rsvp": False,
        "rsvp_label": None,
        "yesno": False,
        "yesno_label": None,
    }
