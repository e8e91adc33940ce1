"""What a document means at run time: schemas in, generated models and their values out."""
