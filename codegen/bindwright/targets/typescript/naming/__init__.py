"""What everything is called in TypeScript: which types have names, and the plan of them."""
