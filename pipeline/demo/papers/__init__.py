"""The papers of a Guangdong closing file, each told from a story."""
