"""Whether a port reads and writes as the vectors of a kit say: a runner for any program over standard input and output.

```
vectors/*.jsonl ──vectors──▶ checks ──runner──▶ port_process ⇄ the port
                               │                     │
                               └──────comparison─────┴──▶ outcomes ──expectations──▶ report
```

The protocol is a line of JSON each way, matched by ``id`` (`protocol`); nothing here knows a format or a type.
"""
