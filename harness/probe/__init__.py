"""Probes: what watches the page and the wire between browser and server."""
