"""toolgrad-local: tool-use training data from an open-weight teacher, offline."""

__version__ = "0.1.0"
