"""Between a page and who is signed in: a form refused has its status, a form typed is kept."""

from http import HTTPStatus

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.shortcuts import render

from base.typed import texts_of, typed_in


class SignInMiddleware(LoginRequiredMiddleware):
    """Ask who is there; what was typed while the session ended is given back, not thrown away."""

    def handle_no_permission(self, request, view_func):
        pairs = typed_in(request) if request.method == "POST" else []
        if not pairs:
            return super().handle_no_permission(request, view_func)
        context = {"pairs": pairs, "texts": texts_of(pairs)}
        response = render(request, "401.html", context, status=401)
        response["Cache-Control"] = "no-store, private"
        return response


class FormStatusMiddleware:
    """Give a page whose form holds errors the status of its errors."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_template_response(self, request, response):
        context = response.context_data or {}
        form = context.get("form") or context.get("verify_form")
        if response.status_code == HTTPStatus.OK and getattr(form, "errors", None):
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response
