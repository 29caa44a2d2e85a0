"""What a call of a user's tool may take. Whatever meets a bound is a failure of that tool, and the run goes on."""

CALL_SECONDS = 10.0
"""A thousand times what a call mostly takes: a busy machine is no tool's fault."""
LEARN_SECONDS = 20.0
CHECK_SECONDS = 60.0
"""For all calls with which a check tries a tool."""
START_SECONDS = 120.0
"""For a process to load the package."""
MEMORY = 1 << 30
"""Bytes of address space that a process may take beyond what it has when the package is loaded."""
LARGEST_ANSWER = 64 * 1024
"""Bytes of a result's JSON: eight times what a check lets pass."""
LONGEST_MESSAGE = 4096
"""Characters of a failure's message."""
STRIKES = 3
"""So many calls of one tool may cost a process; then it is not called any more: a night holds thousands of calls."""
