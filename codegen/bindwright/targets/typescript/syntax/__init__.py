"""How TypeScript is spelled: literals, comments, layout, imports. Nothing here knows of APIs."""
