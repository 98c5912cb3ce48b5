"""The groups of commands (命令组), `juanzong standards …` and its like: one module a group, put together in `pipeline.cli`."""
