"""What every domain is written with: the world, the tool declaration, entities, errors.

from mock_apis.core import Domain, Record, Table, World, money
from mock_apis.core.entities import CityName
from mock_apis.core.errors import NotFound
"""

from mock_apis.core.canonical import canonical_json, digest
from mock_apis.core.domain import Domain
from mock_apis.core.record import Record, money
from mock_apis.core.tool import Tool
from mock_apis.core.world import Draw, Table, World

__all__ = ["Domain", "Draw", "Record", "Table", "Tool", "World", "canonical_json", "digest", "money"]
