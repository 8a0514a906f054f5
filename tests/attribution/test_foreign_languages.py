"""Which language a text is in, and that nothing is made of those that nobody reads here."""

import pytest

from statements.attribution.foreign import by_language
from tests.attribution.invented import found, said

UNREAD = [
    "قال وزير الخارجية فلان الفلاني: «نحن قلقون للغاية من هذه الاتفاقية». وأضاف أن المحادثات مستمرة.",
    "विदेश मंत्री ने कहा, “हम इस समझौते को लेकर चिंतित हैं।” उन्होंने कहा कि बातचीत जारी रहेगी।",
    "Dışişleri Bakanı Örnek Örnekoğlu, “Bu anlaşma bizi çok endişelendiriyor” dedi ve görüşmelerin süreceğini söyledi.",
    "Bộ trưởng Ngoại giao nói: “Chúng tôi rất lo ngại về hiệp ước này”, và cho biết đàm phán sẽ tiếp tục.",
    "Ulkoministeri Esimerkki sanoi: ”Olemme hyvin huolissamme tästä sopimuksesta”, ja hän sanoi että neuvottelut jatkuvat.",
    "Il ministro degli Esteri ha detto: «Siamo molto preoccupati per questo accordo», e che i colloqui sono aperti.",
    "O ministro disse: “Estamos muito preocupados com este acordo”, e que as conversas não vão parar.",
    "Minister powiedział: „Jesteśmy bardzo zaniepokojeni tym układem”, i że rozmowy są dalej prowadzone.",
    "Министърът заяви: „Ние сме много обезпокоени от този договор“, и че разговорите ще продължат, тъй като въпросът е въжен, съвсем ясен.",
    "Міністр сказаў: «Мы вельмі занепакоеныя гэтай дамовай», і што ўсе перамовы ўжо ідуць.",
    "Министар је рекао: „Веома смо забринути због овог споразума“, и додао да ће се љубав и њих чекати.",
    "รัฐมนตรีกล่าวว่า “เรากังวลอย่างยิ่งต่อสนธิสัญญานี้” และการเจรจาจะดำเนินต่อไป",
    'שר החוץ אמר: "אנחנו מודאגים מאוד מההסכם הזה", והוסיף שהשיחות יימשכו.',
    "Ο υπουργός δήλωσε: «Είμαστε πολύ ανήσυχοι για αυτή τη συμφωνία» και ότι οι συνομιλίες συνεχίζονται.",
    "xqzv blorp «fnord wibble zonk» grault ---- qwx plugh «thud» xyzzy",
    "\x00\x01 ￿ �� 12345 ---- ::: ((((",
]


@pytest.mark.parametrize("text", UNREAD)
def test_an_unread_language_gives_nothing(text: str) -> None:
    assert found(text) == []
    assert found("\n".join([text] * 5)) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Министр заявил, что встреча состоится завтра.", "ru"),
        ("Міністр заявив, що зустріч відбудеться завтра.", "uk"),
        ("장관은 회담이 내일 열린다고 말했다.", "ko"),
        ("外相は会談は明日だと述べた。", "ja"),
        ("外交部发言人表示，会谈将在明天举行。", "zh"),
        ("Le ministre a déclaré que la réunion aurait lieu demain dans la capitale.", "fr"),
        ("El ministro dijo que la reunión será mañana en la capital.", "es"),
        ("Der Minister sagte, dass die Sitzung morgen in der Hauptstadt stattfindet.", "de"),
        ("The minister said that the meeting would be held tomorrow.", "en"),
        ("Minister quits", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert list(by_language(text)) == [language]


def test_an_english_text_with_foreign_words_remains_english() -> None:
    text = (
        "Ada Example said the “Договор о партнёрстве” was void. “This is the Quai d’Orsay’s "
        "déjà vu,” she added, in what she called a Zeitenwende, and que será, será."
    )

    assert list(by_language(text)) == ["en"]
    assert [s.voices[0].name for s in found(text)][:1] == ["Ada Example"]


def test_each_paragraph_by_its_own_script() -> None:
    text = (
        "Ada Example said that the treaty was void and that the talks would go on.\n"
        "«Мы не признаём этот документ», — заявила министр Ада Примерова.\n"
        "김예시 장관은 조약이 결의를 위반한다고 말했다.\n"
        "見本花子外相は「条約は決議に違反する」と述べた。"
    )

    assert set(by_language(text)) == {"en", "ru", "ko", "ja"}
    assert {name for name, _ in said(text)} == {"Ada Example"}
    assert len(said(text)) >= 4


def test_offsets_hold_where_paragraphs_are_in_several_languages() -> None:
    text = "The council met on Friday in the old town hall.\nАда Примерова заявила, что договор ничтожен."

    assert said(text) == [("Ada Example", "договор ничтожен")]
