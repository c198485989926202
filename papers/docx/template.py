"""The standard template of a decision: what a clerk begins with, in the layout of the paper and with its fields."""

import io

from papers.content import Attachment, Column, Note, Paper, Table, Text
from papers.docx.page import new_document
from papers.docx.parts import write
from papers.docx.writing import add_attachment, add_block, add_line, add_mark, add_signature, add_title
from papers.layout import TABLE

COLUMNS = (Column("序号", 14), Column("奖项", 34), Column("获奖者", 40), Column("部门", 36), Column("职务", 32))
ROW = tuple(f"{{{{ row.{name} }}}}" for name in ("number", "award", "name", "department", "post"))
EMPTY = ("",) * (len(COLUMNS) - 1)
ROWS = (("{%tr for row in list.rows %}", *EMPTY), ROW, ("{%tr endfor %}", *EMPTY))
LIST = Attachment("{{ list.label }}", "{{ list.title }}", (Table(COLUMNS, ROWS, TABLE), Note("{{ list.note }}")))


def standard_template(court: str) -> bytes:
    """The file, for a court of this name: mark and signature stand where its paper has them."""
    paper = Paper("{{ title }}", (), f"{court}文件", "{{ number }}", signature=court, date="{{ date }}")
    document = new_document("")
    add_mark(document, paper)
    add_title(document, [paper.title])
    add_line(document)
    write(add_line(document), "{{ addressee }}：")
    for text in ("{%p for one in paragraphs %}", "{{ one }}", "{%p endfor %}"):
        add_block(document, Text(text))
    add_line(document)
    for text in ("{%p for line in attachments %}", "{{ line }}", "{%p endfor %}"):
        add_block(document, Text(text))
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    add_signature(document, paper)
    write(add_line(document), "{%p for list in lists %}")
    add_attachment(document, paper, LIST)
    write(add_line(document), "{%p endfor %}")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
