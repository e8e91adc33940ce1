"""The port kit: what the bindings mean as data, for ports to other languages and for integrators.

`kit.files` puts together the IR and its schema, XML Schema (`bindwright.targets.xsd`), vectors (`vectors/`, made from
the document with our own bindings), the pages of rules, and the beginnings of ports (`adapters/`).
`python_port` is our own runtime as a port, which has to pass like any other.
"""
