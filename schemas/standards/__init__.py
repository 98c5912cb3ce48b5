"""The rules as data: the vocabulary of papers, and a folder of checklists for each jurisdiction."""
