"""The bundled catalog of deterministic, offline mock APIs.

Every module below a category package declares one `Domain` of typed tools.
Nothing here imports toolgrad_local, so a user's own package of the same shape
works the same way.
"""
