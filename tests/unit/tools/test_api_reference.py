"""The library's reference is built from its docstrings, wholly and without complaints."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_every_public_module_has_a_page_and_nothing_is_complained_about(tmp_path: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "tools.api_reference", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert process.stderr == ""
    pages = {str(page.relative_to(tmp_path).with_suffix("")) for page in tmp_path.rglob("*.html")}
    sources = {
        str(source.relative_to(ROOT / "pyapp").with_suffix("")).removesuffix("/__init__")
        for source in (ROOT / "pyapp" / "podio").rglob("*.py")
        if not source.name.startswith("_") or source.name == "__init__.py"
    }
    public = {source for source in sources if "/_" not in source}
    assert public <= pages
    page = (tmp_path / "podio.html").read_text()
    for method in ("request", "authenticate_with_app", "upload_file"):
        assert f'id="Podio.{method}"' in page
    assert (
        "Podio’s API" in (tmp_path / "podio.html").read_text() or "Podio's API" in (tmp_path / "podio.html").read_text()
    )
