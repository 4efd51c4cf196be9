"""Put a folder of dashboards as code in the place of what Superset holds of them. Runs in Superset's environment."""

import sys
from pathlib import Path

from flask import g
from superset.app import create_app


def main(folder: Path) -> None:
    """Import every YAML file of the folder, as the user admin."""
    with create_app().app_context():
        from superset import db, security_manager
        from superset.commands.importers.v1.assets import ImportAssetsCommand

        g.user = security_manager.find_user("admin")
        contents = {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*.yaml")}
        ImportAssetsCommand(contents).run()
        db.session.commit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
