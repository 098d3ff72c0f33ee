"""Powers and roles are spelt alike wherever they are named (house rules, 4)."""

import ast
import re

import pytest
import yaml
from django.conf import settings

from common.discovery import discover
from common.settings_catalogue import catalogue
from roles.catalogue import BY_CODE, CATALOGUE, CATEGORIES, SEPARATIONS
from roles.matrix import FAMILY_POWERS, GRANTS, KEEPING_POWERS, PUPILS_AND_PARENTS
from roles.powers import all_powers
from tests.house_rules.code import ROOT, dotted, sources

# Functions whose text argument is a role or a power.
ROLE_ARGUMENT = {"current_holders": 1}
POWER_ARGUMENT = {"person_may": 1, "holders_of_power": 1, "may": 0}
MAY_IN_TEMPLATE = re.compile(r'\|may:"(\w+)"')


def test_every_declared_power_is_in_the_matrix_and_the_other_way_round():
    assert set(all_powers()) == set(GRANTS)


def test_every_power_is_a_plain_sentence_of_its_own():
    sentences = list(all_powers().values())

    assert len(set(sentences)) == len(sentences)
    assert [text for text in sentences if not text[0].isupper() or text.endswith(".")] == []
    assert [power for power in all_powers() if not re.fullmatch(r"[a-z]+(_[a-z]+)+", power)] == []


def test_catalogue_has_each_role_once_with_a_known_kind():
    assert len(BY_CODE) == len(CATALOGUE)
    assert {seed.category for seed in CATALOGUE} <= {code for code, _ in CATEGORIES}
    assert {code for separation in SEPARATIONS for code in separation.codes} <= set(BY_CODE)
    assert set(BY_CODE) >= PUPILS_AND_PARENTS


def test_powers_with_a_special_rule_exist():
    assert set(GRANTS) >= FAMILY_POWERS | KEEPING_POWERS


def test_pupils_and_parents_hold_only_what_families_may():
    held = {power for power, codes in GRANTS.items() if codes & PUPILS_AND_PARENTS}

    assert held <= FAMILY_POWERS


def constants(arguments: dict[str, int]) -> set[tuple[str, str]]:
    """Return (place, text) for each text constant given to one of some functions."""
    found = set()
    for source in sources():
        for node in source.walk(ast.Call):
            name = dotted(node.func).rpartition(".")[2]
            place = arguments.get(name, 99)
            if place < len(node.args) and isinstance(node.args[place], ast.Constant):
                found.add((source.at(node), node.args[place].value))
    return found


def test_roles_named_in_code_and_settings_exist():
    used = constants(ROLE_ARGUMENT)
    for setting in catalogue().values():
        if setting.kind == "roles":
            used |= {(setting.name, code) for code in setting.default}

    assert {pair for pair in used if pair[1] not in BY_CODE} == set()
    assert used


def test_powers_named_in_code_and_templates_exist():
    used = constants(POWER_ARGUMENT)
    for path in (ROOT / "templates").rglob("*.html"):
        used |= {(path.name, power) for power in MAY_IN_TEMPLATE.findall(path.read_text())}

    assert {pair for pair in used if pair[1] not in all_powers()} == set()
    assert used


@pytest.mark.parametrize("label", settings.OWN_APPS)
def test_each_app_declares_what_its_own_pages_ask_for(label):
    """A power belongs to the app whose pages it opens, or to one below that they work on."""
    urls = dict(discover("urls")).get(label)
    below = settings.OWN_APPS[: settings.OWN_APPS.index(label) + 1]
    modules = dict(discover("permissions"))
    declared = {power for app in below for power in getattr(modules.get(app), "POWERS", {})}
    if urls is None or label == "safeguard":
        return
    asked = {power for page in urls.urlpatterns for power in getattr(page.callback, "powers", ())}
    foreign = {power for power in asked - declared if power != "report_incident"}

    assert foreign == set()


def test_data_files_name_roles_that_exist():
    path = ROOT / "roles" / "data" / "responsibilities.yaml"

    assert set(yaml.safe_load(path.read_text(encoding="utf-8"))) <= set(BY_CODE)
