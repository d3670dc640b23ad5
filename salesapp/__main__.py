"""The entry point of the program."""

from salesapp.cli.main import salesapp


def main() -> None:
    salesapp()


if __name__ == "__main__":
    main()
