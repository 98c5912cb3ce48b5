"""Assigning (指派): the cases as registered, the roster, the choice of a lawyer, and the numbers of letters."""
