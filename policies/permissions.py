"""What a person may be allowed to do with the school's policy."""

POWERS = {
    "view_policy": "Read the school's policy and its ladder of infringements and sanctions",
    "edit_policy": "Write a new draft of the policy's ladder",
    "publish_policy": "Publish a version of the policy and put it in force",
}
