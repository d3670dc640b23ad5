"""The command line: `salesapp demo | sync | status | gateway ...`. Parses, calls, prints; decides nothing."""
