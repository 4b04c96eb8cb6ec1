"""allauth answers 200 to a form it refuses; the house answers 422."""

from http import HTTPStatus


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
