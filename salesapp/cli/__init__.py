"""The command line: `salesapp demo | sync | status | gateway ...`. Parses, calls and prints; decides nothing."""
