"""Where the project lies, and where published data lie beside it on some machines: tests of those skip elsewhere."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"
