#!/usr/bin/env python3
"""Set up and run Zhujie with nothing but Python 3.11 or newer: python3 run.py help.

Standard library only: it makes .venv, installs the hash-locked requirements (with uv where it is on PATH, else with
pip), prepares the database, and serves or tests. Everything may be run again and again, and offline once set up.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
SERVE_FILES = ("requirements.txt", "requirements-data.txt")
TEST_FILES = (*SERVE_FILES, "requirements-dev.txt")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OLDEST_PYTHON = 0x030B0000
HOST, PORT = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")


def say(text: str) -> None:
    """Tell what is going on, at once."""
    print(text, flush=True)


def stop(text: str) -> None:
    """End with an error in human words."""
    sys.exit(f"run.py: {text}")


def call(*command: str | Path, **environment: str) -> None:
    """Run a command in the project's folder; end where it fails, with its exit code."""
    code = subprocess.call(list(map(str, command)), cwd=ROOT, env=os.environ | environment)
    if code:
        sys.exit(code)


def succeeds(*command: str | Path) -> bool:
    """Run a command silently and tell whether it went well."""
    return subprocess.call(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT) == 0


def as_root(*command: str) -> bool:
    """Run a command of the system as root, where that can be done without asking for a password."""
    if not shutil.which(command[0]):
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and not shutil.which("sudo"):
        return False
    return subprocess.call([*prefix, *command], env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}) == 0


def install_package(name: str) -> bool:
    """Install a package of Debian."""
    return as_root("apt-get", "update", "-q") and as_root(
        "apt-get", "install", "-q", "-y", "--no-install-recommends", name
    )


def make_venv() -> None:
    """Make the virtual environment, if it is not there yet."""
    if PYTHON.exists() and succeeds(PYTHON, "-c", "pass"):
        return
    say("Making the virtual environment .venv …")
    if shutil.which("uv"):
        call("uv", "venv", "--quiet", "--clear", "--python", sys.executable, VENV)
        return
    create = (sys.executable, "-m", "venv", "--clear", VENV)
    # Debian's bare Python lacks ensurepip, and with it the pip that a virtual environment begins with.
    if not succeeds(sys.executable, "-c", "import ensurepip, venv"):
        say("This Python cannot make virtual environments yet; installing Debian's python3-venv …")
        if not install_package("python3-venv"):
            stop("please install python3-venv first: sudo apt install python3-venv")
    call(*create)


def install(files: Sequence[str]) -> None:
    """Install the locked requirements, unless exactly these are installed already."""
    stamp = VENV / f"installed-{len(files)}"
    wanted = hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in files)).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"Installing {', '.join(files)} …")
    locked = [part for name in files for part in ("-r", name)]
    if shutil.which("uv"):
        call("uv", "pip", "install", "--quiet", "--python", PYTHON, "--no-deps", "--require-hashes", *locked)
    else:
        call(
            PYTHON,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--require-hashes",
            *locked,
        )
    stamp.write_text(wanted)


def set_up(files: Sequence[str]) -> None:
    """Make everything ready to run."""
    make_venv()
    install(files)


def is_free(host: str, port: str) -> bool:
    """Tell whether nothing else serves at an address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError:
            return False
    return True


def prepare() -> None:
    """Let the service make itself ready, unless nothing it depends on has changed since it last did."""
    data = Path(os.environ.get("ZHUJIE_DATA") or ROOT / "var")
    stamp, state = data / "prepared", prepared_state()
    embedded = "DATABASE_URL" not in os.environ and (data / "zhujie.sqlite3").exists()
    if embedded and stamp.exists() and stamp.read_text() == state:
        return
    call(PYTHON, "manage.py", "prepare")
    stamp.write_text(state)


def prepared_state() -> str:
    """Give the fingerprint of what the database's shape and the static files are made from, by name, size and time.

    A developer's DEBUG=1 collects no static files; the next run without it must.
    """
    kinds = [f"{package}/{kind}" for package in ("glossary", "reader") for kind in ("migrations/*.py", "static/**/*")]
    sources = [path for kind in (*kinds, "requirements*.txt") for path in ROOT.glob(kind)]
    facts = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(sources)]
    return hashlib.sha256(repr((facts, os.environ.get("DEBUG"))).encode()).hexdigest()


def serve(arguments: Sequence[str]) -> None:
    """Prepare the database and serve; bring FILES in first and print their addresses."""
    missing = [name for name in arguments if not Path(name).is_file()]
    if missing:
        stop(f"there is no file {missing[0]}")
    files = [str(Path(name).resolve()) for name in arguments]
    if not is_free(HOST, PORT):
        stop(f"something else serves at {HOST}:{PORT} already; choose another port: PORT=8001 python3 run.py")
    set_up(SERVE_FILES)
    address = f"http://{HOST}:{PORT}"
    prepare()
    if files:
        call(PYTHON, "manage.py", "import_texts", "--address", address, *files)
    say(f"Serving on {address} (Ctrl+C ends it)")
    options = ("--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--log-level", "warning")
    try:
        call(BIN / "granian", *options, "--host", HOST, "--port", PORT, "config.wsgi:application")
    except KeyboardInterrupt:
        say("")


def ready_driver() -> None:
    """Make sure that Playwright's driver starts: on a bare Debian its Node lacks one library."""
    node = next(VENV.glob("**/playwright/driver/node*"), None)
    if node is None or succeeds(node, "--version"):
        return
    say("Playwright's driver does not start; installing Debian's libatomic1 …")
    if not install_package("libatomic1") or not succeeds(node, "--version"):
        stop("Playwright's driver does not start; please install libatomic1: sudo apt install libatomic1")


def find_browser() -> str:
    """Find a Chromium for the browser tests: one that is there, else Playwright's own, else Debian's package."""
    named = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if named:
        return named
    say("No Chromium is there; asking Playwright for its own …")
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    own = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True, check=False).stdout.strip()
    if own and (Path(own).exists() or succeeds(PYTHON, "-m", "playwright", "install", "--with-deps", "chromium")):
        return own
    say("Installing Debian's chromium …")
    if not install_package("chromium"):
        stop("the browser tests need a Chromium; install one and name it in CHROMIUM=/path/to/chromium")
    return shutil.which("chromium") or "chromium"


def find_firefox() -> str:
    """Find a Firefox for its stories: one that is there, else Debian's package; nothing where neither can be had."""
    names = ("firefox-esr", "firefox")
    named = os.environ.get("FIREFOX") or next(filter(None, map(shutil.which, names)), None)
    if named:
        return named
    say("Installing Debian's firefox-esr …")
    if not install_package("firefox-esr"):
        say("No Firefox can be had: its stories are left out. Install one, or name it in FIREFOX=/path/to/firefox")
    return shutil.which("firefox-esr") or ""


def test(arguments: Sequence[str]) -> None:
    """Run all tests, those in the browser included."""
    set_up(TEST_FILES)
    ready_driver()
    call(PYTHON, "-m", "pytest", *arguments, CHROMIUM=find_browser(), FIREFOX=find_firefox())


def check(arguments: Sequence[str]) -> None:
    """Run the linters, the type checker, and Django's own checks."""
    set_up(TEST_FILES)
    call(BIN / "ruff", "check", ".")
    call(BIN / "ruff", "format", "--check", ".")
    call(BIN / "mypy", ".")
    call(BIN / "djlint", "--lint", "--quiet", "reader/templates", "glossary/templates")
    call(PYTHON, "manage.py", "makemigrations", "--check", "--dry-run")
    call(PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING", HTTPS="1", SECRET_KEY="check-" * 12)


def show_help(arguments: Sequence[str]) -> None:
    """List these words."""
    say("python3 run.py [WORD]\n")
    for word, action in WORDS.items():
        say(f"  {word:<15} {(action.__doc__ or '').splitlines()[0]}")
    say("\nWithout a word it serves. HOST and PORT say where; README lists the other environment variables.")


WORDS: dict[str, Callable[[Sequence[str]], None]] = {
    "serve": serve,
    "test": test,
    "check": check,
    "help": show_help,
}


def main(arguments: Sequence[str]) -> None:
    """Do what the first word says."""
    if sys.hexversion < OLDEST_PYTHON:
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}")
    word = arguments[0] if arguments else "serve"
    action = WORDS.get(word.lstrip("-"))
    if action is None:
        stop(f"there is no word “{word}”; python3 run.py help lists them")
    else:
        action(arguments[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
