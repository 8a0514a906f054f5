"""A real browser against a real server. Skipped, with the reason, where no Chromium is."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

# Playwright keeps an event loop in this thread, which Django would else refuse to work in.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

Opened = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing = "no chromium on PATH (Debian: apt install chromium)"
        if os.environ.get("DEMARCHE_REQUIRE_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield running
        running.close()


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer) -> Iterator[Opened]:
    """Open a path of the site in a context of its own; keyword arguments are the context's.

    What the console or the content policy complained about is listed in `page.complaints`.
    """
    contexts: list[BrowserContext] = []

    def open_page(path: str, page: Page | None = None, **options: object) -> Page:
        if page is None:
            context = browser.new_context(base_url=live_server.url, **options)  # type: ignore[arg-type]
            contexts.append(context)
            page = context.new_page()
            complaints: list[str] = []
            page.complaints = complaints  # type: ignore[attr-defined]
            page.on(
                "console",
                lambda message: (
                    complaints.append(message.text)
                    if message.type in {"error", "warning"}
                    else None
                ),
            )
            page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def sign_in(page: Page, username: str, password: str) -> None:
    """Fill the login form and send it."""
    page.goto("/login/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
