"""Addresses of the policy's pages."""

from django.urls import path

from policies import edit_views, views

urlpatterns = [
    path("policy/", views.ladder_detail, name="ladder_detail"),
    path("policy/versions/", views.policy_list, name="policy_list"),
    path("policy/versions/new/", views.policy_create, name="policy_create"),
    path("policy/versions/<int:number>/", views.policy_detail, name="policy_detail"),
    path("policy/versions/<int:number>/file/", views.policy_download, name="policy_download"),
    path("policy/versions/<int:number>/publish/", views.policy_publish, name="policy_publish"),
    path("policy/versions/<int:number>/edit/", edit_views.ladder_edit, name="ladder_edit"),
    path(
        "policy/versions/<int:number>/edit/<slug:section>/new/",
        edit_views.ladder_row_create,
        name="ladder_row_create",
    ),
    path(
        "policy/versions/<int:number>/edit/<slug:section>/<str:identity>/",
        edit_views.ladder_row_edit,
        name="ladder_row_edit",
    ),
]
