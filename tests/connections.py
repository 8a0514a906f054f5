"""Python source -> what in it opens a connection. By syntax tree, so that no spelling hides it."""

import ast
from collections.abc import Iterator

# Whoever imports one of these, or something of it, can talk with another machine.
MODULES = (
    "aiohttp", "asyncssh", "boto3", "botocore", "courlan.network", "django.core.mail", "ftplib",
    "http.client", "httplib2", "httpx", "imaplib", "logging.handlers", "multiprocessing.connection",
    "multiprocessing.managers", "nntplib", "paramiko", "poplib", "psycopg", "pycurl", "redis",
    "requests", "runpy", "smtplib", "socket", "socketserver", "ssl", "telnetlib",
    "trafilatura.downloads", "trafilatura.feeds", "trafilatura.sitemaps", "trafilatura.spider",
    "urllib.request", "urllib3", "warcio.capture_http", "webbrowser", "websockets", "xml.sax",
    "xmlrpc.client",
)  # fmt: skip
# Single functions of modules that are harmless otherwise.
FUNCTIONS = (
    "asyncio.create_server", "asyncio.open_connection", "asyncio.open_unix_connection",
    "lxml.html.open_http_urllib", "lxml.html.submit_form", "sys.modules", "trafilatura.fetch_response",
    "trafilatura.fetch_url",
    # Behind the gate's door; `sources.fetching` itself names what others may use.
    "sources.fetching.dialing.dial", "sources.fetching.dialing.open_connection",
    "sources.fetching.exchange.exchange",
)  # fmt: skip
# These open an address when they are given one, so they are to be given bytes in the same breath.
PARSERS = (
    "feedparser.parse", "lxml.etree.iterparse", "lxml.etree.parse", "lxml.html.parse",
    "lxml.html.html5parser.parse", "xml.dom.minidom.parse", "xml.dom.pulldom.parse",
)  # fmt: skip
_BYTES = ("io.BytesIO", "io.StringIO")
_IMPORTERS = (
    "__import__", "builtins.__import__", "django.utils.module_loading.import_string",
    "importlib.__import__", "importlib.import_module", "pkgutil.resolve_name",
)  # fmt: skip
_STARTERS = ("subprocess.", "os.exec", "os.popen", "os.posix_spawn", "os.spawn", "os.system")
_PROGRAMS = frozenset(
    [
        "aria2c",
        "curl",
        "ftp",
        "git",
        "lynx",
        "nc",
        "ncat",
        "netcat",
        "rsync",
        "scp",
        "sftp",
        "ssh",
        "telnet",
        "wget",
    ]
)


def opening(source: str) -> list[str]:
    """The dotted names by which this source can open a connection, each with its line."""
    tree = ast.parse(source)
    names = dict(_imported(tree))
    found = set()
    for node in ast.walk(tree):
        for name in _named(node, names):
            found.add(f"{name} in line {getattr(node, 'lineno', 0)}")
    return sorted(found)


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Each name that an import binds, with what it stands for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                whole = alias.name if alias.asname else alias.name.split(".")[0]
                yield alias.asname or whole, whole
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _named(node: ast.AST, names: dict[str, str]) -> Iterator[str]:
    """What is forbidden at this one node."""
    if isinstance(node, ast.Import):
        yield from filter(_is_forbidden, (alias.name for alias in node.names))
    elif isinstance(node, ast.ImportFrom) and not node.level:
        yield from filter(
            _is_forbidden, (f"{node.module}.{alias.name}" for alias in node.names)
        )
    elif isinstance(node, ast.Attribute):
        yield from filter(_is_forbidden, [_dotted(node, names)])
    elif isinstance(node, ast.Call):
        yield from _called(node, names)


def _called(call: ast.Call, names: dict[str, str]) -> Iterator[str]:
    name = _dotted(call.func, names)
    first = call.args[0] if call.args else None
    if name in PARSERS:
        given = _dotted(first.func, names) if isinstance(first, ast.Call) else ""
        if given not in _BYTES:
            yield name
    elif name in _IMPORTERS:
        text = first.value if isinstance(first, ast.Constant) else None
        # What is imported by a name that is put together may be anything.
        if not isinstance(text, str) or _is_forbidden(text.replace(":", ".")):
            yield f"{name} of {text!s}"
    elif name == "getattr" and len(call.args) > 1:
        asked = call.args[1].value if isinstance(call.args[1], ast.Constant) else None
        whole = f"{_dotted(call.args[0], names)}.{asked!s}"
        if _is_forbidden(whole):
            yield whole
    elif name.startswith(_STARTERS):
        yield from (f"{name} of {program}" for program in _programs(call))
    for keyword in call.keywords:
        off = isinstance(keyword.value, ast.Constant) and not keyword.value.value
        if keyword.arg == "no_network" and off:
            yield f"{name} with a network"


def _programs(call: ast.Call) -> Iterator[str]:
    """Programs among the words of a command that talk with other machines."""
    for node in ast.walk(call):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = (word.rsplit("/", 1)[-1] for word in node.value.split())
            yield from (word for word in words if word in _PROGRAMS)


def _dotted(node: ast.AST, names: dict[str, str]) -> str:
    """The full name of what is written here, by what its beginning stands for."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([names.get(node.id, node.id), *reversed(parts)])


def _is_forbidden(name: str) -> bool:
    within = (name == module or name.startswith(f"{module}.") for module in MODULES)
    return name in FUNCTIONS or any(within)
