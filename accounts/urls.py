from django.urls import path

from accounts.views import profile


app_name = "accounts"
urlpatterns = [
    path("comptes/profil/", profile.profile, name="profile"),
    path("comptes/services/", profile.entity_list, name="entity-list"),
]
