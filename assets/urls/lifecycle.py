"""Pages of loans, upkeep, evidence and losses."""

from django.urls import URLPattern, path

from assets.views import lifecycle, loans, losses

ASSET = "equipment/<int:pk>/"
LOANS = "equipment/loans/"
LOSSES = "equipment/losses/"

urlpatterns: list[URLPattern] = [
    path(LOANS, loans.loan_list, name="loan_list"),
    path(f"{LOANS}export/", loans.loan_export, name="loan_export"),
    path(f"{LOANS}mine/", loans.loan_mine, name="loan_mine"),
    path(f"{LOANS}<int:pk>/", loans.loan_detail, name="loan_detail"),
    path(f"{LOANS}<int:pk>/have-it/", loans.loan_accept, name="loan_accept"),
    path(f"{LOANS}<int:pk>/data-removed/", loans.loan_clear, name="loan_clear"),
    path("equipment/upkeep/", losses.upkeep_list, name="upkeep_list"),
    path(LOSSES, losses.loss_list, name="loss_list"),
    path(f"{LOSSES}new/", losses.loss_create, name="loss_create"),
    path(f"{LOSSES}<int:pk>/", losses.loss_detail, name="loss_detail"),
    path(f"{LOSSES}<int:pk>/no-incident/", losses.loss_settle, name="loss_settle"),
    path(f"{ASSET}lend/", lifecycle.loan_create, name="loan_create"),
    path(f"{ASSET}extend/", lifecycle.loan_extend, name="loan_extend"),
    path(f"{ASSET}take-back/", lifecycle.loan_return, name="loan_return"),
    path(f"{ASSET}repair/", lifecycle.upkeep_create, name="upkeep_create"),
    path(f"{ASSET}repaired/", lifecycle.upkeep_finish, name="upkeep_finish"),
    path(f"{ASSET}lost/", losses.asset_lost, name="asset_lost"),
    path(f"{ASSET}found/", lifecycle.asset_found, name="asset_found"),
    path(f"{ASSET}evidence/", lifecycle.asset_quarantine, name="asset_quarantine"),
]
