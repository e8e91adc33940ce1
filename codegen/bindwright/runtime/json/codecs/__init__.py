"""One codec a kind of type: models, unions, flat models, msgspec structs."""
