"""Pages of restricted rooms and of cameras."""

from django.urls import URLPattern, path

from assets.views import cameras, room_access

ROOMS = "equipment/restricted-rooms/"
ROOM = f"{ROOMS}<int:pk>/"
CAMERAS = "cameras/"
CAMERA = f"{CAMERAS}<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(ROOMS, room_access.room_access_list, name="room_access_list"),
    path(f"{ROOMS}new/", room_access.room_restrict, name="room_restrict"),
    path(ROOM, room_access.room_access_detail, name="room_access_detail"),
    path(f"{ROOM}edit/", room_access.room_access_edit, name="room_access_edit"),
    path(f"{ROOM}open/", room_access.room_open, name="room_open"),
    path(f"{ROOM}access/", room_access.room_access_create, name="room_access_create"),
    path(f"{ROOMS}access/<int:pk>/end/", room_access.room_access_end, name="room_access_end"),
    path(CAMERAS, cameras.camera_list, name="camera_list"),
    path(f"{CAMERAS}export/", cameras.camera_export, name="camera_export"),
    path(f"{CAMERAS}new/", cameras.camera_create, name="camera_create"),
    path(CAMERA, cameras.camera_detail, name="camera_detail"),
    path(f"{CAMERA}edit/", cameras.camera_edit, name="camera_edit"),
    path(f"{CAMERA}review/", cameras.camera_review, name="camera_review"),
    path(f"{CAMERA}processing/", cameras.camera_record, name="camera_record"),
    path(f"{CAMERA}down/", cameras.camera_end, name="camera_end"),
]
