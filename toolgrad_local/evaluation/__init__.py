"""How well a model calls tools: its answers to a data set or to the Berkeley leaderboard, scored."""
