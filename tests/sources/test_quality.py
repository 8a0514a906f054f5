"""Walls and missing pages are named for what they are; articles about them are read."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from sources.notices import BOILERPLATE, OFFER, REPORTED, SAYINGS
from sources.quality import PARTIAL
from sources.reasons import REASONS, WALLS
from sources.text import ArticleText, PageError, decode_page
from sources.text import read as read_decoded

URL = "http://news.example/2024/06/20/story"
STORY = (
    "Minister Ada Example said on Thursday that the invented treaty would enter into force soon. "
    "Both invented parliaments had voted on it after two days of talks in the port of Exampleton."
)


def read(html: str) -> ArticleText:
    return read_decoded(decode_page(html.encode(), "text/html; charset=utf-8"), URL)


def page(body: str, *, title: str = "A headline | The Courier", head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def article(
    *paragraphs: str, title: str = "A headline", head: str = "", after: str = ""
) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return page(f"<article><h1>{title}</h1>{body}{after}</article>", title=title, head=head)


def refused(html: str) -> str:
    with pytest.raises(PageError) as caught:
        read(html)
    return caught.value.code


CONSENT = (
    "We value your privacy. We and our 842 partners store and access information on your device. "
    "Our partners process personal data such as your IP address for advertising. "
    "You can accept or manage your choices by clicking below, including your right to object. "
    "By clicking Accept all you consent to this. You may change your preferences at any time."
)
WALL_PAGES = {
    "consent": ("consent-wall", page(f"<div><h2>Your privacy</h2><p>{CONSENT}</p><button>Accept all</button></div>")),
    "consent, long": ("consent-wall", page("".join(f"<p>{CONSENT}</p><p>Part {n}.</p>" for n in range(6)))),
    "consent, German": ("consent-wall", page(
        "<div><p>Wir und unsere 193 Partner verwenden Cookies und verarbeiten personenbezogene Daten. "
        "Mit Werbung und Tracking lesen. Ihre Einwilligung können Sie jederzeit widerrufen. "
        "Alle akzeptieren oder ablehnen.</p></div>")),
    "consent, French": ("consent-wall", page(
        "<div><p>Nous et nos 200 partenaires utilisons des cookies sur votre appareil. "
        "Votre consentement peut être retiré. Continuer sans accepter. Tout accepter.</p></div>")),
    "consent, Russian": ("consent-wall", page(
        "<div><p>Мы используем файлы cookie. Продолжая, вы даёте ваше согласие на обработку данных. "
        "Принять все. Отклонить все.</p></div>")),
    "challenge": ("challenge", page(
        "<h1>news.example</h1><h2>Checking if the site connection is secure</h2>"
        "<p>news.example needs to review the security of your connection before proceeding.</p>"
        "<p>Enable JavaScript and cookies to continue</p>", title="Just a moment...")),
    "captcha": ("challenge", page(
        "<h1>Are you a robot?</h1><p>Please complete the security check to access the site. We have "
        "detected unusual traffic from your network.</p>", title="news.example")),
    "blocked": ("challenge", page(
        "<h1>Access Denied</h1><p>You don't have permission to access \"http://news.example/\" on "
        "this server.</p><p>Reference #18.2d351ab8.1557333295.a4e16ab</p>", title="Access Denied")),
    "challenge, Russian": ("challenge", page("<p>Подтвердите, что вы не робот.</p>", title="Проверка")),
    "script": ("script-wall", page("<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div><script src=/a.js></script>")),
    "script, silent": ("script-wall", page("<div id=root></div><script src=/main.js></script>")),
    "login": ("login-wall", page(
        "<h1>Welcome</h1><p>Please log in to continue reading this page.</p><form><input name=u>"
        "<input type=password name=p></form><p>Forgot your password?</p>", title="The Courier")),
    "login, Korean": ("login-wall", page("<div><p>로그인이 필요한 서비스입니다. 로그인 후 이용해 주세요.</p></div>", title="로그인")),
    "paywall": ("paywall", page(
        "<h1>A headline</h1><p>This article is for subscribers only.</p><p>Subscribe to continue "
        "reading. Already a subscriber? Log in.</p>")),
    "paywall, French": ("paywall", page("<h1>Un titre</h1><p>Article réservé aux abonnés. Abonnez-vous pour lire la suite. Déjà abonné ? Connectez-vous.</p>")),
    "paywall, Japanese": ("paywall", page("<h1>見出し</h1><p>この記事は有料会員限定です。続きを読むには会員登録が必要です。</p>")),
    "404": ("soft-404", page("<h1>Page not found</h1><p>Sorry, the page you are looking for could not be found. It may have been moved or deleted by the editors of this invented site.</p>", title="404 - Page not found | The Courier")),
    "404, with news": ("soft-404", page(
        "<h1>Page not found</h1><p>The page may have moved.</p><h2>Latest news</h2>"
        + "".join(f"<p><a href=/{n}>Invented headline number {n} about the treaty and its parliaments</a></p>" for n in range(30)),
        title="Not found")),
    "404, Russian": ("soft-404", page("<h1>Страница не найдена</h1><p>К сожалению, запрашиваемая страница была удалена или перемещена. Вернитесь на главную.</p>", title="404")),
    "404, Ukrainian": ("soft-404", page("<h1>Сторінку не знайдено</h1><p>На жаль, сторінка була видалена. Перейдіть на головну.</p>", title="Кур'єр")),
    "404, Korean": ("soft-404", page("<h1>페이지를 찾을 수 없습니다.</h1><p>주소가 올바른지 확인해 주세요.</p>", title="오류")),
    "404, Japanese": ("soft-404", page("<h1>お探しのページは見つかりませんでした。</h1><p>URLをご確認ください。</p>", title="新聞")),
    "404, Chinese": ("soft-404", page("<h1>页面不存在</h1><p>您访问的页面已被删除。</p>", title="404")),
    "404, Spanish": ("soft-404", page("<h1>Página no encontrada</h1><p>Es posible que haya sido eliminada.</p>", title="El Correo")),
    "404, French": ("soft-404", page("<h1>Page introuvable</h1><p>Cette page a peut-être été supprimée.</p>", title="Le Courrier")),
    "404, German": ("soft-404", page("<h1>Seite nicht gefunden</h1><p>Die Adresse ist nicht mehr gültig.</p>", title="Der Kurier")),
    "error": ("error-page", page("<h1>503 Service Temporarily Unavailable</h1><hr><center>nginx</center>", title="503 Service Temporarily Unavailable")),
    "error, CDN": ("error-page", page("<h1>Bad gateway</h1><p>The web server reported a bad gateway error. Please try again in a few minutes. Ray ID: 000.</p>", title="news.example | 502: Bad gateway")),
    "maintenance": ("error-page", page("<h1>Under maintenance</h1><p>We are working on our invented site and expect to be back within a few hours. Thank you for your patience.</p>", title="The Courier")),
    "maintenance, Russian": ("error-page", page("<h1>Сайт временно недоступен</h1><p>Ведутся технические работы. Приносим извинения.</p>", title="Курьер")),
    "menu": ("boilerplate", page(
        "<ul>" + "".join(f"<li><a href=/{n}>Invented part {n}</a></li>" for n in range(40)) + "</ul>"
        "<p>© 2024 The Courier. All rights reserved. Terms of use. Privacy policy.</p>")),
    "notices": ("boilerplate", page("<div><p>© 2024 The Courier. All rights reserved.</p><p>Terms of use and conditions of The Courier and its invented sister papers</p><p>Privacy policy</p></div>")),
}  # fmt: skip


@pytest.mark.parametrize("name", WALL_PAGES)
def test_what_is_no_article_is_called_by_its_name(name: str) -> None:
    code, html = WALL_PAGES[name]

    assert refused(html) == code


def test_an_empty_page_has_no_text() -> None:
    assert refused(page("<p> </p>")) == "no-text"


ABOUT = {
    "consent banners": (
        ("Sites must let readers reject all cookies as easily as they accept them, the invented "
        "data office ruled. Banners that say «We value your privacy» mislead, it wrote."),
        ("Before readers can accept all cookies, they must be told what for. The rule is about "
        "consent, tracking and the personal data of visitors."),
    ),
    "cookies, shortly": ("Readers may reject all cookies from May, the invented data office ruled on Friday in Exampleton.",),
    "paywalls": (
        ("The Invented Courier put up a paywall on Monday. From now on readers see the words "
        "«Subscribe to continue reading», and only subscribers get the rest of the story."),
        ("Articles for subscribers only brought in most of its income, the publisher said. Already "
        "a third of its readers had become subscribers."),
    ),
    "robots": (
        ("Are you a robot? That question now greets visitors of the invented ministry. To verify "
        "that they are human, they must click on pictures of bridges."),
        "The checks block automated requests, the ministry said. Access was denied to thousands.",
    ),
    "missing pages": (
        ("Hundreds of links of the invented archive lead to pages that are not found. «404», says "
        "each of them, and nothing else."),
        "The page may have moved, the archivists told The Courier, or it never was there.",
    ),
    "a log-in": (
        ("Pupils must log in to read their marks from May. You must be logged in to see the page, "
        "the invented school board told parents in a letter."),
    ),
    "an outage": ("The invented tax office's site was temporarily unavailable on Friday. A bad gateway was to blame, it said.",),
    "scripts": ("Browsers that lack JavaScript will be shut out of the invented portal. The portal requires JavaScript, its makers wrote.",),
    "rules on copying": ("All rights reserved: under that title the invented parliament debated copyright for two days, without a vote.",),
}  # fmt: skip


@pytest.mark.parametrize("topic", ABOUT)
def test_an_article_about_such_things_is_an_article(topic: str) -> None:
    assert ABOUT[topic][0][:20] in read(article(*ABOUT[topic])).text


@pytest.mark.parametrize(
    "title",
    [
        "404: how an invented archive lost its pages",
        "Page not found, and other tales from the invented ministry",
        "Access denied: the invented port stays closed to journalists",
        "Just a moment: the minister's invented speech in full",
        "Temporarily unavailable, the invented bridge opens again",
        "Доступ запрещён: как придуманный порт закрыли для журналистов",
    ],
)
def test_a_headline_that_plays_with_such_words_is_a_headline(title: str) -> None:
    assert read(article(STORY, title=title)).title == title


def test_a_long_article_under_such_a_heading_is_read() -> None:
    long = [f"{STORY} It was day {number} of the talks." for number in range(8)]

    assert "Ada Example" in read(article(*long, title="Page not found")).text


HEADLINES = [
    f"{headline}, day {day}"
    for day in range(4)
    for headline in (
        "Minister of Exampleland: the invented pact stays as it is",
        "Both invented parliaments vote on the treaty in Exampleton",
        "Ruritania and Exampleland open their talks on the port",
        "Envoys of three invented states meet by the lake",
    )
]
ABOUT_US = (
    "<p>The Courier brings what is new from the invented world, every hour of the day.</p>"
)


def listing(entry: str, headlines: Sequence[str] = HEADLINES, *, inside: str = "div") -> str:
    """A page of links; `entry` shows where its number and its headline go."""
    entries = "".join(entry.format(n=n, headline=line) for n, line in enumerate(headlines))
    return f"<h1>World</h1>{ABOUT_US}<{inside}>{entries}</{inside}>"


LISTINGS = {
    "links": listing("<li><a href=/{n}>{headline}</a></li>", inside="ul"),
    "days": listing(
        "<tr><td>2024-06-{n}</td><td><a href=/{n}>{headline}</a></td></tr>", inside="table"
    ),
    "names": listing("<p><a href=/{n}>{headline}</a> – Ada Writer, {n} hours ago</p>"),
    "Japanese": listing(
        "<p>{n}日 <a href=/{n}>{headline}</a></p>",
        [f"架空の条約について外相が第{n}回の会談で合意と発表" for n in range(16)],
    ),
}


@pytest.mark.parametrize("name", LISTINGS)
def test_a_page_of_links_to_articles_is_no_article(name: str) -> None:
    assert refused(page(LISTINGS[name], title="World | The Courier")) == "boilerplate"


LINKED = "".join(f"<li><a href=/{n}>{line}</a></li>" for n, line in enumerate(HEADLINES[:6]))
SENTENCES = [
    "The invented treaty stays as it is.",
    "Minister Ada Example said so on Monday.",
    "Both parliaments vote on it on Tuesday.",
    "Envoys of Ruritania arrived by train.",
    "Nobody in Exampleton expected them there.",
    "The lake was frozen, a fisher said.",
    "The talks come to an end on Friday.",
    "A second round is planned for May.",
]
SHORT_ARTICLES = {
    "a brief before other headlines": f"<p>{STORY}</p><p>More</p><ul>{LINKED}</ul>",
    "two short paragraphs after them": (
        f"<ul>{LINKED}</ul><p>The invented treaty stays as it is, she said.</p>"
        "<p>It had been signed in the port of Exampleton.</p>"
    ),
    "a chronicle with links": "".join(
        f"<p><a href=/{n}>{line}</a>, as was told on day {n} of the invented talks. {STORY}</p>"
        for n, line in enumerate(HEADLINES[:6])
    ),
    "a headline after each of its sentences": "".join(
        f"<p>{sentence}</p><p><a href=/{n}>{line}</a></p>"
        for n, (sentence, line) in enumerate(zip(SENTENCES, HEADLINES, strict=False))
    ),
}


@pytest.mark.parametrize("name", SHORT_ARTICLES)
def test_an_article_among_links_is_read(name: str) -> None:
    assert "treaty" in read(page(SHORT_ARTICLES[name])).text


def test_a_list_of_links_that_says_it_is_an_article_is_one() -> None:
    fact = '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"World"}</script>'

    assert HEADLINES[0] in read(page(LISTINGS["days"], head=fact)).text


def test_a_list_of_names_is_no_menu() -> None:
    names = "".join(f"<li>Example, Ada the {n}th, born in Exampleton</li>" for n in range(30))

    text = read(page(f"<article><h1>The invented list</h1><ul>{names}</ul></article>")).text

    assert "Ada the 7th" in text


# ------------------------------------------------------------------- paywalls

LD = '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"A headline","isAccessibleForFree":%s%s}</script>'
CALL = "<div class='paywall'><p>Subscribe to continue reading. Already a subscriber? Log in.</p></div>"


@pytest.mark.parametrize(
    ("head", "after"),
    [
        (LD % ("false", ""), ""),
        (LD % ('"False"', ""), ""),
        (LD % ("false", ',"hasPart":{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".rest"}'), ""),
        ('<meta property="article:content_tier" content="locked">', ""),
        ('<meta property="article:content_tier" content="metered">', CALL),
        ("", CALL),
        ('<meta property="article:content_tier" content="metered">', ""),
        ("", "<div id='paywall'>Register for free to go on.</div>"),
        ("", "<p>Lesen Sie mehr: Dieser Artikel ist exklusiv für Abonnenten. Jetzt weiterlesen.</p>"),
        ("", "<p>Доступно только подписчикам. Оформите подписку, чтобы читать дальше.</p>"),
        ("", "<p>이 기사는 유료 회원 전용입니다. 구독 후 이용 가능합니다.</p>"),
        ("", "<p>この記事は有料会員限定です。残り1200文字</p>"),
    ],
)  # fmt: skip
def test_a_readable_beginning_is_kept_as_part(head: str, after: str) -> None:
    found = read(article(STORY, title="A headline", head=head, after=after))

    assert found.partial
    assert PARTIAL in found.warnings
    assert found.text.strip().endswith("Exampleton.")


@pytest.mark.parametrize(
    "head",
    [
        "",
        LD % ("true", ""),
        '<meta property="article:content_tier" content="free">',
        # Said to be closed, but all of it is on the page.
        LD % ("false", ',"wordCount":30'),
        LD % ("false", f',"articleBody":"{(STORY + " ") * 3}"'),
    ],
)
def test_a_whole_article_is_not_called_a_part(head: str) -> None:
    found = read(
        article(
            STORY, STORY.replace("Thursday", "Friday"), STORY.replace("Ada", "Bob"), head=head
        )
    )

    assert not found.partial
    assert PARTIAL not in found.warnings


def test_a_marked_section_that_is_there_makes_it_whole() -> None:
    mark = ',"hasPart":{"@type":"WebPageElement","isAccessibleForFree":"False","cssSelector":".rest"}'
    rest = "".join(f"<p>{STORY} It was day {number} of the talks.</p>" for number in range(4))

    found = read(
        article(STORY, head=LD % ("false", mark), after=f"<div class='rest'>{rest}</div>")
    )

    assert "day 3" in found.text
    assert not found.partial


def test_a_paywall_that_only_stands_ready_closes_nothing() -> None:
    whole = [f"{STORY} It was day {number} of the talks." for number in range(10)]

    assert not read(
        article(*whole, after="<div class='paywall' hidden>Subscribe to read.</div>")
    ).partial


def test_a_selector_that_is_none_does_no_harm() -> None:
    mark = ',"hasPart":[{"cssSelector":"[[["},{"cssSelector":7},"x"]'

    assert read(article(STORY, head=LD % ("false", mark))).partial


def test_each_kind_has_a_reason_and_walls_are_reasons() -> None:
    assert {code for code, _ in WALL_PAGES.values()} <= set(REASONS)
    assert set(REASONS) >= WALLS


def test_annotated_and_official_texts_are_all_articles(shared: Path) -> None:
    for path in sorted((shared / "corpora" / "whitehouse").glob("2*.md"))[::4]:
        lines = path.read_text(encoding="utf-8").split("\n")
        body = "".join(f"<p>{line}</p>" for line in lines[12:80] if line.strip())
        assert not read(page(f"<article>{body}</article>")).partial, path.name


@pytest.mark.parametrize(
    "piece",
    ["a ", "we and our ", "this article is for ", "the this page ", "you can ", "by ", ", "],
)
def test_the_words_are_searched_in_proportion_to_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.process_time()
        for known in (*SAYINGS.values(), REPORTED, BOILERPLATE, OFFER):
            known.search(text)
        return time.process_time() - began

    seconds(1000)
    # Twice as much each; what grows with the square would take sixteen times as long.
    assert min(seconds(20_000) for _ in range(3)) < 10 * min(seconds(5_000) for _ in range(3))
