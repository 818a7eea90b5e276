# The two commands of the README first.
.PHONY: rehearse test traffic drill changes policies mutants bench clean format docs picture facts preflight verify teardown rollout

# KEEP=1 leaves everything running, STACK=prod rehearses the other stack, VERBOSE=1 prints the engine's own progress.
rehearse: node_modules/.package-lock.json
	@node rehearsal/start.mjs rehearse

test: node_modules/.package-lock.json
	@node scripts/test.mjs

# Sends load through a rehearsed gateway and shows, with numbers, where requests go, what is lost, and what it costs.
# ONLY=<part of a name> plays some scenarios, REPORT=<folder> is where the report goes. rehearsal/README.md
traffic: node_modules/.package-lock.json
	@node rehearsal/start.mjs traffic

# Makes one alteration of the program at a time, then one fault of the world at a time.
# ONLY=<part of a name> runs some drills, SHARD=2/5 the second fifth.
drill: node_modules/.package-lock.json
	@node rehearsal/start.mjs drill

# Changes a running stack again and again and compares what each change touches with docs/changes.md.
# ONLY=<part of a name> makes some changes, SHARD=2/5 the second fifth, PRINT=1 prints each step.
changes: node_modules/.package-lock.json
	@node rehearsal/start.mjs changes

# Judges a stack with the policy pack, without any cloud: the first preview of STACK=prod, or a STATE=<file> from `pulumi
# stack export`. SUMMARY=<file> gets the report too, REVIEW=<folder> the events and the diff. docs/policies.md
policies: node_modules/.package-lock.json
	@node rehearsal/start.mjs policies

# Makes every small change of the good stacks, and shows which policy or API catches it, if any.
# PRINT=1 prints each change with its messages, ONLY=<part of an id> makes some.
mutants: node_modules/.package-lock.json
	@node rehearsal/start.mjs mutants

# Previews, the policy pack and regions, each as a ratio of one run: docs/performance.md. ONLY=preview, RUNS=9.
bench: node_modules/.package-lock.json
	@node rehearsal/start.mjs bench

# Asks a stack's project, and changes nothing, whether `pulumi up` can succeed: STACK=dev. JSON=1 for jobs.
# docs/operations.md
preflight: node_modules/.package-lock.json
	@node operations/start.mjs preflight

# Asks a stack's gateway for completions at the address of each region: STACK=dev, or OUTPUTS=<file>. JSON=1 for jobs.
# MANIFEST=1 prints a Kubernetes Job that asks the same from inside of the VPC. docs/operations.md
verify: node_modules/.package-lock.json
	@node operations/start.mjs verify

# Destroys a stack, and retries while Google refuses and GKE has not cleaned up: STACK=dev. docs/operations.md
teardown: node_modules/.package-lock.json
	@node operations/start.mjs teardown

# Rolls a changed model out to the regions of a stack, one after another, each drained before: STACK=prod.
# docs/operations.md
rollout: node_modules/.package-lock.json
	@node operations/start.mjs rollout

# Stops what a rehearsal left running and deletes its state; the toolchain's cache stays. Refuses while one runs.
clean: node_modules/.package-lock.json
	@node rehearsal/start.mjs clean

# Writes the pages of docs/ that come from code.
docs: node_modules/.package-lock.json
	@node scripts/run.mjs docs

# Draws the topology of a stack, without any cloud: STACK=prod. Writes docs/pictures/<stack>.svg, or the file OUT.
picture: node_modules/.package-lock.json
	@node scripts/run.mjs picture

# Lists the facts about Google Cloud with their ages, and fails if one is too old: docs/facts.md
facts: node_modules/.package-lock.json
	@node scripts/run.mjs facts

format: node_modules/.package-lock.json
	@npx oxfmt

# Install scripts would try to download provider plugins.
node_modules/.package-lock.json: package-lock.json package.json policy-pack/package.json rehearsal/package.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@
