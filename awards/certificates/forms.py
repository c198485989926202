"""The form that asks for a certificate."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.certificates.numbering import LONGEST


class NumberForm(forms.Form):
    """The number on a certificate."""

    number = forms.CharField(label=_("certificate number"), max_length=LONGEST, strip=True)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method = "get"
        helper.form_action = reverse("certificates:look_up")
        helper.disable_csrf = True
        helper.layout = Layout("number", Submit("", _("Look up"), css_id="look-up"))
        return helper
