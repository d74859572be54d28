"""Directories and origins as they stand in the family's addresses."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def encoded(text: str) -> str:
    """Base64 for addresses, without padding."""
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decoded(segment: str) -> str:
    """What `encoded` made a segment of; what is no such segment comes out garbled."""
    padded = segment + "=" * (-len(segment) % 4)
    return urlsafe_b64decode(padded).decode(errors="replace")
