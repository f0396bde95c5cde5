"""What all of CC-CEDICT costs as an import in the background: its check, the import, and taking it back.

python -m bench.imports  (in the project's folder, with the database prepared)

Measured by ``bench.great_import`` on a copy of the database.
"""

from bench import copied

if __name__ == "__main__":
    copied.run("bench.great_import")
