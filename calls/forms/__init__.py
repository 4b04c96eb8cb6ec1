from .approvals import AnswerForm, PlanForm
from .calls import CallForm, ExtensionForm, QuestionForm
from .co_applicants import InvitationForm, RoleForm
from .desk import DismissalForm, ReferralForm
from .irritants import (
    ClosingForm,
    HidingForm,
    IrritantForm,
    MergeForm,
    PublicIrritantForm,
    ThemeForm,
)
from .writing import WritingForm


__all__ = [
    "AnswerForm",
    "CallForm",
    "ClosingForm",
    "DismissalForm",
    "ExtensionForm",
    "HidingForm",
    "InvitationForm",
    "IrritantForm",
    "MergeForm",
    "PlanForm",
    "PublicIrritantForm",
    "QuestionForm",
    "ReferralForm",
    "RoleForm",
    "ThemeForm",
    "WritingForm",
]
