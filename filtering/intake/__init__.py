"""How alerts come in: from files and webhooks, to whom, about whom."""
