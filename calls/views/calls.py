from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from base.paging import page_of
from calls.calendar import calendar_of
from calls.models import Application, Call, Extension
from calls.models.condition import with_conditions


@login_not_required
@require_safe
def call_list(request):
    calls = Call.objects.listed().in_order_of_interest()
    return render(request, "calls/call_list.html", {"page": page_of(request, calls)})


@login_not_required
@require_safe
def call(request, slug):
    calls = Call.objects.visible_to(request.user).in_full()
    call = get_object_or_404(calls, slug=slug)
    context = {
        "call": call,
        "questions": with_conditions(call.form.questions.in_order()),
        "criteria": call.criteria(),
        "more_time": Extension.objects.running().given_to(request.user, call).last_instant(),
        "draft": Application.objects.drafted_by(request.user).filter(call=call).first(),
    }
    return render(request, "calls/call.html", context)


@login_not_required
@require_safe
def call_calendar(request, slug):
    call = get_object_or_404(Call.objects.public(), slug=slug)
    response = HttpResponse(calendar_of(call), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{call.slug}.ics"'
    return response
