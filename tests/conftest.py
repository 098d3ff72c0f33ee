"""What every test may ask for."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.stage", "tests.order"]

# The same examples in every run, however slow the machine: a run says something of the change it
# is about. `pytest --hypothesis-profile default` looks for new ones.
settings.register_profile("steady", derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")
