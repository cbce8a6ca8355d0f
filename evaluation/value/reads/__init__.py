"""What placements cost and came to: each and together, and the report that lays them side by side."""
