"""The room's pages: a resident's, a team's, an administrator's."""

from yimatong.posts import new_pages, places_pages, team_pages

ROUTES = [*new_pages.ROUTES, *team_pages.ROUTES, *places_pages.ROUTES]
