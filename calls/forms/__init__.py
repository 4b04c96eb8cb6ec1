from .approvals import AnswerForm, PlanForm
from .calls import CallForm, ExtensionForm, QuestionForm
from .co_applicants import InvitationForm, RoleForm
from .desk import DismissalForm, ReferralForm
from .irritants import HidingForm, IrritantForm
from .writing import WritingForm


__all__ = [
    "AnswerForm",
    "CallForm",
    "DismissalForm",
    "ExtensionForm",
    "HidingForm",
    "InvitationForm",
    "IrritantForm",
    "PlanForm",
    "QuestionForm",
    "ReferralForm",
    "RoleForm",
    "WritingForm",
]
