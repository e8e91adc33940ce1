"""``python -m tools.scalars``: writes the files of scalars that every kit has."""

from tools.scalars.vectors import FOLDER, files

for name, data in files().items():
    (FOLDER / name).write_bytes(data)
