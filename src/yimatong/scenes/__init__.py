"""Scenes (场景): what a desk asks, in a file (HI-20): a fever clinic, a pharmacy, a gate.

A scene says its fields with their limits and words, and which answers become which facts. Code
knows no scene; a new one is one file. Pure: files are read elsewhere and handed in. Writes and
keeps nothing.
"""

from yimatong.scenes.load import load_scene
from yimatong.scenes.meaning import Effect, effect_of
from yimatong.scenes.model import Field, Form, FormName, Scene, Scenes
from yimatong.scenes.reading import Values, flat, read

__all__ = [
    "Effect",
    "Field",
    "Form",
    "FormName",
    "Scene",
    "Scenes",
    "Values",
    "effect_of",
    "flat",
    "load_scene",
    "read",
]
