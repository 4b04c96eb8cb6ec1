from .appeals import AppealForm, AppealRoundForm
from .approvals import AnswerForm, DelegationForm, PlanForm
from .attachments import AttachmentForm
from .builder import QuestionForm
from .calls import (
    CallForm,
    CopyForm,
    EndingForm,
    ExtensionForm,
    PersonalExtensionForm,
    ReceiptWordsForm,
)
from .co_applicants import InvitationForm, RoleForm
from .conditions import ConditionForm
from .corrections import CorrectionForm
from .desk import DismissalForm, ReferralForm, SavedViewForm, SelectionForm
from .erasure import ErasureForm, KeepingForm
from .exports import ExportForm
from .inquiries import InquiryForm, ReplyForm
from .irritants import (
    ClosingForm,
    HidingForm,
    IrritantForm,
    MergeForm,
    PublicIrritantForm,
    ThemeForm,
)
from .releases import ReleaseCancellingForm
from .writing import WritingForm


__all__ = [
    "AnswerForm",
    "AppealForm",
    "AppealRoundForm",
    "AttachmentForm",
    "CallForm",
    "ClosingForm",
    "ConditionForm",
    "CorrectionForm",
    "DelegationForm",
    "CopyForm",
    "DismissalForm",
    "ErasureForm",
    "ExportForm",
    "EndingForm",
    "ExtensionForm",
    "HidingForm",
    "InquiryForm",
    "InvitationForm",
    "KeepingForm",
    "IrritantForm",
    "MergeForm",
    "PersonalExtensionForm",
    "PlanForm",
    "PublicIrritantForm",
    "QuestionForm",
    "ReceiptWordsForm",
    "ReferralForm",
    "ReplyForm",
    "ReleaseCancellingForm",
    "RoleForm",
    "SavedViewForm",
    "SelectionForm",
    "ThemeForm",
    "WritingForm",
]
