"""Text as it is stored: plain paragraphs, whatever it was pasted from."""

import re
import unicodedata

# Word's soft break, the old line ends, and the two that Unicode adds.
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029]")
SPACES = " \t\u00a0\u3000"
# A line end and the tab of a table are the only control characters that are text.
KEPT = {"\n", "\t"}
INVISIBLE = {"Cc", "Cf"}


def paragraphs(text: str) -> str:
    """The text in lines without indents, trailing spaces and invisible characters; never two empty lines in a row.

    The indent of two full-width spaces goes too: pages and papers set their own.
    """
    lines = LINE_ENDS.sub("\n", text)
    lines = "".join(char for char in lines if char in KEPT or unicodedata.category(char) not in INVISIBLE)
    trimmed = "\n".join(line.strip(SPACES) for line in lines.split("\n"))
    return re.sub("\n{3,}", "\n\n", trimmed).strip()
