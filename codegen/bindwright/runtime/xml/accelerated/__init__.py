"""Plans for the accelerator: how models are written and read, as data that C follows."""
