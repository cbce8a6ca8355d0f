"""What pages, plans and whole authorities of any size cost: benches, and what they measure on."""
