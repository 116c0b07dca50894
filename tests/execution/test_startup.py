"""What every process of ours does first."""

import subprocess
import sys

import pytest

from helpers import startup


def said(source: str) -> list[str]:
    """What a fresh Python prints."""
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_jsonschema_does_without_its_grammar_and_others_get_it() -> None:
    """It is hidden while jsonschema is imported, and for that long alone."""
    source = (
        "import sys, helpers.startup as s\n"
        "with s.without_grammar():\n    import nbformat, jsonschema\n"
        "print('iri' in jsonschema.FormatChecker.checkers, 'rfc3987_syntax' in sys.modules)\n"
        "import rfc3987_syntax\nprint(rfc3987_syntax.__name__)\n"
    )
    assert said(source) == ["False", "False", "rfc3987_syntax"]


@pytest.mark.parametrize("module", ["helpers.execution.runner", "helpers.publishing.exporter"])
def test_what_runs_and_publishes_notebooks_does_without_the_grammar(module: str) -> None:
    """It would cost every command over a second."""
    assert said(f"import sys, {module}; print('rfc3987_syntax' in sys.modules)") == ["False"]


def test_another_jsonschema_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What its next major version does nobody knows yet."""
    monkeypatch.setattr(startup, "version", lambda _: "5.0.0")
    monkeypatch.delitem(sys.modules, "jsonschema", raising=False)
    monkeypatch.delitem(sys.modules, startup.GRAMMAR, raising=False)
    with startup.without_grammar():
        assert startup.GRAMMAR not in sys.modules


def test_a_server_that_lacks_a_module_starts_again_with_all_it_had() -> None:
    """Whoever asks first does not decide for those who come later."""
    source = (
        "import multiprocessing.forkserver as f, helpers.execution.processes as p\n"
        "started, server = [], f._forkserver\n"
        "f.ensure_running = lambda: started.append(list(server._preload_modules))\n"
        "server._stop = lambda: started.append('ended')\n"
        "for modules in (['a'], ['b'], ['a'], ['a', 'b']): p.start_server(modules)\n"
        "print(*[each if each == 'ended' else '+'.join(each[1:]) for each in started])\n"
    )
    assert said(source) == ["a", "ended", "a+b"]
