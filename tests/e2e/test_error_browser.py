"""The page of errors works as a file, on its own, and runs nothing of an article."""

from pathlib import Path

from playwright.sync_api import Browser

from statements.attribution.register import EMPTY
from tests.evaluation.error_browser import browser as page_of_errors
from tests.evaluation.scorer import AnnotatedSet, Scorer
from tests.evaluation.test_quotes import HOSTILE, write_invented


def test_errors_are_filtered_and_nothing_of_an_article_runs(
    browser: Browser, shared: Path, tmp_path: Path
) -> None:
    write_invented(tmp_path / "invented")
    invented = AnnotatedSet("invented", tmp_path / "invented", resolved=True)
    path = tmp_path / "errors.html"
    path.write_text(page_of_errors([Scorer(shared).measure(invented, EMPTY)]), encoding="utf-8")
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: asked.append(request.url))

    page.goto(path.as_uri())

    assert page.title() == "Errors of the attribution"
    assert page.locator("li:visible").count() == 5
    page.get_by_label("Error").select_option("false")
    assert page.locator("li:visible").count() == 1
    assert page.locator("output").inner_text() == "1 of 5"
    assert HOSTILE in page.locator("li:visible").inner_text()
    page.get_by_label("Error").select_option("")
    page.get_by_label("Words").fill("SLEPT")
    assert page.locator("li:visible").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert (complaints, asked) == ([], [path.as_uri()])
    context.close()
