"""Pages of equipment, disposal and people's own devices; each area lists its own."""

from assets.urls import disposal, inventory, lifecycle, own_devices, phones, taken

urlpatterns = [
    *inventory.urlpatterns,
    *lifecycle.urlpatterns,
    *disposal.urlpatterns,
    *own_devices.urlpatterns,
    *phones.urlpatterns,
    *taken.urlpatterns,
]
