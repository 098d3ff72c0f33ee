"""Pages of the register, software, labels and stock-takes."""

from django.urls import URLPattern, path

from assets.views import (
    inventory,
    inventory_deeds,
    inventory_imports,
    labels,
    many,
    rooms,
    scanning,
    software,
    stock,
)

REGISTER = "equipment/"
ONE = f"{REGISTER}<int:pk>/"
PROGRAMS = f"{REGISTER}software/"
PROGRAM = f"{PROGRAMS}<int:pk>/"
IMPORTS = f"{REGISTER}imports/"
IMPORT = f"{IMPORTS}<int:pk>/"
ROOMS = f"{REGISTER}rooms/"
TAKES = f"{REGISTER}stock-takes/"
TAKE = f"{TAKES}<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(REGISTER, inventory.asset_list, name="asset_list"),
    path(f"{REGISTER}export/", inventory.asset_export, name="asset_export"),
    path(f"{REGISTER}new/", inventory.asset_create, name="asset_create"),
    path(f"{REGISTER}scan/<path:tag>/", scanning.asset_scan, name="asset_scan"),
    path(f"{REGISTER}labels/", labels.label_sheet, name="label_sheet"),
    path(IMPORTS, inventory_imports.asset_import_list, name="asset_import_list"),
    path(f"{IMPORTS}new/", inventory_imports.asset_import_upload, name="asset_import_upload"),
    path(f"{IMPORT}columns/", inventory_imports.asset_import_mapping, name="asset_import_mapping"),
    path(f"{IMPORT}look/", inventory_imports.asset_import_preview, name="asset_import_preview"),
    path(f"{IMPORT}apply/", inventory_imports.asset_import_apply, name="asset_import_apply"),
    path(f"{IMPORT}cancel/", inventory_imports.asset_import_cancel, name="asset_import_cancel"),
    path(ONE, inventory.asset_detail, name="asset_detail"),
    path(f"{ONE}edit/", inventory.asset_edit, name="asset_edit"),
    path(f"{ONE}in-service/", inventory_deeds.asset_put_in_service, name="asset_put_in_service"),
    path(f"{ONE}redundant/", inventory_deeds.asset_redundant, name="asset_redundant"),
    path(f"{ONE}disks/new/", inventory_deeds.medium_add, name="medium_add"),
    path(f"{REGISTER}disks/<int:pk>/remove/", inventory_deeds.medium_remove, name="medium_remove"),
    path(PROGRAMS, software.software_list, name="software_list"),
    path(f"{PROGRAMS}export/", software.software_export, name="software_export"),
    path(f"{PROGRAMS}new/", software.software_create, name="software_create"),
    path(PROGRAM, software.software_detail, name="software_detail"),
    path(f"{PROGRAM}edit/", software.software_edit, name="software_edit"),
    path(f"{PROGRAM}end/", software.software_end, name="software_end"),
    path(f"{PROGRAM}devices/", software.installation_add, name="installation_add"),
    path(
        f"{PROGRAMS}devices/<int:pk>/remove/",
        software.installation_remove,
        name="installation_remove",
    ),
    path(f"{REGISTER}many/in-service/", many.assets_put_in_service, name="assets_put_in_service"),
    path(f"{REGISTER}many/move/", many.assets_move, name="assets_move"),
    path(f"{REGISTER}workbook/", inventory.asset_workbook, name="asset_workbook"),
    path(ROOMS, rooms.room_list, name="room_list"),
    path(f"{ROOMS}export/", rooms.room_export, name="room_export"),
    path(f"{ROOMS}<int:pk>/rename/", rooms.room_rename, name="room_rename"),
    path(f"{ROOMS}<int:pk>/end/", rooms.room_end, name="room_end"),
    path(TAKES, stock.stock_take_list, name="stock_take_list"),
    path(f"{TAKES}new/", stock.stock_take_create, name="stock_take_create"),
    path(TAKE, stock.stock_take_detail, name="stock_take_detail"),
    path(f"{TAKE}rooms/<int:room>/", stock.stock_take_room, name="stock_take_room"),
    path(f"{TAKE}close/", stock.stock_take_close, name="stock_take_close"),
]
