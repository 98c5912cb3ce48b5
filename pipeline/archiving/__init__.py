"""Archiving (归档): the archive copy of a closing file, one PDF/A a volume."""
