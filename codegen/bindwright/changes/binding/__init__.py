"""The column of callers: the difference of two surfaces, told with the changes of the API that it comes from."""
