"""Settings by environment: `development` (one machine), `production`, `test`. The README lists every variable."""
