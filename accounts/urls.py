from django.urls import path  # noqa: F401  (its engineer fills it)


app_name = "accounts"
urlpatterns = []
