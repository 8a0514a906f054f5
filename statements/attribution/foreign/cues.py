"""Verbs and phrases of saying of each language, from the lexicon's rows and their regular forms."""

import regex

from statements.attribution.foreign.vocabulary import words
from statements.attribution.words import CUES

# Verbs of the lexicon that report no words: acts, thoughts and thanks.
_NO_SPEECH = words(
    "пригласить поблагодарить поздравить поддержать "
    "приветствовать подякувати привітати осудить "
    "раскритиковать обвинить отвергнуть опровергнуть "
    "выразить засудити розкритикувати звинуватити "
    "відкинути спростувати висловити отказаться "
    "відмовитися предложить запропонувати вимагати "
    "потребовать исключить отрицать призвать "
    "закликати считать полагать вважати инициировать "
    "인용하다 초치하다 규탄하다 remercier saluer condamner "
    "critiquer accuser rejeter inviter exprimer "
    "démentir nier agradecer celebrar condenar "
    "criticar acusar rechazar apoyar expresar negar "
    "desmentir"
)


def _rows(language: str) -> list[str]:
    return [
        form
        for row in CUES
        if row["lang"] == language and row["kind"] == "verb" and row["lemma"] not in _NO_SPEECH
        for form in [row["lemma"], *row["forms"].split(";")]
        if form
    ]


def _alternatives(forms: set[str]) -> str:
    return "|".join(map(regex.escape, sorted(forms, key=lambda form: (-len(form), form))))


# ------------------------------------------------------------------ Russian and Ukrainian

_MORE = {
    "ru": (
        "говорил говорит продолжил продолжал продолжает написал пишет заметил констатировал "
        "констатирует резюмировал заключил воскликнул спросил спрашивает парировал настаивал "
        "настаивает объяснил объясняет разъяснил предположил признался отвечает заявлял "
        "рассказывает добавляет пообещал посетовал возмутился согласился подытожил пошутил "
        "процитировал передал передаёт передает сообщал отмечал подчёркивал подчеркивал уточняет "
        "напоминает признаёт признает доложил обратил обещает высказался начал закончил попросил "
        "информировал проинформировал потребовал отреагировал поделился указывал прокомментировал "
        "запротестовал подчёркнул анонсировал высказал прогнозирует"
    ),
    "uk": (
        "говорив говорить каже казав продовжив написав пише зауважив зауважує констатував "
        "резюмував запитав відповів відповідає пояснює додає нагадує повідомляє підсумував "
        "переконаний розповідає зазначає підкреслює інформує поінформував запевняє визнає припустив "
        "акцентував анонсував прокоментував передає уточнює заявляє наполягає обіцяє прогнозує "
        "вказав указав зазначив розповів розказав відреагував попросив заперечував"
    ),
}
# Verbs that go with a quotation and report no clause.
ONLY_QUOTES = words(
    "начал продолжил продолжал продолжает закончил попросил спросил спрашивает обратил "
    "продовжив запитав попросив"
)


def _slavic_forms(language: str) -> set[str]:
    """All past and present forms of each verb whose one form is known."""
    forms = {form for form in [*_rows(language), *_MORE[language].split()] if " " not in form}
    grown: set[str] = set()
    for form in forms:
        if form.endswith(("ть", "ти", "ться", "тися")) or (
            form.endswith(("ав", "ив", "ів")) and language == "ru"
        ):
            continue
        grown.add(form)
        if language == "ru":
            stem, reflexive = (form[:-2], "ся") if form.endswith("ся") else (form, "")
            if stem.endswith("л"):
                grown |= {
                    form,
                    *(stem + e + ("сь" if reflexive else "") for e in ("а", "и", "о")),
                }
            elif stem.endswith("ет"):
                grown.add(stem[:-2] + "ют" + reflexive)
            elif stem.endswith("ит"):
                grown.add(stem[:-2] + "ят" + reflexive)
            elif stem.endswith("ёт"):
                grown.add(stem[:-2] + "ют" + reflexive)
        else:
            if form.endswith(("ав", "ив", "ув", "ів")):
                grown |= {form[:-1] + e for e in ("ла", "ли", "ло")}
                if form.endswith("ів"):
                    grown |= {form[:-2] + e for e in ("іла", "іли", "іло")}
            elif form.endswith("є"):
                grown.add(form[:-1] + "ють")
            elif form.endswith("ить"):
                grown.add(form[:-3] + "ять")
    if language == "uk":
        grown |= {"кажуть", "пишуть", "пишемо", "відповіли", "відповіла", "застерегла"} - {
            "пишемо"
        }
    else:
        grown |= {"пишут", "говорят"}
    return grown


def slavic_cue(language: str) -> "regex.Pattern[str]":
    """One verb of saying; `not` holds a negation in front of it, `would` a «бы» behind it."""
    return regex.compile(
        rf"(?<![\w-])(?P<not>не\s+)?(?P<verb>{_alternatives(_slavic_forms(language))})(?![\w-])"
        rf"(?P<would>\s+би?(?!\w)|\s+бы(?!\w))?",
        regex.IGNORECASE,
    )


# ------------------------------------------------------------------ Korean and Japanese

_KO_MORE = words(
    "반문하다 토로하다 호소하다 역설하다 질타하다 진단하다 예고하다 공언하다 단언하다 "
    "해명하다 발언하다 대답하다 답변하다 전망하다 인정하다 분석하다 소개하다 조언하다 "
    "화답하다 이야기하다 얘기하다 회고하다 항변하다 시사하다 추측하다 귀띔하다 묻다 되묻다 "
    "외치다 쓰다 적다 꼬집다 잘라말하다 못박다 호언하다 경고하다 표명하다 피력하다 공개하다 "
    "통보하다 전달하다 제기하다 선을긋다 약속하다 반발하다 성토하다"
)  # fmt: skip
# The last syllable of a stem as it is written before past, present and linking endings.
_KO_STEMS = {
    "하": ("했", "한다", "하"), "히": ("혔", "힌다", "히"), "이": ("였", "인다", "이"),
    "보": ("봤", "본다", "보"), "묻": ("물었", "묻는다", "묻"), "외치": ("외쳤", "외친다", "외치"),
    "쓰": ("썼", "쓴다", "쓰"), "적": ("적었", "적는다", "적"), "집": ("집었", "집는다", "집"),
    "박": ("박았", "박는다", "박"), "긋": ("그었", "긋는다", "긋"),
}  # fmt: skip


def _korean_stems() -> set[str]:
    lemmas = {row["lemma"] for row in CUES if row["lang"] == "ko" and row["kind"] == "verb"}
    return {
        lemma[:-1]
        for lemma in [*(lemmas - _NO_SPEECH), *_KO_MORE]
        if lemma.endswith("다") and " " not in lemma
    }


def korean_cue() -> "regex.Pattern[str]":
    """A finite or linking form of a verb of saying, or its negation (`not`) or future (`later`)."""
    parts: set[str] = set()
    for stem in _korean_stems():
        for last, (past, present, base) in _KO_STEMS.items():
            if stem.endswith(last):
                root = regex.escape(stem[: len(stem) - len(last)])
                parts.add(
                    rf"{root}(?:{past}|{present}(?=고|[.\s,)]|$)|{base}(?=고|며|면서|지|기|는|여|ㄹ)"
                    rf"|{base[:-1]}(?:할|힐|일)(?=\s(?:예정|계획|것으로|방침|전망)))"
                )
                break
    verb = "|".join(sorted(parts, key=lambda part: (-len(part), part)))
    return regex.compile(
        rf"(?P<verb>{verb}|(?<=(?:고|라며)\s)(?:했|하며|하면서)|(?<=고)했)"
        rf"(?P<not>지\s?(?:는|도)?\s?(?:않|못)|기를\s(?:거부|거절)|기(?:는|를)\s(?:꺼|피))?"
        rf"(?P<later>(?<=[할힐일])\s(?:예정|계획|것으로|방침|전망)|려고)?"
        rf"(?P<end>다고|다는|다(?!\p{{Hangul}})|습니다|으며|고|며|면서|는데|지만|으나|다)?"
    )


_JA_MORE = words(
    "述べた 述べている 述べ、 述べて 語った 語る 語っている 語り、 語って 言った 言っている "
    "話した 話している 説明した 説明している 訴えた 訴え、 訴えている 糾弾した 断じた "
    "打ち明けた 迫った 疑問視した 主張した 主張している 強調した 指摘した 指摘している 答えた "
    "回答した 応じた 応えた 表明した 発言した 発言している 明言した 断言した 明かした "
    "明らかにした 反論した 批判した 非難した 警告した 呼びかけた 呼び掛けた 求めた 促した "
    "要求した 約束した 誓った 謝罪した 釈明した 否定した 認めた 確認した 発表した 公表した "
    "宣言した 評価した 歓迎した 抗議した 反発した けん制した 牽制した 強弁した 力説した "
    "伝えた 報じた 報じている 投稿した 書き込んだ 記した つづった コメントした 懸念を示した "
    "認識を示した 考えを示した 見解を示した 方針を示した 意向を示した 見方を示した 立場を示した "
    "期待を示した 理解を示した 意欲を示した 不快感を示した 危機感を示した 懸念を表明した "
    "釘を刺した くぎを刺した 疑問を呈した 支持を表明した 決意を示した 自信を示した 述べました "
    "語りました 話しました 強調しました 説明しました 指摘しました 表明しました 主張しました "
    "発表しました 明らかにしました とした とする とし、 としている としたうえで と話す と語る"
)


def japanese_cue() -> "regex.Pattern[str]":
    """A verb of saying behind «と» at most a few characters before; `not` and `later` as in Korean."""
    rows = {
        form
        for form in _rows("ja")
        if not form.endswith(("し", "る", "す", "う", "い", "り", "え", "じ", "め"))
    }
    verbs = {form for form in rows | set(_JA_MORE) if not form.startswith("と")}
    # «強調、», «強調し、» and «強調して» go on with the next clause.
    suru = {
        form[:-2]
        for form in verbs
        if form.endswith("した") and form[-3:-2] not in {"示", "話", "か"}
    }
    linked = _alternatives(
        suru | {"述べ", "語り", "示し", "訴え", "話し", "明らかに", "求め", "答え"}
    )
    denied = _alternatives(
        {
            f"{verb}なかった"
            for verb in (
                "述べ",
                "語ら",
                "言わ",
                "話さ",
                "答え",
                "認め",
                "示さ",
                "触れ",
                "応じ",
                "明らかにし",
            )
        }
        | {f"{stem}しなかった" for stem in suru}
        | {
            "述べていない",
            "語っていない",
            "明らかにしていない",
            "コメントしていない",
            "言っていない",
        }
    )
    later = r"(?:述べる|表明する|発表する|強調する|語る|示す)(?:見通し|予定|方針|構え|とみられ|ものとみられ|方向)"
    return regex.compile(
        rf"(?P<not>{denied})|(?P<later>{later})"
        rf"|(?P<verb>(?:{_alternatives(verbs)})(?![いらり])|(?:{linked})(?:し|たうえで|た上で)?(?=、)|(?:{linked})(?:し)?て(?=、|いる|い[たま]|強く|決議)|(?:{_alternatives(suru)})(?=[。」]|$)"
        rf"|(?<=と)(?:した(?=[。、うっ上」]|$)|して(?=い|、)|し、|する(?=[。」]|$)))"
    )


_ZH_VERBS = words(
    "表示 指出 强调 強調 说 說 称 稱 说道 宣布 认为 認為 重申 警告 透露 回应 回應 "
    "补充 補充 呼吁 呼籲 承认 承認 否认 回答 解释 解釋 写道 寫道 声称 聲稱 坦言 直言 "
    "批评 批評 谴责 譴責 介绍 介紹 告诉记者 告訴記者 证实 證實 宣称 宣稱 要求 提到 谈到 "
    "主张"
)


def chinese_cue() -> "regex.Pattern[str]":
    """A verb of saying; `not` and `later` stand before it."""
    return regex.compile(
        rf"(?P<not>没有|沒有|并未|並未|未|不|拒绝|拒絕)?(?P<later>将|將|预计将|計劃|计划)?"
        rf"(?<![小据傳传学])(?P<verb>(?:{_alternatives(set(_ZH_VERBS))}){{1,2}})(?!明|法|服|为|為|呼|号|赞|人|权|重)(?:了|道|着)?"
    )


# ------------------------------------------------------------------ French, Spanish, German

_FR_PARTICIPLES = (
    "confié jugé argumenté fait_valoir observé noté martelé lancé poursuivi répondu répété "
    "résumé conclu regretté admis écrit raconté témoigné plaidé prévenu insisté tranché rétorqué "
    "ironisé détaillé glissé renchéri reconnu réagi tweeté avoué asséné constaté critiqué "
    "dénoncé relevé signalé avancé considéré cru_savoir proclamé averti promis garanti salué"
)
_FR_PRESENT = (
    "confie juge argumente observe note martèle lance poursuit répond répète résume conclut "
    "regrette admet écrit raconte témoigne plaide prévient insiste tranche rétorque ironise "
    "détaille glisse renchérit réagit reconnaît avertit avance constate signale relève assène "
    "avoue considère explique précise déclare affirme assure"
)
_ES_MORE = (
    "dejó_claro preguntaba contó respondió contestó preguntó escribió apuntó remarcó recalcó precisó admitió aclaró "
    "lamentó matizó puntualizó sentenció argumentó alertó agregó concluyó opinó relató reveló "
    "defendió aseveró sugirió celebró denunció explicaba decía afirmaba añadía señalaba "
    "explica añade recalca cuenta apunta apuntaba comenta responde reitera recuerda insiste sentencia "
    "anuncia confirma reconoce resaltó enfatizó expuso tuiteó garantizó informaba ha_dicho "
    "ha_afirmado ha_señalado ha_declarado ha_indicado ha_añadido ha_explicado ha_asegurado "
    "ha_subrayado ha_destacado ha_recalcado ha_insistido ha_recordado ha_anunciado "
    "ha_confirmado ha_advertido ha_reconocido ha_sostenido ha_manifestado ha_apuntado "
    "ha_informado ha_lamentado ha_reiterado ha_denunciado ha_comentado ha_respondido ha_escrito "
    "ha_admitido ha_precisado ha_pedido"
)
_DE_VERBS = (
    "sagte sagten sagt sagen erklärte erklärten erklärt betonte betonten betont unterstrich "
    "teilte_mit warnte warnten warnt kritisierte mahnte forderte forderten versicherte "
    "versicherten fügte_hinzu ergänzte bekräftigte bekräftigten bestätigte bestätigten schrieb "
    "schrieben schreibt antwortete meinte meinten meint behauptete behaupteten behauptet "
    "berichtete berichteten berichtet äußerte bezeichnete verkündete kündigte_an hieß "
    "argumentierte stellte_klar hob_hervor räumte_ein gab_an gab_bekannt wiederholte beteuerte "
    "erinnerte entgegnete erwiderte konstatierte lobte bemängelte beklagte fasste_zusammen führte_aus "
    "verwies stellte_fest erläuterte urteilte resümierte fügte kündigte teilte gab räumte stellte hob führte"
)


def _underscored(text: str) -> set[str]:
    return {word.replace("_", " ") for word in text.split()}


def french_cue() -> "regex.Pattern[str]":
    """«a déclaré», «a-t-il ajouté», «souligne», «souligne-t-elle»."""
    rows = _rows("fr")
    participles = {
        form.split(" ", 1)[1] for form in rows if form.startswith(("a ", "ont "))
    } | _underscored(_FR_PARTICIPLES)
    present = {
        form for form in rows if " " not in form and not form.endswith(("er", "ir", "re"))
    } | _underscored(_FR_PRESENT)
    imperfect = {
        form[:-1] + "ait" for form in present if form.endswith("e") and len(form) > 4
    } | {"disait"}
    plural = {form + "nt" for form in present if form.endswith("e")}
    past = {form[:-1] + "a" for form in participles if form.endswith("é")}
    simple = _alternatives(present | imperfect | plural | past)
    pronoun = r"(?:-t-(?:il|elle|on)|-(?:ils|elles|il|elle))"
    adverb = r"(?:\s+(?:ensuite|aussi|également|toutefois|encore|ainsi|notamment|par ailleurs|d[’']ailleurs|en outre|\w+ment))?"
    return regex.compile(
        rf"(?<![\w’'-])(?P<not>n[’'](?=\w)|ne\s+)?(?P<verb>(?:a|ont|avait|avaient)(?P<who>{pronoun})?"
        rf"(?P<never>\s+(?:pas|jamais|rien))?{adverb}"
        rf"\s+(?:{_alternatives(participles)})(?:e|s|es)?|(?:{simple})(?P<who>{pronoun})?)(?P<never>\s+(?:pas|jamais|rien)(?!\w))?(?![\w-])"
    )


def spanish_cue() -> "regex.Pattern[str]":
    """«dijo», «ha dicho», «dijeron»."""
    forms = {
        form
        for form in [*_rows("es"), *_underscored(_ES_MORE)]
        if not form.endswith(("ar", "er", "ir", "ando", "iendo"))
    }
    forms |= {
        form[:-1] + "aron" for form in forms if form.endswith("ó") and not form.endswith("ió")
    }
    forms |= {form[:-1] + "eron" for form in forms if form.endswith("ió")}
    forms |= {"han" + form[2:] for form in forms if form.startswith("ha ")}
    return regex.compile(
        rf"(?<![\w-])(?P<not>(?:no|nunca|tampoco)\s+)?(?P<verb>{_alternatives(forms)})(?![\w-])",
        regex.IGNORECASE,
    )


def german_cue() -> "regex.Pattern[str]":
    """«sagte», «teilte … mit» by its finite part, «hat … gesagt» not at all."""
    forms = {form for form in _underscored(_DE_VERBS) if " " not in form}
    return regex.compile(
        rf"(?<![\w-])(?P<verb>{_alternatives(forms)})(?![\w-])(?P<not>\s+(?:nicht|nie|nichts)(?!\w))?"
    )
