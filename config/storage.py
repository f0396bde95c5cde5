"""Static files under names that hold their fingerprint, also where one module imports another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no type hints
    """Rewrites the imports of ES modules, too, so that every file can be kept by browsers for ever."""

    support_js_module_import_aggregation = True
