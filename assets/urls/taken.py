"""Pages of items taken from pupils and searches."""

from django.urls import URLPattern, path

from assets.views import taken, taken_searches, taken_steps, witnessing

ONE = "items-taken/<slug:reference>/"
SEARCH = "searches/<slug:reference>/"

urlpatterns: list[URLPattern] = [
    path("items-taken/", taken.confiscation_list, name="confiscation_list"),
    path("items-taken/new/", taken.confiscation_create, name="confiscation_create"),
    path("items-taken/export/", taken.confiscation_export, name="confiscation_export"),
    path(ONE, taken.confiscation_detail, name="confiscation_detail"),
    path(f"{ONE}print/", taken.confiscation_print, name="confiscation_print"),
    path(f"{ONE}tell/", taken_steps.confiscation_tell, name="confiscation_tell"),
    path(f"{ONE}move/", taken_steps.confiscation_move, name="confiscation_move"),
    path(f"{ONE}pass/", taken_steps.confiscation_pass, name="confiscation_pass"),
    path(f"{ONE}police/", taken_steps.confiscation_police, name="confiscation_police"),
    path(f"{ONE}return/", taken_steps.confiscation_return, name="confiscation_return"),
    path(f"{ONE}clear/", taken_steps.confiscation_clear, name="confiscation_clear"),
    path(f"{ONE}keep/", taken_steps.confiscation_dispose, name="confiscation_dispose"),
    path("searches/", taken_searches.search_record_list, name="search_record_list"),
    path("searches/new/", taken_searches.search_record_create, name="search_record_create"),
    path("searches/export/", taken_searches.search_record_export, name="search_record_export"),
    path(SEARCH, taken_searches.search_record_detail, name="search_record_detail"),
    path(f"{SEARCH}tell/", taken_searches.search_record_tell, name="search_record_tell"),
    path(f"{SEARCH}note/", taken_searches.search_record_note, name="search_record_note"),
    path(f"{SEARCH}witness/", witnessing.search_record_confirm, name="search_record_confirm"),
    path(f"{SEARCH}print/", taken_searches.search_record_print, name="search_record_print"),
]
