"""What turns the sense of the same words is never joined by machine, and what does not is."""

from datetime import date

import pytest

from statements.likeness import SAME, Report, judge

DAY = date(2025, 1, 9)
_EN = "we will send 300 tents and 20 doctors to the villages on the river"
_HAVE = "they have sent 300 tents and 20 doctors to the villages on the river"
_RU = "мы отправим 300 палаток и 20 врачей в деревни у реки"
_UK = "ми відправимо 300 наметів і 20 лікарів до сіл біля річки"
_KO = "우리는 강가 마을에 천막 300개와 의사 20명을 보낸다"
_JA = "川沿いの村に300のテントと20人の医師を送る"
_ZH = "我们将向河边的村庄派出300顶帐篷和20名医生"
_DE = "wir schicken 300 Zelte und 20 Ärzte in die Dörfer am Fluss"
_FR = "nous enverrons 300 tentes et 20 médecins dans les villages du fleuve"
_ES = "enviaremos 300 tiendas y 20 médicos a los pueblos del río"
_IT = "manderemo 300 tende e 20 medici ai villaggi sul fiume"
_PL = "wyślemy 300 namiotów i 20 lekarzy do wiosek nad rzeką"

# The same words with something beside them that turns their sense.
TURNED = [
    *[("en", _EN, other) for other in (
        f"{_EN}, which is false",
        f"{_EN}, but only half of them",
        f"{_EN}, except those behind the bridge",
        "we will send 300 tents and 20 doctors to some of the villages on the river",
        f"{_EN}, and nobody believes it",
        f"{_EN}, and that will not happen",
        f"{_EN} at no time",
        f"{_EN}, which is not true",
        f"{_EN}, they claim, and that is a lie",
        f"“{_EN}”: a fake from the first word to the last",
        f"{_EN}. This is a lie.",
        f"{_EN}. That is not the case.",
        f"“{_EN}”. Nonsense!",
        f"it is not true that {_EN}",
        f"nobody has ever said that {_EN}",
        f"Ruritania denied that {_EN}",
        f"Ruritania refuses to say that {_EN}",
        f"critics say {_EN}",
        f"according to the opposition, {_EN}",
        f"it has been claimed in Graustark that {_EN}",
        f"{_EN}, say the papers of Graustark",
        f"if {_EN}, the harbour stays open",
        f"{_EN} if Graustark asks for it",
        f"{_EN}, unless Graustark pays",
        f"whether {_EN} is open",
        f"supposedly {_EN}",
        f"perhaps {_EN}",
        f"it may be that {_EN}",
        f"I doubt that {_EN}",
        f"it is unlikely that {_EN}",
        f"{_EN}?",
        f"Does anybody believe that {_EN}?",
        f"So {_EN}? By no means",
        f"it is a myth that {_EN}",
        f"the press has it that {_EN}",
        f"somebody told them that {_EN}",
        f"what a joke that {_EN}",
        f"{_EN}. It never happened.",
        f"{_EN} [not]",
        _EN.replace("we will", "we would") + " if the villages asked",
        _EN.replace("we will send", "they would have sent"),
        _EN.replace("we will send", "we will hardly send"),
        _EN.replace("300", "3,000"),
        _EN.replace("20 doctors", "two doctors"),
    )],
    ("en", _HAVE, f"had {_HAVE}"),
    ("en", _HAVE, "had " + _HAVE.replace("have ", "") + ", the towns would have been safe"),
    ("en", _HAVE, f"{_HAVE}, allegedly"),
    ("en", _HAVE, f"rumour has it that {_HAVE}"),
    ("en", _HAVE, _HAVE.replace("have sent", "have never sent")),
    ("en", _HAVE, _HAVE.replace("have sent", "have refused to send")),
    ("en", "“send 300 tents and 20 doctors to the villages”",
     "it was out of the question to “send 300 tents and 20 doctors to the villages”"),
    ("en", "it was time to “send 300 tents and 20 doctors to the villages”",
     "it was unacceptable to “send 300 tents and 20 doctors to the villages”"),
    ("en", "he welcomed the plan to “send tents to the villages on the river”",
     "he condemned the plan to “send tents to the villages on the river”"),
    ("en", _EN, f"{_EN}. The ministry denied it."),
    ("en", _EN, f"we were told {_EN}"),
    ("en", _EN, f"{_EN} - or so they hope"),
    ("en", _EN, _EN.replace("and 20", "or 20")),
    ("en", _EN, _EN.replace("will send", "will stop sending")),
    ("en", "we send tents to all the villages on the river before the winter",
     "we send tents to some of the villages on the river before the winter"),
    *[("en", _EN, other) for other in (
        f"{_EN} as soon as Graustark pays",
        f"{_EN} only after Graustark leaves",
        f"{_EN}, provided Graustark pays",
        f"{_EN} subject to approval by the senate",
        f"before {_EN}, the harbour must open",
        f"in theory {_EN}",
        f"{_EN}, on paper",
        f"{_EN}. Just kidding.",
        f"{_EN}. We have since changed our mind.",
        f"pundits: {_EN}",
        f"my predecessor promised: {_EN}",
        f"they promised us {_EN}",
        f"{_EN}, Graustark boasts",
        f"the minister mocked “{_EN}”",
        _EN.replace("river", "road"),
        _EN.replace("river", "lake by the road"),
    )],
    ("en", "the port opens for the ships of both countries for the next ten years",
     "the port opens for the ships of both countries for the next ten months"),
    ("en", "they will sign the pact in the harbour of Zenda on the third of May",
     "they will sign the pact in the harbour of Zenda by the third of May"),
    # Sentences of two reports around one quoted piece.
    ("en", "Ruritania would “send 300 tents to the villages on the river”",
     "Ruritania denied that it would “send 300 tents to the villages on the river”"),
    ("en", "Ruritania would “send 300 tents to the villages on the river”",
     "critics say Ruritania would “send 300 tents to the villages on the river”"),
    ("en", "Ruritania would “send 300 tents to the villages on the river”",
     "Ruritania may “send 300 tents to the villages on the river”"),
    ("en", "Ruritania would “send 300 tents to the villages on the river”",
     "Ruritania would “send 300 tents to the villages on the river” if it were asked"),
    *[("ru", _RU, other) for other in (
        f"неправда, что {_RU}",
        f"{_RU}, и это ложь",
        f"«{_RU}» — фейк",
        f"{_RU}. Это не так.",
        f"критики утверждают, что {_RU}",
        f"якобы {_RU}",
        f"если {_RU}, порт останется открытым",
        f"сомневаюсь, что {_RU}",
        f"вряд ли {_RU}",
        f"ходят разговоры о том, что {_RU}",
        f"допустим, {_RU}",
        f"{_RU}?",
        f"Руритания опровергла, что {_RU}",
        f"по словам оппозиции, {_RU}",
        f"{_RU}, если нас попросят",
        f"{_RU}, но не сейчас",
        f"на бумаге {_RU}",
        f"как только {_RU}, порт откроют",
        f"{_RU}. Это шутка.",
        f"{_RU}, обещали нам соседи",
        f"оппозиция: {_RU}",
    )],
    *[("uk", _UK, other) for other in (
        f"неправда, що {_UK}",
        f"{_UK}, і це брехня",
        f"критики стверджують, що {_UK}",
        f"нібито {_UK}",
        f"якщо {_UK}, порт буде відкритий",
        f"навряд чи {_UK}",
        f"на папері {_UK}",
        f"щойно {_UK}, порт відкриють",
        f"{_UK}?",
    )],
    *[("ko", _KO, other) for other in (
        f"{_KO}는 것은 사실이 아니다",
        f"{_KO}는 주장은 거짓이다",
        f"{_KO}고 주장했다",
        f"{_KO}면 항구는 열려 있을 것이다",
        f"{_KO}는 소문이 있다",
        f"과연 {_KO}고 믿을 수 있을까",
        f"만약 {_KO}면",
        f"{_KO}?",
        f"{_KO}고 가정해 보자",
        f"{_KO}는 것은 오해다",
        f"이론상 {_KO}",
        f"{_KO}. 이것은 농담이었다.",
        f"야당: {_KO}",
    )],
    *[("ja", _JA, other) for other in (
        f"{_JA}というのは事実ではない",
        f"{_JA}という主張は虚偽だ",
        f"{_JA}と野党は主張している",
        f"もし{_JA}ならば港は開いている",
        f"{_JA}かもしれない",
        f"{_JA}とは限らない",
        f"{_JA}のか。",
        f"{_JA}との話だ",
        f"仮に{_JA}としても",
        f"{_JA}ことはしない",
        f"理論上は{_JA}",
        f"{_JA}。これは冗談だった。",
        f"野党：{_JA}",
    )],
    *[("zh", _ZH, other) for other in (
        f"说{_ZH}不是事实",
        f"{_ZH}是谎言",
        f"据说{_ZH}",
        f"有报纸写{_ZH}",
        f"{_ZH}的故事",
        f"如果{_ZH}，港口将开放",
        f"批评者声称{_ZH}",
        f"{_ZH}吗？",
        f"所谓{_ZH}",
        f"{_ZH}，这是假消息",
        f"理论上，{_ZH}",
        f"{_ZH}。这是个玩笑。",
        f"反对派：{_ZH}",
    )],
    ("de", _DE, f"es ist gelogen, dass {_DE}"),
    ("de", _DE, f"angeblich heißt es: {_DE}"),
    ("de", _DE, f"{_DE}, falls man uns bittet"),
    ("de", _DE, f"sobald {_DE}"),
    ("de", _DE, f"Graustark prahlt: {_DE}"),
    ("fr", _FR, f"dès que {_FR}, le port ouvrira"),
    ("es", _ES, f"ojalá {_ES}"),
    ("fr", _FR, f"il est faux que {_FR}"),
    ("fr", _FR, f"selon l’opposition, {_FR}"),
    ("es", _ES, f"es mentira que {_ES}"),
    ("es", _ES, f"{_ES} si nos lo piden"),
    # Languages of which nobody has listed what turns a sense.
    ("it", _IT, f"è falso che {_IT}"),
    ("it", _IT, f"secondo la Graustark {_IT}"),
    ("pl", _PL, _PL.replace("wyślemy", "nie wyślemy")),
    ("pl", _PL, f"rzekomo {_PL}"),
]  # fmt: skip

# Two reports of the same words that mean the same.
KEPT = [
    *[("en", _EN, other) for other in (
        _EN.upper(),
        f"“{_EN}.”",
        f"{_EN} before the winter comes",
        f"this week {_EN} and more will follow in spring",
        f"{_EN}. We do not forget the towns in the hills.",
        f"We have seen the flood. It is not over. And {_EN}.",
        f"Who are we? What do they say? {_EN.capitalize()}.",
        f"I say it again: {_EN}",
        f"as the Prime Minister of the U.S. knows, {_EN}",
        f"{_EN} and will not rest before they are dry",
        _EN.replace("we will", "they would"),
    )],
    ("en", "we will not send 300 tents and 20 doctors to the villages on the river",
     "they would not send 300 tents and 20 doctors to the villages on the river"),
    ("en", "if we are asked we will send 300 tents to the villages on the river",
     "If we are asked, we will send 300 tents to the villages on the river before the winter"),
    ("en", "Do they really believe that we will open the harbour of the capital?",
     "“Do they really believe that we will open the harbour of the capital? We are at work.”"),
    ("en", "Ruritania would “send 300 tents to the villages on the river”",
     "“We will send 300 tents to the villages on the river before the winter”"),
    ("en", "Ruritania, she said, would “send 300 tents to the villages on the river”",
     "Ruritania was going to “send 300 tents to the villages on the river”"),
    ("en", "it was “not going to send 300 tents to the villages on the river”",
     "“We are not going to send 300 tents to the villages on the river this year”"),
    ("ru", _RU, f"{_RU} до зимы"),
    ("ru", _RU, f"подчеркну: {_RU}. Мы не забываем и города."),
    ("uk", _UK, f"{_UK} до зими"),
    ("ko", _KO, f"{_KO}. 그리고 봄에 더 보낼 것이다."),
    ("ko", _KO, f"{_KO}. 도시도 잊지 않는다."),
    ("ja", _JA, f"{_JA}。春にはさらに送る。"),
    ("ja", _JA, f"冬になる前に{_JA}。町のことも忘れない。"),
    ("zh", _ZH, f"{_ZH}，春天还会更多。"),
    ("zh", _ZH, f"{_ZH}。我们不会忘记城市。"),
    ("de", _DE, f"{_DE}, und zwar vor dem Winter"),
    ("fr", _FR, f"{_FR} avant l’hiver"),
    ("es", _ES, f"{_ES} antes del invierno"),
    ("pl", _PL, f"„{_PL.capitalize()}.”"),
    ("ru", _RU, f"повторю: {_RU}"),
    ("en", _EN, f"we repeat: {_EN}"),
]  # fmt: skip


def _said(words: str, language: str) -> Report:
    return Report(words, language, DAY)


@pytest.mark.parametrize(("language", "one", "other"), TURNED)
def test_what_turns_the_sense_is_never_joined(language: str, one: str, other: str) -> None:
    for a, b in ((one, other), (other, one)):
        assert judge(_said(a, language), _said(b, language)).verdict != SAME


@pytest.mark.parametrize(("language", "one", "other"), KEPT)
def test_what_keeps_the_sense_is_joined(language: str, one: str, other: str) -> None:
    for a, b in ((one, other), (other, one)):
        assert judge(_said(a, language), _said(b, language)).verdict == SAME
