"""One command over all programs: order, restarts, giving up, a clean end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.embedded.server import Server, ServerError
from config.supervisor import GivenUp, Program, Supervisor

ROOT = Path(__file__).resolve().parents[2]


def program(name: str, code: str, ready: Path | None = None, **options: float) -> Program:
    server = Server(
        name, [sys.executable, "-u", "-c", code], lambda: ready is None or ready.exists()
    )
    return Program(server, **options)


def test_each_program_waits_for_the_one_before(tmp_path: Path) -> None:
    mark = tmp_path / "ready"
    supervisor = Supervisor(lambda _: None)
    began = time.monotonic()

    supervisor.add(
        program(
            "first",
            f"import time; time.sleep(.5); open({str(mark)!r}, 'w'); time.sleep(60)",
            mark,
        )
    )

    assert time.monotonic() - began >= 0.4
    supervisor.stop()


def test_one_that_ends_before_it_is_ready_says_so(tmp_path: Path) -> None:
    supervisor = Supervisor(lambda _: None)

    with pytest.raises(ServerError, match="broken ended at once with code 3"):
        supervisor.add(program("broken", "import sys; sys.exit(3)", tmp_path / "never"))
    supervisor.stop()


def test_lines_carry_the_name_of_their_program(capfd: pytest.CaptureFixture[str]) -> None:
    supervisor = Supervisor(lambda _: None)
    supervisor.add(program("talker", "import time; print('a line'); time.sleep(60)"))
    until = time.monotonic() + 5
    said = ""
    while "a line" not in said and time.monotonic() < until:
        supervisor._pass_lines(0.1)
        said += capfd.readouterr().out
    supervisor.stop()

    assert "talker   | a line" in said


RUN = """
import sys
sys.path.insert(0, {root!r})
from config.embedded.server import Server
from config.supervisor import GivenUp, Program, Supervisor
supervisor = Supervisor(lambda sentence: print(sentence, flush=True))
supervisor.catch_signals()
for name, code in {programs!r}:
    supervisor.add(Program(Server(name, [sys.executable, "-u", "-c", code], lambda: True), stop_seconds=15))
print("up", flush=True)
try:
    supervisor.watch()
except GivenUp as error:
    print(error, flush=True)
    sys.exit(1)
finally:
    supervisor.stop()
"""


def supervise(*programs: tuple[str, str]) -> "subprocess.Popen[str]":
    """Run a supervisor in a process of its own, since it catches signals."""
    code = RUN.format(root=str(ROOT), programs=list(programs))
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    while process.stdout.readline().strip() != "up":
        assert process.poll() is None
    return process


WORKING = """
import signal, time
def end(number, frame):
    time.sleep(1)
    print('the task is finished', flush=True)
    raise SystemExit(0)
signal.signal(signal.SIGTERM, end)
signal.signal(signal.SIGINT, lambda *a: print('cut off', flush=True))
print('working', flush=True)
while True: time.sleep(.1)
"""


@pytest.mark.parametrize(
    "signals", [[signal.SIGINT], [signal.SIGINT, signal.SIGINT], [signal.SIGTERM]]
)
def test_ctrl_c_once_or_twice_lets_the_task_finish(signals: list[signal.Signals]) -> None:
    process = supervise(("worker", WORKING))
    time.sleep(1)

    for number in signals:
        process.send_signal(number)
        time.sleep(0.2)
    said, _ = process.communicate(timeout=20)

    assert process.returncode == 0
    assert "the task is finished" in said
    assert "cut off" not in said


def test_programs_stop_in_the_order_opposite_to_their_start() -> None:
    process = supervise(
        ("one", "import time; time.sleep(60)"), ("two", "import time; time.sleep(60)")
    )

    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=20)

    assert said.index("stopping two") < said.index("stopping one")


def test_a_dead_program_is_started_again(tmp_path: Path) -> None:
    count = tmp_path / "lives"
    code = f"open({str(count)!r}, 'a').write('x'); import time; time.sleep(.2)"
    process = supervise(("mortal", code))

    until = time.monotonic() + 15
    while time.monotonic() < until and (not count.exists() or len(count.read_text()) < 3):
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)

    assert len(count.read_text()) >= 3


def test_one_that_dies_again_and_again_ends_the_run_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import config.supervisor as module

    monkeypatch.setattr(module, "_LONGEST_PAUSE", 0.05)
    supervisor = Supervisor(lambda _: None)
    supervisor.add(program("hopeless", "import sys; sys.exit(4)"))

    with pytest.raises(GivenUp, match="hopeless ended 6 times in a row, last with code 4"):
        supervisor.watch()
    supervisor.stop()


def test_no_program_outlives_a_killed_supervisor(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    process = supervise(("child", code))
    until = time.monotonic() + 5
    while not (note.exists() and note.read_text()) and time.monotonic() < until:
        time.sleep(0.05)

    process.kill()
    process.wait()

    child = int(note.read_text())
    until = time.monotonic() + 6
    while time.monotonic() < until and _alive(child):
        time.sleep(0.1)
    assert not _alive(child)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1][:3]
