# Targets for a project whose bindings are generated: `include bindwright.mk`.
# What is generated from what stands in [tool.bindwright] of pyproject.toml.
BINDWRIGHT ?= bindwright
# What the document is compared with: a revision, or the folder of a released package.
BINDWRIGHT_SINCE ?= HEAD

.PHONY: bindings bindings-check bindings-diff bindings-release

bindings: ## Write the bindings
	$(BINDWRIGHT) generate

bindings-check: ## Fail where the bindings are not what the document says
	$(BINDWRIGHT) generate --check

bindings-diff: ## Fail where the document breaks a caller
	$(BINDWRIGHT) diff --since $(BINDWRIGHT_SINCE)

bindings-release: ## Raise the version by what changed, and write the changelog
	$(BINDWRIGHT) generate --bump
