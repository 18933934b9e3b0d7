"""How the site is made."""

from __future__ import annotations

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

project = "attain"
author = "the authors of attain"
copyright = "the authors of attain"
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = "attain for Python"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False

# Links to headings, and notes between colons.
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# Notebooks are run anew in each build; a cell that raises stops it.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300
nb_merge_streams = True

# Fields are described in the docstrings of their classes, and nowhere else.
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
add_module_names = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 90

# A link to a name of this package that leads nowhere is an error; those of other packages are not on this site.
nitpicky = True
nitpick_ignore_regex = [("py:.*", r"(?!attain\.[A-Za-z]).*")]

# Blocks are sessions, shells and documents; what has no lexer is plain text.
highlight_language = "text"


def spoken(app: Sphinx, pagename: str, templatename: str, context: dict[str, object], doctree: object) -> None:
    """Says of the Vietnamese page what it is written in, for those who have it read to them."""
    if pagename == "bat-dau-nhanh":
        context["language"] = "vi"


def setup(app: Sphinx) -> None:
    """CSV has no lexer of its own."""
    app.add_lexer("csv", TextLexer)
    app.connect("html-page-context", spoken)
