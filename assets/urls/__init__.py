"""Pages of equipment, disposal and people's own devices; each area lists its own."""

from assets.urls import (
    audits,
    care,
    disposal,
    inventory,
    lifecycle,
    own_devices,
    phones,
    premises,
    taken,
)

urlpatterns = [
    *inventory.urlpatterns,
    *lifecycle.urlpatterns,
    *care.urlpatterns,
    *disposal.urlpatterns,
    *premises.urlpatterns,
    *audits.urlpatterns,
    *own_devices.urlpatterns,
    *phones.urlpatterns,
    *taken.urlpatterns,
]
