"""The address of an app that somebody else started."""

from yarl import URL

from harness.errors import UsageError


def origin_of(option: str, address: str) -> str:
    """The origin that an option names.

    Raises:
        UsageError: it is no address, or one of a page below the origin.
    """
    url = URL(address)
    if url.scheme not in {"http", "https"} or not url.host or url.raw_path_qs != "/":
        raise UsageError(f"{option} takes an address like http://127.0.0.1:4096, not “{address}”")
    return str(url.origin())
