"""Pages of people's own devices and recording with them."""

from django.urls import URLPattern, path

from assets.views import exemptions, own_devices, recording

OWN = "own-devices/"
RECORDING = f"{OWN}recording/"
ONE = f"{RECORDING}<slug:reference>/"
EXEMPT = f"{OWN}exemptions/"

urlpatterns: list[URLPattern] = [
    path(OWN, own_devices.own_device_list, name="own_device_list"),
    path(f"{OWN}export/", own_devices.own_device_export, name="own_device_export"),
    path(f"{OWN}mine/", own_devices.own_device_mine, name="own_device_mine"),
    path(f"{OWN}new/", own_devices.own_device_create, name="own_device_create"),
    path(f"{OWN}<int:pk>/decide/", own_devices.own_device_decide, name="own_device_decide"),
    path(f"{OWN}<int:pk>/end/", own_devices.own_device_end, name="own_device_end"),
    path(EXEMPT, exemptions.exemption_list, name="exemption_list"),
    path(f"{EXEMPT}new/", exemptions.exemption_create, name="exemption_create"),
    path(f"{EXEMPT}<int:pk>/end/", exemptions.exemption_end, name="exemption_end"),
    path(RECORDING, recording.recording_list, name="recording_list"),
    path(f"{RECORDING}new/", recording.recording_create, name="recording_create"),
    path(f"{RECORDING}uses/<int:pk>/deleted/", recording.recording_delete, name="recording_delete"),
    path(ONE, recording.recording_detail, name="recording_detail"),
    path(f"{ONE}decide/", recording.recording_decide, name="recording_decide"),
    path(f"{ONE}withdraw/", recording.recording_withdraw, name="recording_withdraw"),
    path(f"{ONE}note/", recording.recording_note, name="recording_note"),
    path(f"{ONE}record/", recording.recording_use, name="recording_use"),
]
