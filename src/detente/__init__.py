"""Articles about a pair of states in; a verdict on divorce or cooling out, each number with its evidence.

Read `records` first for the nouns, then `pipeline` for the way an article takes. Nothing is imported here, so that
importing one module costs only what that module needs.
"""

__version__ = "0.1.0"
