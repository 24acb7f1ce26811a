"""Logs as one JSON object a line, on stderr. Never a name, number, token or code in them."""

import logging
import sys

import structlog


def configure() -> None:
    """Routes our own events; the server's access log stays off, since it would hold addresses."""
    # the address of a request to another app holds our secret and the person's code
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("httpcore").setLevel(logging.WARNING)
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
