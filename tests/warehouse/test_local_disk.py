"""A SQLite warehouse lives on a disk of its own machine; elsewhere it is refused before it is made."""

from pathlib import Path

import pytest

from dateline.errors import WarehouseError
from dateline.warehouse import local_disk, open_warehouse
from dateline.warehouse.local_disk import require_local

MOUNTS = r"""/dev/vda1 / ext4 rw,relatime 0 0
tmpfs /run tmpfs rw 0 0
filer:/export /mnt/share nfs4 rw,vers=4.2 0 0
//filer/space /mnt/my\040share cifs rw 0 0
/dev/vdb /mnt/share/local xfs rw 0 0
filer:/old /var/lib nfs rw 0 0
/dev/vdc /var/lib ext4 rw 0 0
a line
"""


@pytest.mark.parametrize("path", ["/mnt/share/warehouse.db", "/mnt/share/a/b/warehouse.db", "/mnt/my share/w.db"])
def test_a_file_on_a_network_is_refused_with_what_to_do(path):
    with pytest.raises(WarehouseError, match=r"locks cannot be relied on.*PostgreSQL"):
        require_local(Path(path), MOUNTS)


@pytest.mark.parametrize(
    "path", ["/home/ana/warehouse.db", "/mnt/sharepoint/w.db", "/mnt/share/local/w.db", "/var/lib/w.db", "/run/w.db"]
)
def test_a_file_on_a_disk_of_this_machine_is_not(path):
    require_local(Path(path), MOUNTS)


def test_where_nobody_lists_mounts_nothing_is_refused():
    require_local(Path("/mnt/share/warehouse.db"), "")


def test_the_warehouse_itself_asks(tmp_path, monkeypatch):
    listed = tmp_path / "mounts"
    listed.write_text(f"filer:/export {tmp_path} nfs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(local_disk, "MOUNTS", listed)
    with pytest.raises(WarehouseError, match="nfs"):
        open_warehouse(f"sqlite:///{tmp_path}/new/warehouse.db")
    assert not (tmp_path / "new").exists()
