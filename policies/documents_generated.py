"""The documents written from the policy's code by ``manage.py docs``."""

from policies.workflow import POLICY_VERSION

DOCUMENTS = {"docs/workflows/policy_version.md": POLICY_VERSION.diagram}
