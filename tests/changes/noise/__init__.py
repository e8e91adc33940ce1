"""Documents in other words: refactorings that change nothing for anybody, and a long run over public documents."""
