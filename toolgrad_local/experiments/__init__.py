"""Ablations: several runs that differ in one thing, and what that thing does."""
