"""What tells the alternatives of a choice apart: tags, and what their schemas say of the values that are there.

``oneOf`` and ``anyOf`` select by validation (JSON Schema 2020-12 core, 10.2.1.2 and 10.2.1.3). Validating each
alternative in full would read a value as often as there are ways through nested choices. `grade` therefore looks
only a few levels down, which is as far as tags stand in practice: the time stays linear in the document.
"""
