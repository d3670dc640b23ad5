"""Image files: an unreachable gateway is not asked for each of them, and no row names a file outside the folder."""

from salesapp.domain.catalogue import IMAGES
from salesapp.store.catalog import CatalogStore
from salesapp.sync.stages.attachments import wanted
from salesapp.sync.values import Progress, Stage
from tests.company import picture_row
from tests.conftest import GatewayUnderTest, Tablet

MANY = 120


def with_pictures(gateway: GatewayUnderTest) -> None:
    images = gateway.connector.company[IMAGES]
    for number in range(MANY):
        content = b"\x89PNG\r\n\x1a\n" + number.to_bytes(4, "big") * 5_000
        row = picture_row("I1", content) | {"file_name": f"{number}.png"}
        images[f"P{number}"] = row
        gateway.connector.pictures[row["sha256"]] = content
    gateway.take()


class Cutting:
    """Hooks that stop the gateway after the first files."""

    def __init__(self, gateway: GatewayUnderTest) -> None:
        self._gateway = gateway

    def progressed(self, progress: Progress) -> None:
        if progress.stage is Stage.ATTACHMENTS:
            self._gateway.stop()


def test_that_remaining_files_are_skipped_when_the_gateway_is_gone(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    with_pictures(gateway)
    outcome = tablet.sync(hooks=Cutting(gateway))
    files = outcome.attachments
    assert files.failed > MANY // 2
    assert files.fetched + files.failed == MANY + 2
    assert outcome.requests < MANY


def test_that_a_row_cannot_name_a_file_outside_the_folder(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    precious = gateway.database.folder.parent / "precious"
    precious.write_bytes(b"mine")
    images = gateway.connector.company[IMAGES]
    images["P"] = picture_row("I1", b"mine") | {"sha256": "../precious"}
    report = gateway.take()
    assert report.objects[IMAGES].set_aside == 1
    assert tablet.sync().outcome == "ok"


def test_that_a_device_fetches_only_files_named_by_a_digest(tablet: Tablet) -> None:
    tablet.sync()
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, tablet.catalogue)
    store.run("UPDATE attachments_images SET sha256 = '../../precious' WHERE file_name = 'picture.png'")
    found = wanted(tablet.catalogue, store)
    store.close()
    assert found == {}
