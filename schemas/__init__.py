"""The words of juanzong: what a case, a page, a paper, a reading and a finding are.

Everything here is a frozen pydantic model or an enumeration. There are no rules and no input or output beyond the
vocabulary that ships with the package (`schemas.materials`).
"""
