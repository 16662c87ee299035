"""Many add to the archive at once; whoever rearranges it is alone."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from dateline.warehouse.archive_lock import adding, rearranging


def test_two_may_add_at_once_and_nobody_adds_while_it_is_rearranged(warehouse):
    done: list[str] = []
    inside, may_end = Event(), Event()

    def rearrange():
        with rearranging(warehouse):
            inside.set()
            may_end.wait(30)
            done.append("rearranged")

    def add():
        with adding(warehouse):
            done.append("added")

    with adding(warehouse), adding(warehouse):
        pass
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(rearrange)
        assert inside.wait(30)
        second = pool.submit(add)
        assert not second.done()
        may_end.set()
        first.result(30)
        second.result(30)
    assert done == ["rearranged", "added"]
