"""Closed classes of English words, titles and cues, by which clauses are told apart.

Word lists are our own; cues and titles come from `lexicon/cues.csv` and `lexicon/titles.csv`.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

_LEXICON = Path(__file__).resolve().parent / "lexicon"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a lexicon table; its first line is a comment."""
    with (_LEXICON / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


CUES = read_table("cues.csv")
TITLES = read_table("titles.csv")

PRONOUNS = _words("he she they it we i")
OBJECT_PRONOUNS = {"him": "he", "her": "she", "them": "they"}
DETERMINERS = _words(
    "the a an this that these those his her their its our my your another one some many several "
    "both all other two three four five six seven eight nine ten no each every few most more"
)
BE = _words("is are was were be been being am")
AUXILIARIES = BE | _words(
    "has have had having will would can could may might shall should must do does did"
)
NEGATIONS = _words(
    "not never n't didn't doesn't don't hasn't haven't wouldn't cannot hardly barely scarcely won't"
)
ADVERBS = _words(
    "also then later earlier again once further still even now just already both all today "
    "yesterday tomorrow recently previously instead however meanwhile too only simply often "
    "always sometimes soon thus therefore nevertheless nonetheless moreover furthermore first "
    "finally afterwards afterward tonight ever anyway either alike himself herself themselves "
    "itself additionally separately publicly"
)
PREPOSITIONS = _words(
    "of in at on to for from with by about against among between during after before since "
    "until under over through via without within into onto near across around behind beyond "
    "despite regarding concerning including following amid toward towards per as alongside "
    "inside outside upon like unlike than because while whereas although though if unless when "
    "where whether"
)
CONJUNCTIONS = _words("and but or nor yet so")
RELATIVES = _words("who which whom whose that what")
WEEKDAYS = _words("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = _words(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
TIMES = WEEKDAYS | _words(
    "today yesterday tomorrow tonight morning afternoon evening night week month year weekend "
    "earlier later ago"
)
# What statements are made in, at or to: the phrase after the cue is no part of the content.
OCCASIONS = _words(
    "statement interview tweet tweets post posts press conference briefing speech address letter "
    "report reports meeting summit forum release remarks note message video hearing session "
    "event call phone email article column editorial commentary broadcast television tv radio "
    "debate testimony visit rally ceremony gathering talks council assembly parliament congress "
    "communique communiqué blog facebook twitter x instagram telegram account website page reporters "
    "journalists media agency newspaper news court committee capital airport dinner lunch "
    "readout comments gaggle morning afternoon evening time moment occasion sidelines"
)
# Verbs that show that a stretch of words is a clause; not cues.
FINITE = AUXILIARIES | _words(
    "made makes took takes went goes came comes gave gives got gets kept keeps left leaves led "
    "leads met meets put puts sent sends set sets showed shows stood stands held holds became "
    "becomes began begins won wins lost loses ran runs fell falls rose rises hit hits killed "
    "kills need needs needed want wants wanted remain remains remained continue continues "
    "continued seem seems seemed appear appears appeared let lets"
)
TITLE_HEADS = _words(
    "president minister premier chancellor secretary spokesman spokeswoman spokesperson spokespeople "
    "ambassador envoy representative senator congressman congresswoman congressperson governor mayor "
    "chairman chairwoman chairperson chair director chief commander general colonel major captain "
    "lieutenant sergeant admiral marshal superintendent inspector commissioner adviser advisor judge "
    "justice king queen prince princess emperor sultan pope cardinal bishop archbishop imam "
    "professor doctor lawyer attorney prosecutor leader head deputy official officer analyst expert "
    "historian economist scientist researcher author writer journalist editor correspondent founder "
    "owner manager executive ceo coach speaker lawmaker legislator mp councillor councilor member "
    "candidate activist coordinator counsel consul diplomat negotiator rapporteur aide whip lord "
    "baroness dame sir sheikh ayatollah mr mrs ms dr mr. mrs. ms. dr. prof. gen. lt. col. maj. "
    "capt. sgt. adm. amb. sen. rep. gov. rev. pres. supt. brig. cmdr. vice-president "
    "undersecretary under-secretary-general secretary-general director-general organiser organizer "
    "resident witness survivor victim father mother brother sister son daughter husband wife widow "
    "friend student teacher farmer worker driver engineer pilot astronaut mister madam lady "
    "counterpart successor predecessor incumbent co-founder president-elect vice-chair vice-chairman "
    "vice-minister commandant chairperson-in-office treasurer archaeologist biologist astronomer "
    "constable sheriff alderman councilman councilwoman taoiseach protester demonstrator campaigner "
    "strategist columnist commentator reporter academic scholar lecturer laureate pontiff"
)
HONORIFICS = _words("mr mrs ms dr mr. mrs. ms. dr. prof. sir lord lady dame madam mister")
# Words of offices and bodies that are capitalised and are no part of a person's name.
INSTITUTION_WORDS = _words(
    "foreign affairs defence defense state home interior finance cabinet prime vice deputy first "
    "second national security council nations united union european commission ministry minister "
    "department office house senate parliament congress committee agency central bank army navy "
    "air force police court supreme federal international intelligence party government assembly "
    "assistant permanent special former acting senior chief unification justice health education "
    "trade economy commerce labour labor energy environment culture white senate minority majority "
    "whip democratic republican house workers' communist general staff board association university "
    "institute school college center centre foundation company corporation group news press times "
    "post television tv network society organization organisation alliance league federation front "
    "movement guard guards coast corps command space administration service services bureau "
    "authority secretariat mission embassy delegation conference summit forum world human rights "
    "royal military defence-ministry strategic affairs strategy communications under secretary asia "
    "asian oceanian pacific americas africa middle east north south west eastern western northern "
    "southern street kremlin airlines airways law technology research sciences science medical "
    "hospital district county city town state's minister's information development transport "
    "transportation infrastructure agriculture tourism sport sports olympic games cup championship "
    "treaty agreement act bill protocol partnership review journal daily herald guardian tribune "
    "today amnesty watch cross crescent greenpeace"
)
# Places that are no states of the register, and so no part of a person's name either.
PLACES = _words(
    "hong kong macau scotland wales england ireland catalonia kurdistan crimea gaza palestine taiwan "
    "tibet xinjiang chechnya kosovo bavaria quebec ontario california texas florida "
    "brussels geneva strasbourg"
)
NAME_PARTICLES = _words(
    "dela delos de la le du del della dos da das di van von der den ter al el bin ibn ben abu bint ul y e san "
    "al- el- st st."
)
GENDERED = {
    **dict.fromkeys(
        [
            "mr",
            "mr.",
            "sir",
            "king",
            "prince",
            "spokesman",
            "chairman",
            "congressman",
            "father",
            "brother",
            "husband",
            "lord",
            "pope",
            "emperor",
            "sultan",
            "imam",
        ],
        "m",
    ),
    **dict.fromkeys(
        [
            "mrs",
            "mrs.",
            "ms",
            "ms.",
            "queen",
            "princess",
            "spokeswoman",
            "chairwoman",
            "congresswoman",
            "mother",
            "sister",
            "wife",
            "widow",
            "dame",
            "lady",
            "baroness",
            "madam",
        ],
        "f",
    ),
}
DOCUMENTS = _words(
    "statement communique communiqué report document letter release readout text note"
)
# Heads of «the two governments» and «the three ministers», who are a group named before.
GROUPS_OF_STATES = _words(
    "sides countries governments nations states parties allies partners neighbours neighbors "
    "signatories capitals powers"
)
GROUPS_OF_PEOPLE = _words(
    "leaders ministers presidents premiers officials envoys diplomats negotiators representatives "
    "secretaries directors men women"
)
COUNTS = {
    "both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
}  # fmt: skip

# Words that open a clause inside of another.
SUBORDINATORS = RELATIVES | _words(
    "because although though if unless when where whether while whereas as after before since "
    "until once"
)
# Agencies and broadcasters to whom officials speak; those of the register are known besides.
MEDIA_NAMES = _words(
    "interfax yonhap kyodo reuters afp bloomberg nhk bbc cnn jiji ria tass kcna xinhua ukrinform "
    "suspilne dpa ansa anadolu"
)
MEDIA_HEADS = _words(
    "newspaper newspapers daily broadcaster magazine media television tv radio outlet"
)

# ------------------------------------------------------------------------------- cues


@dataclass(frozen=True)
class CueWord:
    """What a reporting verb may take; `form` is base, past, s or ing."""

    lemma: str
    form: str
    that: bool
    bare: bool
    tell: bool
    infinitive: bool
    noun_phrase: bool
    quote: bool


# Say-verbs whose clause may follow without «that».
_BARE = _words(
    "say add state claim allege argue believe note report announce insist warn admit acknowledge "
    "confirm explain declare reveal suggest maintain assert write tweet remark recall comment "
    "promise vow pledge predict estimate deny contend reiterate stress emphasise emphasize caution "
    "concede complain joke agree disclose testify swear reckon assure advise clarify conclude reply "
    "respond answer repeat mention observe post quip hint indicate imply"
)
_TELL = _words(
    "tell inform brief notify remind assure warn advise caution reassure persuade convince"
)
_INFINITIVE = _words(
    "vow pledge promise threaten agree offer refuse decline commit undertake swear demand ask urge "
    "call appeal request"
)
_OBJECT_TO = _words(
    "urge ask advise warn tell order instruct beg implore encourage exhort invite remind request"
)
_NOUN_PHRASE = _words(
    "condemn denounce deplore decry criticise criticize slam blast lambast lambaste censure rebuke "
    "praise hail welcome applaud commend laud reject dismiss deny blame accuse reaffirm reiterate "
    "stress emphasise emphasize underline underscore highlight announce confirm pledge promise vow "
    "demand urge describe call characterise characterize label brand dub portray express voice "
    "propose recommend advise predict disclose reveal acknowledge admit claim allege question "
    "protest mock ridicule oppose suggest report affirm threaten declare refute threaten lament "
    "bemoan thank congratulate request note advocate cite defend"
)
# Verbs of saying that the table's classes leave out, and thought verbs that report no speech.
_MORE_VERBS = {"reckon", "oppose", "advocate", "defend", "lambast", "tout", "reassure"}
_NO_SPEECH = _words(
    "believe think consider expect foresee recognise find determine hold appreciate hope wish fear "
    "worry intend plan back support sign veto abstain invoke ratify seek see read begin speak "
    "publish release issue deliver update address discuss present frame view regard deem point "
    "direct press prompt forbid prohibit ban authorise summon celebrate mourn consent resolve "
    "decide accept uphold echo attack challenge contest decline guarantee require order command "
    "relate convey relay refer detail outline elaborate determine submit assess "
    "surmise show share quote refuse commit dispute doubt contradict "
    "charge counter object salute appraise apologise downplay renounce rip rap chide"
)


def _inflected(lemma: str, forms: list[str]) -> dict[str, str]:
    """Every form of a verb and which it is."""
    kinds: dict[str, str] = {}
    for form in forms:
        if form == lemma:
            kinds[form] = "base"
        elif form.endswith("ing"):
            kinds[form] = "ing"
        elif form.endswith("s") and not form.endswith("ss"):
            kinds[form] = "s"
        else:
            kinds[form] = "past"
    return kinds


def _cue_words() -> dict[str, CueWord]:
    found: dict[str, CueWord] = {}
    rows = [row for row in CUES if row["lang"] == "en" and row["kind"] == "verb"]
    for row in rows:
        lemma = row["lemma"]
        if lemma in _NO_SPEECH and lemma not in _MORE_VERBS:
            continue
        for form, kind in _inflected(lemma, row["forms"].split(";")).items():
            found.setdefault(
                form,
                CueWord(
                    lemma=lemma,
                    form=kind,
                    that=row["takes_that"] == "yes",
                    bare=lemma in _BARE,
                    tell=lemma in _TELL,
                    infinitive=lemma in _INFINITIVE or row["takes_infinitive"] == "yes",
                    noun_phrase=lemma in _NOUN_PHRASE,
                    quote=row["takes_quote"] == "yes" or row["takes_that"] == "yes",
                ),
            )
    return found


CUE_FORMS = _cue_words()
OBJECT_TO = _OBJECT_TO
# Verbs after which a quotation may stand, though they report no clause here.
QUOTE_ONLY = _words(
    "continued continues went replied began concluded asked wondered shouted exclaimed joked quoted "
    "read reads thought spoke questioned expressed"
)
TO_OBJECT_PHRASES = {("called", "for"), ("calls", "for"), ("calling", "for"), ("called", "on"),
    ("calls", "on"), ("calling", "on"), ("called", "upon"), ("call", "for"), ("call", "on"),
    ("appealed", "to"), ("appealed", "for"), ("appeals", "for"), ("hit", "back"),
    ("ruled", "out"), ("rules", "out"), ("spoke", "out")}  # fmt: skip
THAT_PHRASES = {
    ("pointed", "out"), ("points", "out"), ("pointing", "out"), ("made", "clear"),
    ("went", "on"), ("made", "it", "clear"), ("put", "it"),
}  # fmt: skip

# Nouns of saying that a clause may follow: «his claim that …».
SAYING_NOUNS = _words(
    "statement statements remark remarks comment comments claim claims assertion assertions allegation "
    "allegations accusation accusations suggestion suggestions warning warnings pledge pledges promise "
    "promises announcement argument arguments contention insistence assurance assurances prediction "
    "predictions denial admission acknowledgement acknowledgment declaration complaint complaints vow "
    "threat threats answer response reply proposal observation point case"
)

# Nouns of these endings name no speaker, but for the bodies that follow.
ABSTRACT_ENDINGS = ("tion", "sion", "ment", "ness", "ence", "ance", "ism", "ship", "ure", "age")
BODIES = _words(
    "government governments administration organisation organization parliament department "
    "association delegation coalition commission federation opposition mission institution "
    "statement document presidency conference corporation foundation nation nations alliance "
    "establishment audience intelligence defence regiment police"
)
