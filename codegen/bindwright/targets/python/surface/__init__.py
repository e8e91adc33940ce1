"""The surface of a Python package: as it is planned (`planned`), and as it can be read in written modules (`written`)."""
