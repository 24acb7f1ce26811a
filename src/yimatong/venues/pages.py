"""The room's pages: a resident's at the door, an owner's, an administrator's."""

from yimatong.venues import command_pages, owner_pages, visit_pages

ROUTES = [*visit_pages.ROUTES, *owner_pages.ROUTES, *command_pages.ROUTES]
