from .examinations import ExaminationForm


__all__ = ["ExaminationForm"]
