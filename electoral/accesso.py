"""Login: nobody signs up by himself, people are invited."""

from allauth.account.adapter import DefaultAccountAdapter


class AccessoAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False
