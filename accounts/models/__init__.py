from .allowed_domain import AllowedDomain
from .entity import Entity
from .user import User


__all__ = ["AllowedDomain", "Entity", "User"]
