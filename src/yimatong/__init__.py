"""Yimatong 一码通: health codes whose colour is derived, never set."""

__version__ = "0.1.0"
