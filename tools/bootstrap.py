"""One command from a fresh clone: makes .venv, installs the hash-pinned lock, then runs or tests the site.

Standard library only, and readable by old Pythons far enough to say that a newer one is needed.
"""

import argparse
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
RECORD = "installed.txt"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NPM_BROWSER = "@sparticuz/chromium@147.0.0"
ROOMS = ("forms", "portal", "reports", "services", "templates")
KEYWORDS = ("_l", "lazy_gettext", "lazy_ngettext:1,2", "N_", "say:2", "tell")
TEMPLATE = "build/messages.pot"
LIBRARIES = {
    "wtforms": "wtforms/locale/wtforms.pot",
    "flask_security": "flask_security/translations/flask_security.pot",
}
# Each process takes a half of the tests in their order, so that what a room prepares is made once; who is done first
# takes from the other.
PYTEST = ("-q", "-n", "2", "--dist", "worksteal")
LOCKS = {"run": "requirements/run.txt", "dev": "requirements/dev.txt", "bench": "requirements/bench.txt"}
BENCH = ".venv-bench"


class Refused(Exception):
    """What cannot be done here, in words for the person at the terminal."""


def say(message):
    """Tell the person at the terminal what happens."""
    print(message, flush=True)


def require_python(version=sys.version_info):
    """Refuse a Python older than the site needs."""
    if tuple(version[:2]) < OLDEST:
        found = ".".join(str(part) for part in version[:3])
        wanted = ".".join(str(part) for part in OLDEST)
        raise Refused(
            f"Urun Rembug needs Python {wanted} or newer; this is {found}.\n"
            f"Install a newer one, or name it: make run PYTHON=python{wanted}"
        )


def digest(checkout, lock):
    """Hash of a lock file together with the Python it was installed for."""
    content = (checkout / LOCKS[lock]).read_bytes()
    return hashlib.sha256(content + repr(sys.version_info[:2]).encode()).hexdigest()


def read_record(venv):
    """Return {lock: digest} of what was installed completely."""
    try:
        lines = (venv / RECORD).read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    return dict(line.split(" ", 1) for line in lines if " " in line)


def write_record(checkout, venv, lock):
    """Remember that a lock is installed. The others contain the run lock at the same versions."""
    installed = {name: digest(checkout, name) for name in ("run", lock)}
    text = "".join(name + " " + value + "\n" for name, value in sorted(installed.items()))
    (venv / RECORD).write_text(text, encoding="utf-8")


def is_installed(checkout, venv, lock):
    """Tell whether the lock as it stands is what was installed."""
    return (venv / "bin" / "python").exists() and read_record(venv).get(lock) == digest(checkout, lock)


def is_usable(python):
    """Tell whether an environment's Python starts, is the version of this one, and has pip."""
    if not python.exists():
        return False
    test = f"import sys, pip; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])!r})"
    return subprocess.run([str(python), "-c", test], stderr=subprocess.DEVNULL).returncode == 0


def make_venv(venv):
    """Make the environment, or make it anew when it is broken or of another Python."""
    if is_usable(venv / "bin" / "python"):
        return
    say(f"Making the environment {venv.name} ...")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)]).returncode != 0:
        raise Refused(f"Python could not make {venv.name}. On Debian: apt-get install python3-venv")


def installers(python, lock):
    """Return the commands that can install a lock file, the faster first."""
    hashed = ["--quiet", "--require-hashes", "-r", lock]
    if Path(lock).name == Path(LOCKS["bench"]).name:
        hashed.insert(0, "--no-deps")  # the lock leaves out what a peer names and the benchmarks never call
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", *hashed]
    uv = shutil.which("uv")
    if uv is None:
        return [pip]
    return [[uv, "pip", "install", "--python", python, *hashed], pip]


def install(checkout, venv, lock, find=installers):
    """Install a lock with every hash checked; a second call with the same lock does nothing."""
    if is_installed(checkout, venv, lock):
        return
    make_venv(venv)
    say(f"Installing {LOCKS[lock]} (a few minutes the first time) ...")
    commands = find(str(venv / "bin" / "python"), str(checkout / LOCKS[lock]))
    if not any(subprocess.run(command).returncode == 0 for command in commands):
        raise Refused(
            "The packages could not be installed; the reason stands above.\n"
            "If it is the network: check the connection and the index of pip, then try again.\n"
            "If a hash does not match: do not go on, the package is not the one that was locked."
        )
    write_record(checkout, venv, lock)


def call(venv, *command):
    """Run a tool of the environment in the checkout; returns its exit code."""
    path = os.pathsep.join([str(venv / "bin"), os.environ.get("PATH", "")])
    return subprocess.run(
        [str(venv / "bin" / command[0]), *command[1:]], cwd=str(CHECKOUT), env=dict(os.environ, PATH=path)
    ).returncode


def addresses(environ):
    """Return the lines that tell where the site is: its page, the same in English, and the doors of the demo."""
    root = "http://{}:{}/".format(environ.get("HOST") or "127.0.0.1", environ.get("PORT") or "8000")
    lines = [root, root + "?lang=en  (English)"]
    if environ.get("DEMO", "1") != "1":
        return lines
    lines.append(root + "demo/  (numbered doors, no password)")
    try:
        told = (Path(environ.get("DATA") or CHECKOUT / "instance") / "demo-story.json").read_text(encoding="utf-8")
        story = json.loads(told)
        if story["is_told"]:
            lines.append("A published answer: number {receipt}, PIN {pin}".format(**story["facts"]))
    except (OSError, ValueError, KeyError):
        pass  # at the first start it is told while the site answers, and says so when it is done
    return lines


def run(venv, extra):
    """Prepare the database, say where the site is, and become the supervisor."""
    install(CHECKOUT, venv, "run")
    code = call(venv, "flask", "--app", "app", "init")
    if code != 0:
        return code
    for line in addresses(os.environ):
        say(line)
    os.chdir(str(CHECKOUT))
    python = str(venv / "bin" / "python")
    # -P: the folder of the script is no place to import from; portal/queue.py is not the library's queue.
    os.execv(python, [python, "-P", "portal/serve.py"])


def check(venv, extra):
    """Lint, and ask who imports whom."""
    install(CHECKOUT, venv, "dev")
    return call(venv, "ruff", "check", ".") or call(venv, "lint-imports", "--no-logo")


def fetch_browser(venv):
    """Where there is no browser, fetch one without root; the tests say so when that fails."""
    if os.environ.get("CHROMIUM") or any(shutil.which(name) for name in BROWSERS):
        return
    say("Looking for a browser for the tests ...")
    if call(venv, "playwright", "install", "chromium") != 0 and shutil.which("npm"):
        command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--silent", NPM_BROWSER]
        subprocess.run(command, cwd=str(CHECKOUT))


def test(venv, extra):
    """Lint, then run every test, on two processes unless told otherwise."""
    install(CHECKOUT, venv, "dev")
    fetch_browser(venv)
    return call(venv, "ruff", "check", ".") or call(venv, "pytest", *(extra or PYTEST))


def bench(venv, extra):
    """Measure the analysis beside other tools, in an environment of its own, and write docs/benchmarks.md."""
    venv = venv.with_name(BENCH)
    install(CHECKOUT, venv, "bench")
    return call(venv, "python", "-m", "benchmarks", *extra)


def lock(venv, extra):
    """Compile the requirements for every platform, with hashes and without the name of an index."""
    uv = shutil.which("uv")
    if uv is None:
        raise Refused("`make lock` needs uv on the PATH: pip install uv")
    base = [uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--python-version", "3.11"]
    base += ["--no-emit-index-url", "--custom-compile-command", "make lock"]
    folder = str(CHECKOUT / "requirements")
    bench = ["bench.in", "-c", "run.txt", "--excludes", "bench-without.txt", "-o", "bench.txt"]
    for files in (["run.in", "-o", "run.txt"], ["dev.in", "-c", "run.txt", "-o", "dev.txt"], bench):
        code = subprocess.run([*base, *files, *extra], cwd=folder).returncode
        if code != 0:
            return code
    return 0


def extraction(template):
    """Return the command that gathers the sentences of the site into a template of translations."""
    command = ["pybabel", "--quiet", "extract", "-F", "babel.cfg", "-o", str(template), "--no-wrap", "--sort-output"]
    for keyword in KEYWORDS:
        command += ["-k", keyword]
    # Names of files without lines: a moved line is no change of a translation.
    return [*command, "--add-location=file", *[room for room in ROOMS if (CHECKOUT / room).is_dir()]]


def borrow(venv, path, copy):
    """Copy the template of a library, without the lines of its code, and return the copy."""
    found = sorted(venv.glob("lib/python*/site-packages/" + path))
    if not found:
        raise Refused(f"{path} is not in {venv.name}: has the library moved its template? See LIBRARIES.")
    template = found[0].read_text(encoding="utf-8")
    lines = [line for line in template.splitlines(True) if not line.startswith("#:")]
    copy.write_text("".join(lines), encoding="utf-8")
    return copy


def update(venv, domain, template):
    """Bring every catalogue of a domain up to date; what is new stands in it without a translation."""
    for catalogue in sorted((CHECKOUT / "translations").glob("*/LC_MESSAGES/" + domain + ".po")):
        command = ["pybabel", "--quiet", "update", "-D", domain, "-i", str(template), "-o", str(catalogue)]
        command += ["-l", catalogue.parent.parent.name, "--no-wrap", "--no-fuzzy-matching", "--ignore-obsolete"]
        code = call(venv, *command, "--ignore-pot-creation-date")
        if code != 0:
            return code
    return 0


def translations(venv, extra):
    """Gather the sentences of the site, update the catalogues of translations/, and compile them."""
    install(CHECKOUT, venv, "dev")
    (CHECKOUT / TEMPLATE).parent.mkdir(exist_ok=True)
    code = call(venv, *extraction(TEMPLATE)) or update(venv, "messages", TEMPLATE)
    for domain, path in LIBRARIES.items():
        copy = (CHECKOUT / TEMPLATE).with_name(domain + ".pot")
        code = code or update(venv, domain, borrow(venv, path, copy))
    domains = " ".join(["messages", *LIBRARIES])
    return code or call(venv, "pybabel", "--quiet", "compile", "-d", "translations", "-D", domains)


COMMANDS = {"run": run, "test": test, "check": check, "bench": bench, "lock": lock, "translations": translations}


def end(number, frame):
    """SIGTERM ends an installation too: leaving by an exception lets subprocess end its child."""
    raise SystemExit(128 + number)


def main(arguments=None):
    """Do what is asked; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=sorted(COMMANDS))
    parser.add_argument("extra", nargs=argparse.REMAINDER, help="handed on, for example to pytest")
    chosen = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, end)
    try:
        require_python()
        return COMMANDS[chosen.command](CHECKOUT / ".venv", chosen.extra)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
