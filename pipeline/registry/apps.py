"""The registry as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig  # type: ignore[import-untyped]


class RegistryConfig(AppConfig):  # type: ignore[misc] # Django has no types
    name = "pipeline.registry"
    label = "registry"
    verbose_name = "台账"
