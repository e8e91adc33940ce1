"""One run of the command line: from flags and configuration to files in the output folder.

The modules in the order in which a run enters them:

1. `generate`: flags are read and merged with the configuration (`configuration/`); where nothing changed
   (`output_tree.unchanged`), the run ends here, before the generator is imported. ``--watch`` goes to `watch`,
   ``--check`` to `check`.
2. `run`: completes what an interrupted run left, prepares, decides whether the result may be written, writes it.
3. `prepare`: from the document to a `ChangePlan`, in memory; `check` begins here as well.
4. `pipeline`: load, lower, emit: the only module that calls `openapi`, `ir` and `targets`.
5. `output_tree/`: what is in the output folder (lock, memory), what would change (change plan), and how it is
   written so that an interruption leaves the old tree or one that can be completed (journal, staging, mutex).
6. `console/`: what is printed meanwhile. `errors` has the exit codes and `CommandError`, which every step may
   raise before anything is written.

Modules that the "nothing changed" path needs (`settings`, `configuration`, `digests`, `lock`, `memory`,
`unchanged`) import only the standard library, and little of it: that path has to end before the
generator's own imports would have.
"""
