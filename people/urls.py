"""Pages over people; the school's segment of the path is put before them."""

from django.urls import path

from people.views import finding, jobs

urlpatterns = [
    path("people/find", finding.person_find, name="person_find"),
    path("jobs/<int:pk>/", jobs.job_detail, name="job_detail"),
    path("jobs/<int:pk>/result", jobs.job_result, name="job_result"),
]
