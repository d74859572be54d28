"""Regression harness for apps whose working directory changes under a session."""

from importlib.metadata import version

__version__ = version("scope-harness")
