"""Of any text in any script: offsets slice back, nothing raises, nothing takes long."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.attribution import attribute
from statements.attribution.register import EMPTY
from tests.attribution.invented import FRIDAY, INVENTED, check

PIECES = {
    "ru": "«Мы ждём», — сказал| министр Ада Примерова|. — «Он»|, что |по словам Примеровой, |— |заявила|он|: |«|»|“|. |В МИД сообщили|, сообщает ТАСС|об этом |не |г. ",
    "uk": "«Ми ждемо», — заявив| міністр |Ада Прикладенко|, що |за його словами, |— |він|про це |: |«|»|. |у МЗС |повідомляє Укрінформ",
    "ko": "김예시 장관은 |“대화는 계속된다”|라고 |고 |말했다|밝혔다. |그는 |다고 |에 따르면 |연합뉴스|“|”|며 |. |하지 않았다|것을 촉구했다",
    "ja": "見本花子外相は|「対話を続ける」|と|述べた。|との考えを示した|によると、|とし、|共同通信|「|」|は|。|手本氏|ことを明らかにした",
    "zh": "外长范例|表示，|“对话将继续。”|说：|他|据新华社报道，|。|“|”|没有|日本政府|称",
    "fr": "« Nous verrons », |a déclaré |la ministre Ada Example|, que |selon elle, |a-t-elle ajouté|. |«|»|n’a pas dit |le |de |qu’|M. |: |–",
    "es": "«No sabemos», |dijo |la ministra Ada Example|, que |según |añadió|. |—|«|»|no |de |la |: |y ",
    "de": "„Wir warten“, |sagte |die Ministerin Ada Example|, dass |laut |so |. |„|“|nicht|der |: |zufolge|und ",
}


def mixtures() -> st.SearchStrategy[str]:
    """Texts made of pieces of one language in any order, or of all of them."""
    own = [st.lists(st.sampled_from(p.split("|")), max_size=25) for p in PIECES.values()]
    every = [piece for pieces in PIECES.values() for piece in pieces.split("|")]
    mixed = st.lists(st.sampled_from([*every, "\n", " ", "\u00a0", "\r\n"]), max_size=30)
    return st.one_of(*own, mixed).map("".join)


@settings(max_examples=400, deadline=None)
@given(mixtures(), st.booleans())
def test_offsets_slice_back_and_nothing_raises(text: str, known: bool) -> None:
    statements = attribute(text, published_on=FRIDAY, register=INVENTED if known else EMPTY)

    for statement in statements:
        check(text, statement)
        assert statement.voices
    assert statements == attribute(
        text, published_on=FRIDAY, register=INVENTED if known else EMPTY
    )


@pytest.mark.parametrize(
    "text",
    [
        "Министр Ада Примерова сказала следующее:\n— ",
        ". Ада Прикладенко чекала: про це повідомляє Укрінформ. Про це він заявив.",
        "— . Об этом сообщил министр Иван Образцов.",
    ],
)
def test_a_mark_without_words_is_no_statement(text: str) -> None:
    for statement in attribute(text, published_on=FRIDAY, register=INVENTED):
        check(text, statement)


@pytest.mark.parametrize("language", PIECES)
def test_a_text_ten_times_as_long_takes_about_ten_times_as_long(language: str) -> None:
    once = PIECES[language].replace("|", "") * 20

    def seconds(text: str) -> float:
        began = process_time()
        attribute(text, published_on=FRIDAY, register=INVENTED)
        return process_time() - began

    seconds(once)
    short = min(seconds(once) for _ in range(3))
    # In one sentence and in one paragraph without an end; ten times as long, with room for noise.
    assert seconds(once * 10) < 40 * short + 0.2
