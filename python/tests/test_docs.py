"""The documentation says what is so: its examples and notebooks run, and the site builds without a warning, and loads nothing."""

from __future__ import annotations

import doctest
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jupytext  # type: ignore[import-untyped]
import nbclient
import pytest
from markdown_it import MarkdownIt

PACKAGE = Path(__file__).parents[1]
DOCS = PACKAGE / "docs"
NOTEBOOKS = sorted((DOCS / "notebooks").glob("*.md"))
PAGES = [PACKAGE / "README.md", *sorted(DOCS.glob("*.md"))]

#: What stands between fences besides examples: files that they read, and what nothing can run, formulas and how to install.
FILES = {"toml", "csv", "python", "ini"}
SAID = {"text", "sh"}

EXCEPTION = re.compile(r"Traceback \(most recent call last\):\n(?:[ \t].*\n)*(?P<message>\S[\s\S]*)")


def blocks(page: str) -> Iterator[tuple[str, str, str, int]]:
    """Of each fenced block its language, what is said beside it, its content and its first line, from 0."""
    for token in MarkdownIt().parse(page):
        if token.type == "fence":
            assert token.map is not None
            language, _, beside = token.info.partition(" ")
            yield language, beside, token.content, token.map[0] + 1


def examples(session: str, line: int) -> Iterator[doctest.Example]:
    """The examples of an interpreter's session; unlike in docstrings, output goes on over blank lines, up to the next prompt."""
    for entry in re.split(r"^(?=>>> )", session, flags=re.MULTILINE):
        lines = entry.splitlines()
        source = [text[4:] for place, text in enumerate(lines) if is_source(lines[: place + 1])]
        want = "\n".join(lines[len(source) :]).rstrip()
        if source:
            raised = EXCEPTION.fullmatch(want + "\n")
            yield doctest.Example("\n".join(source), want, raised["message"] if raised else None, line)
        line += len(lines)


def is_source(lines: list[str]) -> bool:
    return lines[0].startswith(">>> ") and all(text.startswith("... ") or text == "..." for text in lines[1:])


class Checker(doctest.OutputChecker):
    """Compares outputs but for spaces at the ends of lines and blank lines at the end, which no reader sees."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return super().check_output(_seen(want), _seen(got), optionflags)


def _seen(output: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in output.rstrip().splitlines())


def test_the_front_page_is_true(capsys: pytest.CaptureFixture[str]) -> None:
    """The example of the repository's README asserts and prints what the page says."""
    (source,) = [content for language, _, content, _ in blocks((PACKAGE.parent / "README.md").read_text()) if language == "python"]
    exec(compile(source, "README.md", "exec"), {})
    assert "Of 2,500 cases at least 2,000 are needed; there are 1,999: 1 case short" in capsys.readouterr().out


@pytest.fixture
def commands(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a shell in which the package's commands are those that are tested."""
    folder = tmp_path_factory.mktemp("commands")
    for name in ("attain", "pytest"):
        command = folder / name
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {name} "$@"\n')
        command.chmod(command.stat().st_mode | stat.S_IXUSR)
    path = os.pathsep.join([str(folder), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "PYTHONUTF8": "1", "COLUMNS": "80"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_examples_of_a_page_run(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commands: dict[str, str]
) -> None:
    monkeypatch.chdir(tmp_path)
    runner = doctest.DocTestRunner(Checker(), verbose=False, optionflags=doctest.ELLIPSIS)
    told: list[str] = []
    known: dict[str, object] = {"__name__": "__main__"}
    text = page.read_text(encoding="utf-8")
    for language, beside, content, line in blocks(text):
        if language == "pycon":
            example = doctest.DocTest(list(examples(content, 0)), known, page.name, str(page), line, content)
            runner.run(example, out=told.append, clear_globs=False)
            known = example.globs
        elif language == "console":
            told += shell(content, commands, f"{page.name}:{line}")
        elif language in FILES:
            assert beside, f"{page.name}:{line}: a file without a name"
            (tmp_path / beside).write_text(content, encoding="utf-8")
        else:
            assert language in SAID or language.startswith("{"), f"{page.name}:{line}: what is {language!r}?"
    assert not told, "\n".join(told)


def shell(session: str, environment: dict[str, str], place: str) -> Iterator[str]:
    """What a shell says to each ``$ command``, where it is not what stands below."""
    for entry in re.split(r"^(?=\$ )", session, flags=re.MULTILINE):
        command, _, want = entry.partition("\n")
        if not command.startswith("$ "):
            continue
        done = subprocess.run(
            ["bash", "-c", command[2:]], env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        if not Checker().check_output(want, done.stdout, doctest.ELLIPSIS):
            yield f"{place}: {command}\nexpected:\n{want}\ngot:\n{done.stdout}"


@pytest.mark.parametrize(("said", "is_so"), [("so\n", True), ("", False), ("not so\n", False), ("so\nand so\n", False)])
def test_an_output_that_is_not_so_is_told(said: str, is_so: bool, commands: dict[str, str]) -> None:
    assert (not list(shell(f"$ echo so\n{said}", commands, "here"))) is is_so
    session = doctest.DocTest(list(examples(f">>> print('so')\n{said}", 0)), {}, "here", None, 0, None)
    told: list[str] = []
    doctest.DocTestRunner(Checker(), verbose=False).run(session, out=told.append)
    assert (not told) is is_so


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)
def test_a_notebook_runs_from_top_to_bottom(notebook: Path) -> None:
    made = jupytext.read(notebook)
    assert any(cell.cell_type == "code" for cell in made.cells)
    # A kernel that inherits where the package is found; it stops at the first cell that raises.
    where = {"metadata": {"path": str(notebook.parent)}}
    nbclient.NotebookClient(made, timeout=300, kernel_name="python3", resources=where).execute()
    assert all(cell.execution_count for cell in made.cells if cell.cell_type == "code")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; whatever Sphinx warns of is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-d", str(folder / "doctrees")]
    built = subprocess.run(
        [*command, str(DOCS), str(folder / "html")],
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert built.returncode == 0, built.stdout
    return folder / "html"


def loads_from_elsewhere(text: str) -> bool:
    """Whether a page or style would load something from a net; links that a reader may follow are none of that."""
    elsewhere = r"""["']?(?:https?:)?//[^"'\s>]+"""
    return any(
        re.search(pattern, text)
        for pattern in (
            rf"<(?:script|img|iframe|source|embed|object)\b[^>]*?\b(?:src|data)\s*=\s*{elsewhere}",
            rf"<link\b(?=[^>]*\brel\s*=\s*[\"']?(?:stylesheet|preload|icon))[^>]*\bhref\s*=\s*{elsewhere}",
            rf"@import\s+(?:url\()?\s*{elsewhere}",
            rf"\b(?:url|import)\s*\(\s*{elsewhere}",
        )
    )


@pytest.mark.parametrize(
    ("text", "loads"),
    [
        ('<script defer src="https://example.org/x.js"></script>', True),
        ("<script src=//example.org/x.js></script>", True),
        ('<link href="https://example.org/x.css" rel="stylesheet">', True),
        ('<img alt="" src="http://example.org/x.png">', True),
        ('@import url("https://example.org/font");', True),
        ("src: url('//example.org/x.woff')", True),
        ("import('https://example.org/x.js')", True),
        ('<a href="https://example.org">there</a>', False),
        ('<link rel="index" href="genindex.html"><script src="_static/x.js"></script>', False),
        ('<svg xmlns="http://www.w3.org/2000/svg">', False),
    ],
)
def test_what_loads_from_elsewhere_is_seen(text: str, loads: bool) -> None:
    assert loads_from_elsewhere(text) is loads


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    pages = [*site.rglob("*.html"), *site.rglob("*.css")]
    assert len(pages) > 10
    assert [str(page.relative_to(site)) for page in pages if loads_from_elsewhere(page.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(("page", "language"), [("index", "en"), ("quick-start", "en"), ("bat-dau-nhanh", "vi")])
def test_a_page_says_what_it_is_written_in(site: Path, page: str, language: str) -> None:
    (found,) = re.findall(r'<html[^>]* lang="(\w+)"', (site / f"{page}.html").read_text(encoding="utf-8"))
    assert found == language


def test_the_reference_knows_every_public_name(site: Path) -> None:
    import attain
    from attain import columns, records

    reference = "".join(page.read_text(encoding="utf-8") for page in site.glob("api*.html"))
    for name in {*attain.__all__, *columns.__all__, *records.__all__} - {"columns"}:
        assert re.search(rf'id="attain(\.\w+)?\.{name}"', reference), name
