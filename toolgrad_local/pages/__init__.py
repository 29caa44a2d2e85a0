"""Pages that open from disk: one HTML file with script, style and data, which can neither load nor send anything."""
