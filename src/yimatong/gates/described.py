"""What the API's description says of the choices: those that the scenes at hand allow."""

from typing import Any

from yimatong.gates.forms import GateForms

BODIES = ("PassageEntered", "ScanAtOnce")
CHOICES = ("direction", "reason", "felt")


def with_choices(described: dict[str, Any], forms: GateForms) -> dict[str, Any]:
    """The OpenAPI description in which each choice of a gate's bodies lists its answers. They
    stand in scene files, so the types of the code do not know them."""
    components = described["components"]
    schemas = {
        name: _told(schema, forms) if name in BODIES else schema
        for name, schema in components["schemas"].items()
    }
    return {**described, "components": {**components, "schemas": schemas}}


def _told(schema: dict[str, Any], forms: GateForms) -> dict[str, Any]:
    told = {
        name: {
            "enum": [*forms.choices(name), None],
            "description": "One of the answers that the scene of the gate allows.",
        }
        for name in CHOICES
    }
    return {**schema, "properties": {**schema["properties"], **told}}
