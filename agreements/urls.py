"""Pages of agreements and consents; the school's segment of the path is put before them."""

from django.urls import path

from agreements.urls_consents import urlpatterns as consents
from agreements.urls_registers import urlpatterns as registers
from agreements.urls_texts import urlpatterns as texts
from agreements.urls_ways import urlpatterns as ways
from agreements.views import links, proof, signing

urlpatterns = [
    path("my/", signing.portal, name="portal"),
    path("my/agreements/<int:pk>/", signing.agreement_sign, name="agreement_sign"),
    path("my/agreements/<int:pk>/decline/", signing.agreement_decline, name="agreement_decline"),
    path("my/agreements/<int:pk>/ask/", signing.agreement_ask, name="agreement_ask"),
    path("my/signatures/<slug:reference>/", signing.signature_copy, name="signature_copy"),
    path(
        "my/signatures/<slug:reference>/withdraw/",
        signing.signature_withdraw,
        name="signature_withdraw",
    ),
    path("sign/", links.link_check, name="link_check"),
    path("sign/home/", links.link_portal, name="link_portal"),
    path("sign/agreements/<int:pk>/", links.link_sign, name="link_sign"),
    path("sign/agreements/<int:pk>/decline/", links.link_decline, name="link_decline"),
    path("sign/agreements/<int:pk>/ask/", links.link_ask, name="link_ask"),
    path("sign/copies/<slug:reference>/", links.link_copy, name="link_copy"),
    path("sign/consents/<int:pk>/", links.link_consent, name="link_consent"),
    path("sign/open/<str:token>/", links.link_open, name="link_open"),
    path("verify/", proof.certificate_verify, name="certificate_verify"),
    path("verify/<str:seal>/", proof.signature_verify, name="signature_verify"),
    *texts,
    *registers,
    *ways,
    *consents,
]
