"""The TypeScript target beside its peers: time to generate, time to check, size of one call in a bundle."""
