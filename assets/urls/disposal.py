"""Pages of disposals and their companies."""

from django.urls import URLPattern, path

from assets.views import (
    disposal,
    disposal_companies,
    disposal_deeds,
    disposal_proof,
    witnessing,
)

COMPANIES = "equipment/companies/"
COMPANY = f"{COMPANIES}<int:pk>/"
DISPOSALS = "equipment/disposals/"
ONE = f"{DISPOSALS}<slug:reference>/"

urlpatterns: list[URLPattern] = [
    path(COMPANIES, disposal_companies.company_list, name="company_list"),
    path(f"{COMPANIES}new/", disposal_companies.company_create, name="company_create"),
    path(COMPANY, disposal_companies.company_detail, name="company_detail"),
    path(f"{COMPANY}edit/", disposal_companies.company_edit, name="company_edit"),
    path(f"{COMPANY}paper/", disposal_companies.company_paper, name="company_paper"),
    path(f"{COMPANY}approve/", disposal_companies.company_approve, name="company_approve"),
    path(f"{COMPANY}end/", disposal_companies.company_end, name="company_end"),
    path(
        f"{COMPANIES}papers/<int:pk>/copy/",
        disposal_companies.company_paper_copy,
        name="company_paper_copy",
    ),
    path(DISPOSALS, disposal.disposal_list, name="disposal_list"),
    path(f"{DISPOSALS}new/", disposal.disposal_create, name="disposal_create"),
    path(f"{DISPOSALS}export/", disposal.disposal_export, name="disposal_export"),
    path(
        f"{DISPOSALS}papers/<int:pk>/copy/",
        disposal_proof.disposal_paper_copy,
        name="disposal_paper_copy",
    ),
    path(f"{DISPOSALS}verify/<str:seal>/", disposal_proof.disposal_verify, name="disposal_verify"),
    path(ONE, disposal.disposal_detail, name="disposal_detail"),
    path(f"{ONE}devices/", disposal_deeds.disposal_edit, name="disposal_edit"),
    path(
        f"{ONE}devices/<int:pk>/take-out/",
        disposal_deeds.disposal_take_out,
        name="disposal_take_out",
    ),
    path(f"{ONE}change/", disposal_deeds.disposal_change, name="disposal_change"),
    path(f"{ONE}ask/", disposal_deeds.disposal_submit, name="disposal_submit"),
    path(f"{ONE}decide/", disposal_deeds.disposal_decide, name="disposal_decide"),
    path(f"{ONE}withdraw/", disposal_deeds.disposal_withdraw, name="disposal_withdraw"),
    path(f"{ONE}media/<int:pk>/", disposal_proof.sanitisation_create, name="sanitisation_create"),
    path(f"{ONE}hand-over/", disposal_deeds.disposal_collect, name="disposal_collect"),
    path(f"{ONE}witness/", witnessing.hand_over_confirm, name="hand_over_confirm"),
    path(f"{ONE}paper/", disposal_proof.disposal_paper, name="disposal_paper"),
    path(f"{ONE}close/", disposal_deeds.disposal_finish, name="disposal_finish"),
    path(f"{ONE}late-papers/", disposal_deeds.disposal_breach, name="disposal_breach"),
    path(f"{ONE}certificate/", disposal_proof.disposal_certificate, name="disposal_certificate"),
]
