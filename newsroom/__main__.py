"""`python -m newsroom --port 8090 --clock FILE`: serve the sample newsroom on loopback."""

import argparse
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from newsroom.server import make_server
from newsroom.stories import kept_clock


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m newsroom", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--clock", type=Path, help="file that keeps when the clock started")
    parser.add_argument("--all", action="store_true", help="release every article at once")
    options = parser.parse_args()
    try:
        server = make_server(
            options.host, options.port, kept_clock(options.clock, everything=options.all)
        )
    except OSError as error:
        sys.stderr.write(f"Port {options.port} cannot be used: {error}. Choose another.\n")
        return 1

    def stop(number: int, frame: FrameType | None) -> None:
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server.serve_forever(poll_interval=0.2)
    server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
