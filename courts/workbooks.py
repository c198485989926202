"""How every workbook of the site is written: in constant memory, and with text that stays text."""

OPTIONS = {
    "constant_memory": True,  # each row goes to the disk when the next one begins
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
    # As the default and not for each column: every cell would name its format, and the file takes a third longer.
    "default_format_properties": {"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "top"},
}
A4 = 9
LONGEST_HEADER = 200  # Excel refuses a file with more than 255 in a page's header


def header(title: str) -> str:
    """A title in the middle of a page's header; an ampersand in it is no command."""
    return "&C" + title[:LONGEST_HEADER].replace("&", "&&")
