"""What is kept about people, on paper: docs/personal-data.md is written from the code."""

from django.apps import apps

from common.discovery import discover

_HEAD = """# What is kept about people

Written from each app's `personal_data.py`: run `make manage ARGS=docs`, do not edit. Listed are the
texts and files that say something about a person. Links to people and dates (who, when) stand on
nearly every record beside them, and are about people as well.
"""


def personal_data() -> str:
    """Return the declared fields and their reasons as a Markdown document, by app and record."""
    lines = [_HEAD]
    for label, module in reversed(discover("personal_data")):
        if not module.PERSONAL:
            continue
        lines += [f"## {apps.get_app_config(label).verbose_name}\n"]
        lines += ["| Record | Field | Why it is kept |", "|---|---|---|"]
        for name, why in module.PERSONAL.items():
            model, field = name.split(".")
            record = apps.get_model(label, model)._meta.verbose_name
            lines.append(f"| {str(record).capitalize()} | {field.replace('_', ' ')} | {why} |")
        lines.append("")
    return "\n".join(lines)


DOCUMENTS = {"docs/personal-data.md": personal_data}
