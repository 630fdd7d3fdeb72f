"""What the deciders do, seen by asking them: state by state, command by command.

The tables on the doors of the rooms and `docs/process.md` are made from it (`make process`).
"""
