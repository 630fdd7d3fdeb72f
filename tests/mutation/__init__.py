"""What the tests of the rules would not notice: each rule is changed a little, and some test must fail.

mutmut makes the changes; all of them live side by side in one copy of the code, and a switch says which
one holds. So the tests are collected once, and each change is met by those alone that reach it: ten
thousand changes in minutes, where a run of pytest for each would take hours (`make mutation`).
"""
