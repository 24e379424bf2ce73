"""TinyDB's own tests with our storage in the place of its own; a plugin for pytest.

Not part of the ordinary suite, because its tests come from the network:

    pip download --no-deps --no-binary :all: tinydb==4.9.0
    tar xzf tinydb-4.9.0.tar.gz
    PYTHONPATH=tests/store .venv/bin/pytest -p tinydb_suite -c tinydb-4.9.0/pyproject.toml \
        --rootdir tinydb-4.9.0 tinydb-4.9.0/tests

219 tests; one of them is skipped where PyYAML is not installed.
"""

import tinydb
import tinydb.database
import tinydb.storages

from circle_tui.store.storage import AtomicJSONStorage


# One of TinyDB's tests looks for this name in a table's `repr`, another for the module.
class JSONStorage(AtomicJSONStorage):
    """Our storage under the name of TinyDB's."""


JSONStorage.__module__ = tinydb.storages.__name__

for place in (tinydb, tinydb.database, tinydb.storages):
    place.JSONStorage = JSONStorage
tinydb.TinyDB.default_storage_class = JSONStorage
