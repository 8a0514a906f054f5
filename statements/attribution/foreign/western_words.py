"""The closed classes of French, Spanish and German by which speaker and words are told apart."""

from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True)
class Grammar:
    """The small words of one language; `pronouns` say who is meant: f, m or many.

    `silent`: a verb without any subject means the last speaker.
    """

    that: str
    according: str
    behind: str
    how: str
    adjuncts: str
    pronouns: dict[str, bool | None]
    oblique: dict[str, bool | None]
    articles: frozenset[str]
    indefinite: frozenset[str]
    of: frozenset[str]
    prepositions: frozenset[str]
    openers: frozenset[str]
    honorifics: dict[str, bool]
    silent: bool = False


PARTICLES = _words(
    "de du des la le les von van der den del de-la di da dos y e al el bin ben ibn abu zu zum ten ter"
)

GRAMMARS = {
    "fr": Grammar(
        that=r"qu(?:e\s+|['’])",
        according=r"selon|d['’]après|à\s+en\s+croire|de\s+l['’]avis\s+de|aux\s+yeux\s+de",
        behind="",
        how=r"comme|ainsi\s+que",
        adjuncts=r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|aujourd['’]hui|également|aussi|"
        r"ensuite|encore|notamment|toutefois|ainsi|\w+ment|à|au|aux|dans|lors|devant|sur|en|par|après|"
        r"avant|ce|cette|de|pour|auprès",
        pronouns={
            "il": False,
            "elle": True,
            "ils": None,
            "elles": True,
            "celui-ci": False,
            "celle-ci": True,
        },
        oblique={"lui": False, "elle": True, "eux": None, "elles": True},
        articles=_words("le la les l’ l' un une des ce cette ces son sa ses leur leurs notre"),
        indefinite=_words("un une des plusieurs certains certaines"),
        of=_words("de du des d’ d' la l’ l' les aux à au auprès"),
        prepositions=_words(
            "à au aux de du des d’ d' dans en sur sous par pour avec sans chez vers contre entre "
            "depuis pendant après avant devant lors dès malgré selon jusqu’ jusqu' parmi durant "
            "auprès face"
        ),
        openers=_words(
            "le la les un une des ce cette ces il elle ils elles on nous vous mais et ou donc or ni car "
            "si quand lorsque comme après avant dans en sur pour par avec sans selon à au aux de du "
            "hier lundi mardi mercredi jeudi vendredi samedi dimanche interrogé interrogée reçu reçue "
            "cependant toutefois pourtant ainsi enfin puis ensuite aussi leur son sa ses notre votre "
            "tout tous toute toutes deux trois plus là-dessus face malgré depuis pendant lors sous entre "
            "chez que qui dont où c’ l’ d’ j’ qu’ n’ s’ jusqu’ c' l' d' parmi devant dès une année mon ma"
        ),
        honorifics={"M.": False, "Mme": True, "Mlle": True, "MM.": False, "Mmes": True},
    ),
    "es": Grammar(
        that=r"que\s+",
        according=r"según|de\s+acuerdo\s+con|en\s+palabras\s+de|a\s+juicio\s+de|en\s+opinión\s+de",
        behind="",
        how=r"como|según|tal\s+(?:y\s+)?como",
        adjuncts=r"este|esta|el|la|ayer|hoy|lunes|martes|miércoles|jueves|viernes|sábado|domingo|también|además|"
        r"asimismo|igualmente|\w+mente|en|a|ante|durante|tras|por|de|al|del|desde|con|sobre",
        pronouns={
            "él": False,
            "ella": True,
            "ellos": None,
            "ellas": True,
            "éste": False,
            "este": False,
        },
        oblique={"él": False, "ella": True, "ellos": None},
        articles=_words("el la los las un una unos unas su sus este esta estos estas"),
        indefinite=_words("un una unos unas varios varias algunos algunas"),
        of=_words("de del la los las el al para"),
        prepositions=_words(
            "a al ante bajo con contra de del desde durante en entre hacia hasta mediante para por "
            "según sin sobre tras"
        ),
        openers=_words(
            "el la los las un una unos unas su sus este esta estos estas esto eso ese esa él ella ellos "
            "y e o u ni pero aunque si cuando como mientras según en a al con de del desde para por sin "
            "sobre tras ante durante entre hasta hacia también además asimismo sin no ya hoy ayer lunes "
            "martes miércoles jueves viernes sábado domingo hace ahora luego después antes entonces así "
            "varios varias dos tres más precisamente lejos igualmente finalmente tampoco que quien "
            "preguntado preguntada todo todos toda todas otro otra ambos mi"
        ),
        honorifics={
            "Sr.": False,
            "Sra.": True,
            "señor": False,
            "señora": True,
            "don": False,
            "doña": True,
        },
        silent=True,
    ),
    "de": Grammar(
        that=r"(?:dass|daß)\s+",
        according=r"laut|nach\s+Angaben(?:\s+von|\s+des|\s+der)?|nach\s+Ansicht(?:\s+von|\s+des|\s+der)?|"
        r"nach\s+Einschätzung(?:\s+von|\s+des|\s+der)?|nach\s+den\s+Worten(?:\s+von|\s+des|\s+der)?|"
        r"nach\s+Meinung(?:\s+von|\s+des|\s+der)?",
        behind="zufolge",
        how=r"wie",
        adjuncts=r"am|im|in|bei|beim|vor|gegenüber|auf|nach|dem|der|den|heute|gestern|auch|zudem|außerdem|"
        r"jedoch|aber|weiter|\w+tag|ferner|ebenfalls|erneut|dazu",
        pronouns={"er": False, "sie": True, "dieser": False, "diese": True},
        oblique={"ihm": False, "ihr": True, "ihnen": None},
        articles=_words(
            "der die das den dem des ein eine einer einem einen ihr sein seine ihre"
        ),
        indefinite=_words("ein eine einer einem einen einige mehrere"),
        of=_words("der des von vom für bei beim im in zur zum dem den"),
        prepositions=_words(
            "an am auf aus bei beim bis durch für gegen in im ins mit nach neben ohne seit über um unter "
            "von vom vor zu zum zur zwischen während wegen trotz gegenüber laut"
        ),
        openers=_words(
            "der die das den dem des ein eine einer einem einen er sie es wir ich und oder aber doch "
            "denn wenn als wie nach vor bei im in am an auf aus mit von vom zu zum zur für seit über "
            "unter auch noch so da dann damit dabei dazu zudem außerdem laut heute gestern montag "
            "dienstag mittwoch donnerstag freitag samstag sonntag ihr ihre sein seine dies diese dieser "
            "dieses bis trotz während jedoch nur mehr was wer wo januar februar märz april mai juni juli "
            "august september oktober november dezember ende anfang mitte"
        ),
        honorifics={"Herr": False, "Frau": True},
    ),
}
