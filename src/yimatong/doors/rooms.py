"""The rooms that have something to show, and where their words and templates are."""

from importlib import import_module, resources
from pathlib import Path
from typing import Any

ROOMS = (
    "access", "audit", "codes", "declarations", "gates", "keys", "ledger", "messages", "people",
    "permits", "places", "policy", "registry", "storage", "web", "doors",
)
PAGE_ROOMS = ("people", "codes", "declarations", "gates")
