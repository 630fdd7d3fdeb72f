"""The cheapest flow through a network, with its proof: what an optimisation of any room is handed to.

Integers go in and integers come out. HiGHS (linear programming, simplex) does the search; that its
answer is the best there is does not rest on HiGHS, but on a sum over whole numbers.
"""
