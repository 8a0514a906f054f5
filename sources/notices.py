"""The words by which a page that holds no article gives itself away. Pure data.

In English, Russian, Ukrainian, Korean, Japanese, Chinese, German, French and Spanish, with some
Italian and Polish; collected from pages of browsers' challenges, consent managers and paywalls.
"""

from typing import Any

import regex

# Where a sentence asks its reader for something, rather than report that somebody does it.
_ASK = r"(?:^\W*|[,:;] |\bplease |\byou (?:can |may |must |need to |have to )?)"


def _any_of(*phrases: str) -> Any:
    return regex.compile("|".join(phrases), regex.IGNORECASE)


def _asking(*phrases: str) -> str:
    """Any of the phrases where its reader is asked; how one is asked is looked for only once."""
    return f"{_ASK}(?:{'|'.join(phrases)})"


# What a heading or title of such a page says, and nothing else.
TITLES = {
    "challenge": _any_of(
        r"just a moment\W*",
        r"attention required!?",
        r"checking your browser.*",
        r"(?:please )?(?:verify|verifying|confirm)(?: that)? you(?:'|’)?(?: a)?re? (?:a )?human.*",
        r"are you (?:a robot|human|not a robot)\W*",
        r"pardon our interruption\W*",
        r"(?:security|robot|human|bot) (?:check|verification|challenge)",
        r"access (?:to this page has been )?(?:denied|blocked)",
        r"ddos-guard",
        r"you have been blocked.*",
        r"sorry, you have been blocked",
        r"error 10\d\d",
        r"one more step",
        r"проверка браузера\W*",
        r"доступ (?:запрещ[её]н|ограничен)",
        r"доступ заборонено",
        r"접근이 (?:차단|거부)되었습니다\W*",
        r"アクセスが拒否されました\W*",
        r"访问被拒绝",
        r"安全验证",
        r"zugriff verweigert",
        r"accès refusé",
        r"acceso denegado",
    ),
    "soft-404": _any_of(
        r"(?:error |http )?404(?: error| not found| page not found)?",
        r"not found",
        r"(?:error:? )?(?:the |this |sorry,? ){0,3}(?:requested )?(?:page|article|content|story|url|document)"
        r"(?: you(?:'re| are)? (?:requested|looking for))?(?: was| could| can)?(?: ?not|n't|n’t| cannot)?"
        r"(?: be)? (?:found|exist|available|does not exist)\W*",
        r"(?:oops|sorry|whoops)\W+(?:(?:that|this|the) )?page.{0,20}(?:found|exist).{0,3}",
        r"page (?:no longer (?:exists|available)|missing|does(?: not|n't) exist)\W*",
        r"(?:ошибка 404|страница не (?:найдена|существует)|(?:материал|статья|новость) не найден[ао]?"
        r"|запрашиваемая страница не найдена)\W*",
        r"(?:помилка 404|сторінк[ау] не знайдено|сторінка не існує|матеріал не знайдено)\W*",
        r"(?:요청하신 )?(?:페이지|기사)(?:를|가)? ?(?:찾을 수 없습니다|존재하지 않습니다|없습니다)\W*",
        r"(?:お探しの|ご指定の)?(?:ページ|記事)(?:は|が)(?:見つかりません(?:でした)?|存在しません|ありません)\W*",
        r"(?:您访问的|抱歉，?)?(?:页面|頁面|网页|網頁)(?:不存在|未找到|找不到|沒有找到)\W*",
        r"找不到(?:页面|頁面|网页)",
        r"(?:la )?página no (?:encontrada|existe|disponible)\W*",
        r"no se (?:ha )?enc(?:ontró|uentra|ontrado) la página\W*",
        r"(?:cette )?page (?:introuvable|non trouvée|inexistante)\W*",
        r"la page (?:demandée )?(?:est introuvable|n['’]existe (?:pas|plus))\W*",
        r"(?:die )?seite (?:wurde )?(?:leider )?nicht gefunden\W*",
        r"(?:pagina non trovata|nie znaleziono strony|strona nie istnieje)\W*",
    ),
    "error-page": _any_of(
        r"(?:error |http )?50[0-4](?: .{0,40})?",
        r"(?:the )?service (?:is )?(?:temporarily )?unavailable\W*",
        r"bad gateway",
        r"gateway time-?out",
        r"internal server error",
        r"web server is down",
        r"(?:this |the )?(?:site|website|page|service) is (?:temporarily|currently) (?:unavailable|down).*",
        r"temporarily unavailable\W*",
        r"(?:site |website )?(?:down for|under|scheduled) maintenance\W*",
        r"we(?:'|’)ll be (?:right )?back(?: soon| shortly)?\W*",
        r"database error",
        r"error establishing a database connection",
        r"too many requests",
        r"сайт временно недоступен\W*",
        r"технические работы\W*",
        r"ошибка 50\d",
        r"сайт тимчасово недоступний\W*",
        r"технічні роботи\W*",
        r"서비스 점검 ?(?:중|안내)\W*",
        r"일시적(?:인|으로).{0,20}오류\W*",
        r"(?:ただいま)?メンテナンス中(?:です)?\W*",
        r"一時的に.{0,12}できません\W*",
        r"(?:服务|网站)(?:暂时)?不可用",
        r"系统维护中?",
        r"(?:vorübergehend|derzeit) nicht (?:verfügbar|erreichbar)\W*",
        r"wartungsarbeiten\W*",
        r"(?:sitio|servicio|página) temporalmente (?:no disponible|fuera de servicio)\W*",
        r"(?:site|service) (?:temporairement )?(?:indisponible|en maintenance)\W*",
    ),
}
# What such a page says to its reader, in the first and second person.
SAYINGS = {
    "challenge": _any_of(
        _asking(
            r"checking (?:if the site connection is secure|your browser)",
            r"verif(?:y|ying) (?:that )?you are (?:a )?human",
            r"enable (?:javascript and )?cookies to continue",
            r"complete the (?:captcha|security check)",
        ),
        r"(?:are|were) you (?:a robot|human)",
        r"i['’]m not a robot",
        r"(?:needs|has) to review the security of your connection",
        r"cloudflare ray id",
        r"performance (?:&|and) security by cloudflare",
        r"unusual (?:traffic|activity) from your",
        r"you have been blocked",
        r"you don['’]t have permission to access",
        r"this website is using a security service",
        r"automated (?:access|requests) (?:to|from)",
        r"подтвердите,? что (?:вы )?не робот",
        r"проверяем ваш браузер",
        r"вы не робот",
        r"підтвердьте,? що ви не робот",
        r"로봇이 아닙니다",
        r"私はロボットではありません",
        r"(?:请|請)(?:完成|进行)(?:安全)?(?:验证|驗證)",
        r"bestätigen sie,? dass sie (?:kein roboter|ein mensch)",
        r"confirme que no es un robot",
        r"vérifi(?:ez|er) que vous (?:n['’]êtes pas un robot|êtes humain)",
    ),
    "script-wall": _any_of(
        _asking(
            r"(?:enable|turn on|allow|activate) javascript",
        ),
        r"javascript (?:is|must be|needs to be) (?:disabled|required|enabled|turned)",
        r"(?:requires?|needs?|without) javascript",
        r"your browser (?:does not support|has) javascript",
        r"you need to enable javascript",
        r"включите javascript",
        r"для работы .{0,30}javascript",
        r"увімкніть javascript",
        r"자바스크립트를 (?:활성화|사용)",
        r"javascript를 (?:활성화|사용)",
        r"javascriptを有効に",
        r"(?:启用|啟用|开启) ?javascript",
        r"javascript (?:aktivieren|einschalten)",
        r"activ(?:er|ez|e|ar) javascript",
        r"habilit(?:e|ar) javascript",
    ),
    "consent-wall": _any_of(
        _asking(
            r"(?:accept|reject|allow|refuse|decline|agree to) (?:all|cookies|and (?:continue|close))",
            r"manage (?:my |your )?(?:cookies|consent|preferences|choices|settings|options)",
            r"by (?:clicking|continuing|using this|browsing)",
        ),
        r"we (?:value|care about|respect|take) your privacy",
        r"before you continue to",
        r"we(?:,? (?:and|along with) our .{0,30}partners)?,? (?:use|store|process|collect|access|need your consent)\b",
        r"our (?:\d[\d,. ]* )?(?:trusted |advertising |third[- ]party )?(?:partners|vendors)",
        r"\byour (?:consent|choices?|preferences|personal data|device|privacy (?:choices|settings))\b",
        r"\byou (?:can|may|have the right to) (?:click|change|accept|reject|refuse|withdraw|manage|consent|object|opt)",
        r"this (?:site|website) uses cookies",
        r"cookies? (?:to continue|policy|settings|notice)",
        r"wir (?:und unsere .{0,30}partner )?(?:verwenden|nutzen|verarbeiten|benötigen ihre)",
        r"ihre (?:einwilligung|zustimmung|auswahl|privatsphäre|daten)",
        r"(?:alle|allen) (?:akzeptieren|ablehnen|zustimmen)",
        r"mit werbung (?:und tracking )?(?:weiter)?(?:lesen|nutzen)",
        r"unsere(?:n)? (?:\d+ )?partner",
        r"nous(?: et nos .{0,30}partenaires)? (?:utilisons|respectons|traitons|stockons)",
        r"votre (?:consentement|vie privée|choix|appareil)",
        r"(?:tout|continuer sans) accepter",
        r"nos (?:\d+ )?partenaires",
        r"(?:nosotros y nuestros|nuestros \d*) ?socios",
        r"utilizamos cookies",
        r"(?:aceptar|rechazar) (?:todo|todas|y continuar)",
        r"su consentimiento|tu consentimiento",
        r"мы используем (?:файлы )?cookie",
        r"(?:принять|отклонить) все",
        r"ваше согласие|вашего согласия",
        r"ми використовуємо (?:файли )?cookie",
        r"прийняти все",
        r"쿠키를 사용",
        r"(?:모두|전체) (?:동의|수락)",
        r"개인정보 .{0,12}동의",
        r"クッキー(?:を|の)(?:使用|利用)",
        r"(?:すべて|全て)(?:に)?同意",
        r"cookieを(?:使用|利用)",
        r"(?:我们|我們)使用 ?cookie",
        r"(?:全部)?接受(?:所有|全部)? ?cookie",
    ),
    "login-wall": _any_of(
        _asking(
            r"(?:log|sign) ?in(?: or (?:register|sign up|create an account))? (?:to|in order to) (?:continue|read|view|see|access)",
            r"(?:log|sign) in to your account",
        ),
        r"you (?:must|need to) be (?:logged|signed) in",
        r"members? only|registered users only",
        r"forgot(?:ten)? (?:your )?password\?",
        r"keep me (?:logged|signed) in|^remember me$",
        r"(?:войдите|авторизуйтесь|зарегистрируйтесь),? чтобы",
        r"(?:увійдіть|авторизуйтесь|зареєструйтесь),? щоб",
        r"로그인(?:이 필요| ?후 (?:이용|확인)|하셔야|해 ?주세요)",
        r"ログイン(?:が必要|してください|後に)",
        r"(?:请|請)(?:先)?登[录錄]",
        r"(?:bitte )?(?:melden sie sich an|loggen sie sich ein|einloggen),? um",
        r"connectez-vous pour",
        r"(?:inicie|inicia) sesión para",
    ),
    "paywall": _any_of(
        _asking(
            r"subscribe (?:now )?(?:to|and) (?:continue|read|keep reading|unlock|get)",
            r"to (?:continue|keep) reading",
            r"(?:continue|keep) reading (?:with|for|by)",
            r"become a (?:subscriber|member) to",
            r"unlock (?:this|the full) (?:article|story)",
            r"register (?:now |for free |free )?to (?:continue|read|keep|go on|unlock)",
            r"(?:read|see|get) the (?:full|rest of (?:the|this)) (?:article|story) (?:with|by|for)",
        ),
        r"this (?:article|content|story|report) is (?:only |exclusively )?(?:for|available (?:only )?to|reserved for|exclusive to).{0,30}(?:subscribers|members)",
        r"already (?:a )?(?:subscriber|subscribed|a member)\b",
        r"(?:for |exclusively for )subscribers[- ]only|subscriber[- ]only|for subscribers only",
        r"you(?:'|’)ve (?:reached|read|used) (?:your|all).{0,30}(?:limit|free articles)",
        r"(?:nur|exklusiv) für (?:\w+-)?(?:abonnenten|abonnentinnen|mitglieder)",
        r"jetzt (?:weiterlesen|abonnieren)",
        r"weiterlesen mit",
        r"bereits (?:abonnent|abonniert)",
        r"um (?:den artikel |)weiterzulesen",
        r"(?:article )?réservé (?:à|aux) (?:nos |)abonnés",
        r"abonnez-vous pour",
        r"il vous reste [\d.,]+ ?% de cet article",
        r"la suite (?:de cet article )?est réservée",
        r"déjà abonné",
        r"(?:exclusivo|solo) para suscriptores",
        r"suscr[ií]b(?:ete|ase) para (?:seguir|continuar|leer)",
        r"ya soy suscriptor",
        r"(?:riservato|solo per) (?:agli |gli )?abbonati",
        r"abbonati per (?:continuare|leggere)",
        r"(?:dostępn[ye]|tylko) (?:tylko )?dla (?:prenumeratorów|subskrybentów)",
        r"(?:доступ\w*|только) (?:только )?(?:для )?(?:подписчик\w*|по подписке)",
        r"(?:оформите|купите) подписку",
        r"чтобы (?:читать|дочитать|прочитать) (?:дальше|полностью|статью)",
        r"(?:доступн\w*|лише|тільки) (?:лише |тільки )?(?:для )?(?:передплатник\w*|за передплатою)",
        r"(?:оформіть|придбайте) передплату",
        r"유료 ?(?:회원|구독|기사)",
        r"구독(?:자 전용| ?후 (?:이용|열람)|하시면)",
        r"회원 전용",
        r"有料(?:会員|記事|プラン)",
        r"会員限定",
        r"続きを(?:読む|お読みになる)には",
        r"残り ?[\d,]+ ?文字",
        r"(?:订阅|訂閱)(?:后|後|以)(?:继续|繼續|阅读|閱讀)",
        r"(?:付费|付費)(?:阅读|閱讀|内容|內容)",
        r"(?:会员|會員)(?:专享|專享|專屬)",
    ),
}
# What an element that calls itself a paywall offers.
OFFER = _any_of(
    r"subscri|sign up|register|log ?in|unlock|abonn|abbon|suscri|assin|prenumer|зарегистр|подпис",
    r"передплат|зареєстр|구독|회원|購読|会員|登録|订阅|訂閱|会员|會員|付费",
)
# Menus, feet and notices: lines that every page of a site has.
BOILERPLATE = _any_of(
    r"©|\(c\) ?\d{4}|all rights reserved|copyright|terms (?:of (?:use|service)|and conditions)|privacy policy|cookie policy|"
    r"все права защищены|усі права захищені|無断転載|무단.{0,8}(?:전재|복제)|版权所有|alle rechte vorbehalten|tous droits réservés|"
    r"todos los derechos reservados",
)
# Sentences that report, quote or argue are not said to the reader by the page.
REPORTED = _any_of(
    r"[\"“”„«»「」『』]",
    r"\b(?:said|says|told|announced|according to|reported|wrote|argue[ds]|added|minister|regulators?|court|"
    r"researchers?|stud(?:y|ies)|sagte|erklärte|déclaré|dijo|afirmó|ha detto|сказал\w*|заяви\w+|сообщи\w+|"
    r"по словам|повідоми\w+|за словами)\b",
    r"말했|밝혔|전했|述べ|語っ|明らかに|表示|报道|報道",
)
