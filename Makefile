# The two commands of the README first.
.PHONY: rehearse test drill bench clean format

# KEEP=1 leaves everything up, STACK=prod rehearses the other stack, VERBOSE=1 prints the engine's own progress.
rehearse: node_modules/.package-lock.json
	@node rehearsal/start.mjs rehearse

test: node_modules/.package-lock.json
	@node scripts/test.mjs

# Takes one edge or field of the program away at a time, and breaks one part of the world at a time.
# ONLY=<part of a name> runs some.
drill: node_modules/.package-lock.json
	@node rehearsal/start.mjs drill

# A preview of dev against one of an empty program, as ratios of one run. RUNS=9 takes more rounds.
bench: node_modules/.package-lock.json
	@node rehearsal/start.mjs bench

# Ends what a rehearsal left running and removes all that it kept; the toolchain's cache stays.
clean: node_modules/.package-lock.json
	@node rehearsal/start.mjs clean

format: node_modules/.package-lock.json
	@npx prettier --log-level warn --write .

# Install scripts would try to download provider plugins.
node_modules/.package-lock.json: package-lock.json package.json policy-pack/package.json rehearsal/package.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@
