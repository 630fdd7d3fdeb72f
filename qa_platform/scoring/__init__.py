"""What a rubric is, and what locked scores mean under it: pure, exact, and able to explain itself.

`rubric` reads the text of a standard and says what is wrong with it, line by line;
`outcome` turns locked sheets into indices, a band, reasons and calls for moderation.
"""
