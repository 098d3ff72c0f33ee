"""Pages over roles; the school's segment of the path is put before them."""

from django.urls import path

from roles.views import permissions, responsibilities, roles

urlpatterns = [
    path("roles/", roles.role_list, name="role_list"),
    path("roles/<slug:code>/", roles.role_detail, name="role_detail"),
    path("roles/<slug:code>/assign", roles.role_assign, name="role_assign"),
    path("roles/<slug:code>/edit", roles.role_edit, name="role_edit"),
    path("roles/<slug:code>/close", roles.role_close, name="role_close"),
    path(
        "roles/<slug:code>/responsibilities/add",
        responsibilities.responsibility_add,
        name="responsibility_add",
    ),
    path("assignments/<int:number>/end", roles.role_end, name="role_end"),
    path("assignments/<int:number>/cover", roles.role_cover, name="role_cover"),
    path("responsibilities/", responsibilities.responsibility_list, name="responsibility_list"),
    path(
        "responsibilities/<int:number>/revise",
        responsibilities.responsibility_revise,
        name="responsibility_revise",
    ),
    path(
        "responsibilities/<int:number>/end",
        responsibilities.responsibility_end,
        name="responsibility_end",
    ),
    path("permissions/", permissions.permission_list, name="permission_list"),
    path(
        "permissions/<slug:power>/<slug:code>/",
        permissions.permission_override,
        name="permission_override",
    ),
    path(
        "permissions/overrides/<int:number>/restore",
        permissions.permission_restore,
        name="permission_restore",
    ),
]
