"""How models write calls: one small file a format, from a reply's text to the values that stand for calls."""
