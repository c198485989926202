"""What papers need beside the record: templates that a court brings, and what was printed."""

from papers.models.court_templates import CourtTemplate, template_path
from papers.models.printings import Printing, new_key, printing_path

# The functions are named in migrations.
__all__ = ["CourtTemplate", "Printing", "new_key", "printing_path", "template_path"]
