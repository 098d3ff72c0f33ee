"""Pages of phones during the school day: rules, handing in, permissions, private phones, Wi-Fi."""

from django.urls import URLPattern, path

from assets.views import phones_calls, phones_handing, phones_rules, phones_use, phones_wifi

HANDED = "handed-in/"
USE = "phone-use/"
ONE = f"{USE}<slug:reference>/"
CALLS = "private-phones/"
OWN = "own-devices/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("phone-rules/", phones_rules.phone_rule_detail, name="phone_rule_detail"),
    path(HANDED, phones_handing.hand_in_day, name="hand_in_day"),
    path(f"{HANDED}log/", phones_handing.hand_in_list, name="hand_in_list"),
    path(f"{HANDED}log/export/", phones_handing.hand_in_export, name="hand_in_export"),
    path(f"{HANDED}new/", phones_handing.hand_in_create, name="hand_in_create"),
    path(f"{HANDED}class/<int:pk>/", phones_handing.hand_in_class, name="hand_in_class"),
    path(f"{HANDED}<int:pk>/back/", phones_handing.hand_in_return, name="hand_in_return"),
    path(USE, phones_use.phone_use_list, name="phone_use_list"),
    path(f"{USE}export/", phones_use.phone_use_export, name="phone_use_export"),
    path(f"{USE}new/", phones_use.phone_use_create, name="phone_use_create"),
    path(f"{USE}emergency/", phones_use.phone_use_emergency, name="phone_use_emergency"),
    path(ONE, phones_use.phone_use_detail, name="phone_use_detail"),
    path(f"{ONE}decide/", phones_use.phone_use_decide, name="phone_use_decide"),
    path(f"{ONE}withdraw/", phones_use.phone_use_withdraw, name="phone_use_withdraw"),
    path(f"{ONE}end/", phones_use.phone_use_end, name="phone_use_end"),
    path(CALLS, phones_calls.private_call_list, name="private_call_list"),
    path(f"{CALLS}export/", phones_calls.private_call_export, name="private_call_export"),
    path(f"{CALLS}new/", phones_calls.private_call_create, name="private_call_create"),
    path(f"{CALLS}<int:pk>/read/", phones_calls.private_call_read, name="private_call_read"),
    path(OWN, phones_wifi.own_device_detail, name="own_device_detail"),
    path(f"{OWN}wifi/", phones_wifi.own_device_wifi, name="own_device_wifi"),
    path(f"{OWN}wifi/leave/", phones_wifi.own_device_wifi_leave, name="own_device_wifi_leave"),
    path(f"{OWN}misuse/", phones_wifi.misuse_create, name="misuse_create"),
]
