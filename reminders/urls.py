"""Pages over reminders; the school's segment of the path is put before them."""

from django.urls import path

from reminders.views import duties, feeds, reminders

urlpatterns = [
    path("duties/", duties.duty_list, name="duty_list"),
    path("duties/export", duties.duty_export, name="duty_export"),
    path("duties/<int:pk>/", duties.duty_detail, name="duty_detail"),
    path("duties/<int:pk>/attest", duties.duty_attest, name="duty_attest"),
    path("duties/<int:pk>/evidence", duties.duty_evidence, name="duty_evidence"),
    path("reminders/", reminders.reminder_list, name="reminder_list"),
    path("my-calendar/", feeds.feed_detail, name="feed_detail"),
    path("my-calendar/new", feeds.feed_make, name="feed_make"),
    path("my-calendar/end", feeds.feed_revoke, name="feed_revoke"),
    path("calendar/<str:token>.ics", feeds.feed_read, name="feed_read"),
]
