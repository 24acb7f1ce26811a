"""Logs as one JSON object a line, on stderr. Never a name, number, token or code in them."""

import logging
import sys

import structlog


def configure() -> None:
    """Routes our own events; the server's access log stays off, since it would hold addresses."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
