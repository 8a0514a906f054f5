"""A star finds every word that begins so, though the index has stems: in nine sentences each of
languages with stems, any four letters or more of any word."""

from collections.abc import Iterator

import pytest
from django.db import connection

from statements.search.cutting import Words
from statements.search.lexing import tsquery, understand
from statements.search.marking import Marker

pytestmark = pytest.mark.django_db

# Invented sentences, with many endings.
TEXTS = {
    "en": """The university studies necessary happiness. Universities were organising nationalities
    and their responsibilities relentlessly. Nationalisation stopped beginners from carrying
    beautifully conditional ponies. Its effectiveness relied on hopefully generous donations.
    Studying treaties, the gardeners denied any dependency. Electricity flies through capacities.
    A sensational singer hurriedly polished copper kettles. Perpetuity bored the activists.
    Knives, wolves and potatoes were classified by the authorities.""",
    "ru": """Университеты договаривались о странной деятельности. Садовники поливали огурцами
    заросшие грядки. Необходимостью называли обязательства, принятые учителями. Занимавшийся
    музыкой мальчик смеялся над облаками. Красивейшие бабочки облетали деревянные заборы.
    Соседями обсуждалась стоимость картофеля. Странные путешественники возвращаются вечерами.
    Государственных пирогов не предлагалось. Лошади, увидевшие реку, остановились.""",
    "uk": """Університети домовлялися про діяльність садівників. Договір про огірки підписано
    сусідами. Необхідністю називали зобов’язання вчителів. Музикою займалися дівчата. Дерев’яні
    паркани оминали метелики. Вартість картоплі обговорювалася вечорами. Мандрівники повертаються
    додому з піснями. Коровам подобалося на левадах. Системи поливу працювали цілодобово.""",
    "es": """Las universidades organizaron necesariamente actividades para jardineros. Estudiábamos
    canciones mientras llovía. La responsabilidad de los vecinos disminuyó tranquilamente. Las
    nacionalidades celebraban felicidades. Comiéndose manzanas, los caballos corrían. La
    electricidad iluminaba habitaciones. Hermosísimas mariposas volaban. Construyeron puentes de
    madera. La abundancia de patatas sorprendió a los cocineros.""",
    "fr": """Les universités organisèrent nécessairement des activités pour jardiniers. Nous
    étudiions des chansons pendant que la pluie tombait. La responsabilité des voisins diminuait
    tranquillement. Les nationalités célébraient leurs publications. En mangeant des pommes, les
    chevaux couraient. L’électricité illuminait les habitations. De merveilleuses hirondelles
    volaient. Ils construisaient des ponts. L’abondance de légumes surprit les cuisinières.""",
    "de": """Die Universitäten organisierten notwendigerweise Tätigkeiten für Gärtner. Wir studierten
    Lieder, während es regnete. Die Verantwortung der Nachbarn verringerte sich. Freundlichkeiten
    wurden gefeiert. Äpfel essend, liefen die Pferde. Die Elektrizität erleuchtete Wohnungen.
    Wunderschöne Schmetterlinge flogen. Sie bauten hölzerne Brücken. Die Häuser am Fluss
    überraschten die Köchinnen.""",
}
FEWEST = 4


def beginnings(word: str) -> Iterator[str]:
    for size in range(FEWEST, len(word) + 1):
        yield word[:size]


@pytest.mark.parametrize("language", TEXTS)
def test_a_star_finds_and_marks_each_word_by_any_beginning(language: str) -> None:
    words = sorted({word.text for word in Words(TEXTS[language]).following()})
    asked = [(word, begun) for word in words for begun in beginnings(word)]
    assert len(asked) > 150
    found = [understand(f"{begun}*").words for _, begun in asked]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT search_vector(word, %s) @@ query::tsquery OR search_vector(word, %s) = ''"
            "  FROM unnest(%s::text[], %s::text[]) AS asked (word, query)",
            [
                language,
                language,
                [word for word, _ in asked],
                [tsquery(one) for one in found if one],
            ],
        )
        fits = [fit for (fit,) in cursor.fetchall()]

    missed = [one for one, fit in zip(asked, fits, strict=True) if not fit]
    assert missed == []
    unmarked = [
        (word, begun)
        for (word, begun), one in zip(asked, found, strict=True)
        if Marker(one).places(word, language) == [] and not _too_common(word, language)
    ]
    assert unmarked == []


def _too_common(word: str, language: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_vector(%s, %s) = ''", [word, language])
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("stud*", "The stadium"), ("study*", "A studio"), ("treaty*", "Treatment"),
        ("organiser*", "An organism"), ("universit*", "Unison"),
        ("договор*", "Договаривались"), ("страница*", "Странник"),
    ],
)  # fmt: skip
def test_a_star_finds_no_word_that_begins_otherwise(typed: str, text: str) -> None:
    words = understand(typed).words
    assert words is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_vector(%s, 'en') @@ %s::tsquery", [text, tsquery(words)])
        assert cursor.fetchone() == (False,)
