"""Rate tables (补贴标准表) that ship: two to be filled in by the office, and samples."""
