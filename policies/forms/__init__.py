"""Forms of the policy's pages."""

from policies.forms.ladder_rows import InfringementForm, StepForm
from policies.forms.pages import LadderFilterForm, PolicyCreateForm, PolicyPublishForm
from policies.forms.rows import (
    CategoryForm,
    ClauseForm,
    RowForm,
    SanctionTypeForm,
    SpecialCaseForm,
    ThemeForm,
)

__all__ = [
    "ADDABLE",
    "ROW_FORMS",
    "LadderFilterForm",
    "PolicyCreateForm",
    "PolicyPublishForm",
    "RowForm",
]

ROW_FORMS: dict[str, type[RowForm]] = {
    form.section: form
    for form in (
        InfringementForm,
        StepForm,
        CategoryForm,
        ClauseForm,
        SanctionTypeForm,
        SpecialCaseForm,
        ThemeForm,
    )
}
ADDABLE = ("infringements", "steps", "clauses", "sanction_types", "themes")
