"""Why work did not end well: a closed list, each with a sentence and a next step."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """What a person reads: what happened, and what to do. `retryable` offers a retry button."""

    sentence: str
    next_step: str
    retryable: bool = True


REASONS: dict[str, Reason] = {
    # The address
    "bad-url": Reason(
        "This is not an address that can be fetched.",
        "Use a full address that starts with http:// or https:// and holds no password.",
        False,
    ),
    "address-not-allowed": Reason(
        "The address leads to a private or reserved network, which is never fetched.",
        "Check the address; if it is right, paste the text by hand.",
        False,
    ),
    "port-not-allowed": Reason(
        "The address names another port than that of http or https, which is never asked.",
        "Check the address; if it is right, paste the text by hand.",
        False,
    ),
    "name-not-found": Reason(
        "The host's name could not be resolved.",
        "Check the spelling of the host; it is tried again on its own.",
    ),
    # The conversation
    "connection-failed": Reason(
        "The host could not be reached or broke the connection off.",
        "Nothing to do: it is tried again on its own.",
    ),
    "tls-failed": Reason(
        "The host's certificate is not valid.",
        "Tell the source; nothing is fetched without a valid certificate.",
    ),
    "too-slow": Reason(
        "The host did not finish its answer in time.",
        "Nothing to do: it is tried again on its own.",
    ),
    "incomplete": Reason(
        "The answer ended before it was complete.",
        "Nothing to do: it is tried again on its own.",
    ),
    "host-busy": Reason(
        "It is another request's turn with this host.",
        "Nothing to do: it goes on in a moment.",
    ),
    "network-down": Reason(
        "Most hosts cannot be reached at once, so it is probably our own network.",
        "Check this machine's network; it goes on by itself, and no source is blamed.",
    ),
    "credential-unreadable": Reason(
        "The password kept for this site cannot be read: the site's secret key has changed.",
        "Enter it again in the admin under Credentials, then press Retry.",
    ),
    "throttled": Reason(
        "The host asked to be left alone for a while.",
        "Nothing to do: it is tried again after the time the host named.",
    ),
    "server-error": Reason(
        "The host answered that it has a fault.",
        "Nothing to do: it is tried again on its own.",
    ),
    "robots": Reason(
        "The site's robots.txt does not allow this page to be fetched.",
        "Ask the source for leave, or paste the text by hand.",
    ),
    "robots-unknown": Reason(
        "The site's robots.txt could not be read, so nothing is fetched for now.",
        "Nothing to do: it is tried again on its own.",
    ),
    "not-found": Reason(
        "The page is not there.",
        "Check the address; the page may have moved.",
    ),
    "gone": Reason(
        "The site says that the page is gone for good.",
        "Remove the feed or article, or find its new address.",
        False,
    ),
    "forbidden": Reason(
        "The site refused the page.",
        "Open the page in a browser and paste its text by hand.",
    ),
    "redirect-loop": Reason(
        "The page leads from address to address without an end.",
        "Find the final address in a browser and use that.",
    ),
    "bad-redirect": Reason(
        "The page leads to somewhere that cannot be fetched.",
        "Find the final address in a browser and use that.",
    ),
    "led-home": Reason(
        "The address leads to the site's front page, so the page is not there any more.",
        "Look for the page's new address and add that.",
    ),
    "leads-elsewhere": Reason(
        "The address leads to the page of another article that is here already.",
        "Look at that article; nothing needs to be done.",
    ),
    "bad-answer": Reason(
        "The host's answer does not follow the rules of HTTP.",
        "Tell the source; it is tried again a few times.",
    ),
    # The bytes
    "too-large": Reason(
        "The answer is larger than the limit.",
        "Paste the part that matters by hand.",
        False,
    ),
    "compression": Reason(
        "The answer is packed in a way that is not accepted.",
        "Tell the source; paste the text by hand meanwhile.",
        False,
    ),
    "not-text": Reason(
        "This is not an HTML page or a text.",
        "Convert it to text and upload that.",
        False,
    ),
    "not-a-feed": Reason(
        "What came is not the kind of feed that was expected.",
        "Check the feed's address and kind in the admin.",
    ),
    "feed-forbids": Reason(
        "The feed holds a document type declaration, which is never read.",
        "Tell the source; a feed does not need one.",
    ),
    "no-selector": Reason(
        "The listing page has no CSS selector for its links.",
        "Set the selector of the feed in the admin.",
        False,
    ),
    "bad-selector": Reason(
        "The CSS selector of the listing page is not valid.",
        "Correct the selector of the feed in the admin.",
        False,
    ),
    "no-text": Reason(
        "No article text was found on the page.",
        "Open the page; if it has a text, paste it by hand.",
    ),
    "wall": Reason(
        "The page shows a consent, payment or script wall instead of its article.",
        "Open the page in a browser and paste the text by hand.",
    ),
    "consent-wall": Reason(
        "The page asks for consent to cookies instead of showing its article.",
        "Open the page in a browser and paste the text by hand.",
    ),
    "paywall": Reason(
        "The article is behind a paywall.",
        "If you may read it, open the page in a browser and paste the text by hand.",
    ),
    "login-wall": Reason(
        "The page asks its reader to log in.",
        "If you may read it, open the page in a browser and paste the text by hand.",
    ),
    "challenge": Reason(
        "The site wants to know whether a human is asking, and shows no article to programs.",
        "Ask the source for leave, or open the page in a browser and paste the text by hand.",
    ),
    "script-wall": Reason(
        "The page shows its text only to browsers that run its scripts.",
        "Open the page in a browser and paste the text by hand.",
    ),
    "soft-404": Reason(
        "The page says that it does not exist, though the site answers as if it did.",
        "Check the address; the page may have moved.",
    ),
    "error-page": Reason(
        "The page only says that the site is out of order at the moment.",
        "Capture the article again in a while.",
    ),
    "boilerplate": Reason(
        "The page holds links and notices, but no article.",
        "Check that the address is that of one article; if it has a text, paste it by hand.",
    ),
    "parse-failed": Reason(
        "The page could not be taken apart.",
        "Paste the text by hand.",
    ),
    "parse-exceeded": Reason(
        "Taking it apart needed more time or memory than is allowed.",
        "Press Retry; if it ends in the same way, give what matters by hand.",
    ),
    "reader-away": Reason(
        "The process that takes pages apart could not be started.",
        "Look at the worker's log; after an update start the workers anew. It is tried again.",
    ),
    # The dates of what was read
    "date-in-future": Reason(
        "The page or its feed states a day of publication that has not come yet.",
        "State the day on the article's page in the admin.",
        False,
    ),
    "date-absurd": Reason(
        "The page or its feed states a day of publication before 1990.",
        "State the day on the article's page in the admin.",
        False,
    ),
    # The work
    "worker-died": Reason(
        "The worker died or fell silent over this three times.",
        "Look at the worker's log, then press Retry.",
    ),
    "attempts-spent": Reason(
        "It was tried as often as makes sense.",
        "Press Retry when the cause is gone.",
    ),
    "unexpected": Reason(
        "Something went wrong that nobody foresaw.",
        "Look at the worker's log, then press Retry.",
    ),
    "snapshot-damaged": Reason(
        "The stored bytes are missing or damaged.",
        "Capture the article again.",
    ),
    "disk": Reason(
        "The snapshot store cannot be written.",
        "Make room or mend the store; it is tried again on its own.",
    ),
    "database": Reason(
        "The database broke off in the middle of it.",
        "Nothing to do: it is tried again on its own.",
    ),
    "in-the-way": Reason(
        "Somebody else was changing the same things for too long.",
        "Nothing to do: it goes on in a moment.",
    ),
    "other-version": Reason(
        "The database was brought up to date for a newer Demarche in the middle of it.",
        "Start the newer one in place of this; it is tried again on its own.",
    ),
    "cancelled": Reason("An editor cancelled it.", "Press Retry to take it up again."),
}


# Reasons that mean: the article may be there, but this is not it.
WALLS = frozenset({"wall", "consent-wall", "paywall", "login-wall", "challenge", "script-wall"})


# Reasons that trying again hardly helps against: it is tried once more, in case it was a slip.
LASTING = frozenset({
    "not-found", "forbidden", "redirect-loop", "bad-redirect", "led-home", "leads-elsewhere",
    "compression", "credential-unreadable",
})  # fmt: skip


def sentence(code: str, detail: str = "") -> str:
    """The sentence of a code, with what is particular to this case in brackets.

    >>> sentence("gone", "HTTP 410")
    'The site says that the page is gone for good. (HTTP 410)'
    """
    text = REASONS[code].sentence
    return f"{text} ({detail})" if detail else text
