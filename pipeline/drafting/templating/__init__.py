"""Templating (制版): builds the Word templates of `templates/`; `python -m pipeline.drafting.templating` writes them anew."""
