"""The steps of `bindwright convert`: values read one by one, checked, and written one by one."""
