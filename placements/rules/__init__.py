"""Why something may or may not be done on the main road. Pure: plain values in, problems out; no Django."""
