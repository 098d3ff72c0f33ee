"""The table of steps of an asset, whatever becomes of it (c.12)."""

from common.workflow import Step, Workflow

ASSET_STATES = {
    "registered": "Being set up",
    "in_service": "In service",
    "on_loan": "On loan",
    "maintenance": "Being repaired or checked",
    "quarantined": "Kept as evidence",
    "lost": "Lost or stolen",
    "redundant": "No longer wanted",
    "disposing": "In a disposal",
    "disposed": "Disposed of",
}
ASSET_GONE = ("disposed",)
_EVIDENCE = ("registered", "in_service", "on_loan", "maintenance", "lost", "redundant")

ASSET = Workflow(
    noun="device",
    states=ASSET_STATES,
    steps=(
        Step(
            "put_in_service",
            "Put in service",
            ("registered", "redundant"),
            "in_service",
            "edit_assets",
            page="asset_put_in_service",
            main=True,
        ),
        Step(
            "lend_asset",
            "Lend it",
            ("in_service",),
            "on_loan",
            "lend_assets",
            page="loan_create",
            main=True,
        ),
        Step(
            "extend_loan",
            "Lend it for longer",
            ("on_loan",),
            "",
            "lend_assets",
            page="loan_extend",
        ),
        Step(
            "take_back_loan",
            "Take it back",
            ("on_loan",),
            "in_service",
            "lend_assets",
            page="loan_return",
            main=True,
        ),
        Step(
            "start_upkeep",
            "Send for repair or a check",
            ("registered", "in_service"),
            "maintenance",
            "edit_assets",
            page="upkeep_create",
        ),
        Step(
            "finish_upkeep",
            "It is back",
            ("maintenance",),
            "in_service",
            "edit_assets",
            page="upkeep_finish",
            main=True,
        ),
        Step(
            "move_asset",
            "Move to another room",
            ("registered", "in_service", "maintenance", "redundant", "disposing"),
            "",
            "edit_assets",
        ),
        Step(
            "check_asset",
            "Record a check or scan",
            ("registered", "in_service", "on_loan", "redundant"),
            "",
            "edit_assets",
            page="asset_check",
        ),
        Step(
            "quarantine_asset",
            "Keep as evidence",
            _EVIDENCE,
            "quarantined",
            page="asset_quarantine",
        ),
        Step("release_asset", "Release", ("quarantined",), "in_service"),
        Step(
            "report_loss",
            "Lost or stolen",
            ("registered", "in_service", "on_loan", "maintenance", "redundant"),
            "lost",
            page="asset_lost",
        ),
        Step("find_asset", "It was found", ("lost",), "in_service", "edit_assets", "asset_found"),
        Step(
            "make_redundant",
            "No longer wanted",
            ("registered", "in_service"),
            "redundant",
            "edit_assets",
            page="asset_redundant",
        ),
        # The steps of a disposal take these; each asks for its own power besides.
        Step(
            "propose_disposal", "Put in a disposal", ("redundant",), "disposing", "view_disposals"
        ),
        Step(
            "take_out_of_disposal",
            "Take out of the disposal",
            ("disposing",),
            "redundant",
            "view_disposals",
        ),
        Step("dispose_asset", "Dispose", ("disposing",), "disposed", "view_disposals"),
    ),
)
