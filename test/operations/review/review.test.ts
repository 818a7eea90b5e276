import type { EngineEvent } from "../../../operations/eventLog/event";
import { changesIn } from "../../../operations/review/changes";
import { review } from "../../../operations/review/preview";
import { altered, recorded, written } from "../eventLog/recorded";

const FILE = /^.*events\.jsonl/gm;

function commentOf(name: string): string {
  return review({ events: recorded(name) }).comment;
}

test("a change of a running stack: replacements first and in bold, then deletes, creates, updates with their properties", () => {
  const { comment, exitCode } = review({
    events: recorded("changes"),
    diff: written("Previewing update (dev):\n@ previewing update....\n~ a: 1 => 2\n", "diff.txt"),
    commit: "0123456789abcdef",
  });
  expect(exitCode).toBe(0);
  expect(comment).toBe(`<!-- inference-gateway:dev -->
## \`dev\`: **2 to replace**, 2 to delete, 4 to create, 5 to update

Preview of \`0123456789ab\`.

**\`pulumi up\` replaces the model servers of \`gke-east\`, \`gke-west\` at once.** \`make rollout\` brings a new model to one region after another.

|  | cluster | component | resources | properties |
| --- | --- | --- | --- | --- |
| **replace** | **\`gke-east\`** | **\`InferenceCluster gke-east\`** | **NodePool \`gke-east-gpu\`** | **\`nodeConfig.diskSizeGb\`** |
| **replace** | **\`gke-west\`** | **\`InferenceCluster gke-west\`** | **NodePool \`gke-west-gpu\`** | **\`nodeConfig.diskSizeGb\`** |
| delete | \`gke-east\` | \`InferenceObjectives gke-east\` | InferenceObjective \`gke-east-food-review\` |  |
| delete | \`gke-west\` | \`InferenceObjectives gke-west\` | InferenceObjective \`gke-west-food-review\` |  |
| create |  | \`PrivateDns dns\` | ManagedZone \`dns\`, RecordSet \`dns\` |  |
| create | \`gke-east\` | \`InferenceObjectives gke-east\` | InferenceObjective \`gke-east-chat\` |  |
| create | \`gke-west\` | \`InferenceObjectives gke-west\` | InferenceObjective \`gke-west-chat\` |  |
| update | \`gke-east\` | \`InferenceCluster gke-east\` | provider kubernetes \`gke-east\` |  |
| update | \`gke-east\` | \`ModelServer gke-east\` | Deployment \`gke-east\` | \`spec.template.spec.nodeSelector["cloud.google.com/gke-nodepool"]\` |
| update | \`gke-west\` | \`CrossRegionGateway cross-region-gateway\` | GCPBackendPolicy \`cross-region-gateway-backend-policy\` | \`spec.default.customMetrics[0].maxUtilizationPercent\` |
| update | \`gke-west\` | \`InferenceCluster gke-west\` | provider kubernetes \`gke-west\` |  |
| update | \`gke-west\` | \`ModelServer gke-west\` | Deployment \`gke-west\` | \`spec.template.spec.nodeSelector["cloud.google.com/gke-nodepool"]\` |

### Policies: 19 passed

### Cost

|  | before | after |  |
| --- | --: | --: | --: |
| a month, what always runs | 2,402.58 $ | 2,402.58 $ | the same |
| a month, at most | 4,542.35 $ | 5,259.07 $ | **+716.72 $** |

List prices of \`2026-07-30\`, without traffic.

<details><summary><code>pulumi preview --diff</code></summary>

\`\`\`diff
Previewing update (dev):
~ a: 1 => 2
\`\`\`

</details>
`);
});

test("a refused change: the policy with its fix, the cost of what was asked for, exit code 1", () => {
  const { comment, exitCode, why } = review({ events: recorded("refused") });
  expect({ exitCode, why }).toEqual({ exitCode: 1, why: undefined });
  expect(comment.split("\n")).toEqual(
    expect.arrayContaining([
      "## `dev`: 5 to update; **policies refuse it**",
      "### Policies: 1 violation",
      "#### To fix",
      expect.stringMatching(
        /^\| \[max-utilization-in-range\]\(https:.*\)<br>high \| GCPBackendPolicy cross-region-gateway-backend-policy \| spec\.default\.customMetrics\[0\]\.maxUtilizationPercent: 95 is not in 30\.\.85; set it to a whole number in 30\.\.85 \| Set maxUtilizationPercent of every entry/,
      ),
      "| a month, what always runs | 2,402.58 $ | 3,119.29 $ | **+716.71 $** |",
    ]),
  );
});

test("a first preview is one row for each component and cluster, with numbers by kind", () => {
  const { comment, exitCode } = review({ events: recorded("first-preview"), emulated: true });
  expect(exitCode).toBe(0);
  const rows = comment.split("\n").filter((line) => line.startsWith("| create"));
  expect(rows).toHaveLength(22);
  expect(rows).toEqual(
    expect.arrayContaining([
      "| create |  | `ProjectServices apis` | 13 Service, IAMMember, ServiceIdentity |  |",
      "| create | `gke-east` | `InferenceCluster gke-east` | 2 NodePool, Cluster, provider kubernetes |  |",
      "| create | `gke-west` | `CrossRegionGateway cross-region-gateway` | GCPBackendPolicy, Gateway, HTTPRoute, HealthCheckPolicy |  |",
    ]),
  );
  expect(comment).toContain("\n## `dev`: 108 to create\n\nPreviewed without credentials,");
  expect(comment).toContain("| a month, at most | unknown without credentials | 4,542.35 $ |  |");
  expect(comment.length).toBeLessThan(3500);
});

test("a stack that does not run yet costs nothing to compare with", () => {
  expect(commentOf("first-preview")).toContain(
    "| a month, what always runs | the stack does not run yet | 2,402.58 $ |  |",
  );
});

test("a preview that failed says so, and gives no cost of after", () => {
  const { comment, exitCode, why } = review({ events: recorded("invalid-config") });
  const said =
    'the preview failed: The configuration of stack dev has a problem: inference-gateway:objectives: got {"chat":3}; allowed: a list';
  expect({ exitCode, why }).toEqual({ exitCode: 2, why: said });
  expect(comment).toContain(
    `## \`dev\`: the preview failed\n\n**The preview failed, so this is not all.**\n\n\`\`\`\n${said}\n\`\`\`\n`,
  );
  expect(comment).toContain("| a month, at most | 4,542.35 $ | the preview failed |  |");
});

test("a preview without policies cannot say that they pass", () => {
  const events = altered("changes", (lines) =>
    lines.filter((line) => !line.includes("policyAnalyze")).map(withoutPacks),
  );
  const { comment, exitCode, why } = review({ events });
  expect({ exitCode, why }).toEqual({
    exitCode: 2,
    why: "No policy judged the preview: run it with `--policy-pack policy-pack`.",
  });
  expect(comment).toContain("### Policies: no policy judged anything");
});

test("a preview that failed without a message is not one without changes", () => {
  const events = altered("no-drift", (lines) =>
    lines.filter((line) => !line.includes("summaryEvent")),
  );
  const { comment, why } = review({ events });
  expect(why).toBe("the preview failed without a message.");
  expect(comment).toContain(
    "## `dev`: the preview failed\n\n**The preview failed, so this is not all.**",
  );
});

test("a refusal beside another error: the preview cannot say", () => {
  const events = altered("refused", (lines) =>
    lines.map((line) => line.replace('"message":"preview failed', '"message":"no connection')),
  );
  expect(review({ events })).toMatchObject({
    exitCode: 2,
    why: "the preview failed: no connection",
  });
});

test("outputs without a cost are unknown, not zero", () => {
  const events = altered("changes", (lines) =>
    lines.map((line) => line.replaceAll('"cost":', '"costs":')),
  );
  expect(review({ events }).comment).toContain(
    "| a month, at most | the stack has no output `cost` | the stack has no output `cost` |  |",
  );
});

test("prices that no sum includes are named", () => {
  const events = altered("changes", (lines) =>
    lines.map((line) =>
      line.replaceAll('"unknown":[]', '"unknown":["GPU pool x: h9 in us-east4"]'),
    ),
  );
  expect(review({ events }).comment).toContain(
    "In no sum, because the price is unknown: `GPU pool x: h9 in us-east4`.",
  );
});

const BROKEN =
  "EVENTS breaks off after 4 events: `pulumi` was killed, or the file was cut; run `pulumi` again.";

test("events that break off give one sentence in place of an older comment", () => {
  const events = altered("changes", (lines) => lines.slice(0, 4));
  const { comment, exitCode, why } = review({ events, stack: "prod" });
  expect([exitCode, why?.replace(FILE, "EVENTS")]).toEqual([2, BROKEN]);
  expect(comment.replace(FILE, "EVENTS")).toBe(
    `<!-- inference-gateway:prod -->\n## \`prod\`: no preview\n\n\`\`\`\n${BROKEN}\n\`\`\`\n`,
  );
  expect(() => review({ events })).toThrow(BROKEN.replace("EVENTS", events));
});

test("a command that failed before its engine began is quoted", () => {
  const diff = written("error: could not list bucket: oauth2: invalid_grant\n", "diff.txt");
  const { why } = review({ events: "/nowhere/events.jsonl", diff, stack: "dev" });
  expect(why).toBe(
    "/nowhere/events.jsonl has no event: `pulumi` failed before its engine began; its own output says why. It said: could not list bucket: oauth2: invalid_grant",
  );
});

test("names of a fork are no Markdown, no HTML, no mention, and no fence ends early", () => {
  const bad = "`|<img src=x> @octocat [a](b)";
  const events = altered("changes", (lines) =>
    lines.map((line) => line.replaceAll("gke-east-gpu", JSON.stringify(bad).slice(1, -1))),
  );
  const diff = written("````\n@octocat\n", "diff.txt");
  const { comment } = review({ events, diff });
  expect(comment).toContain("NodePool ` \\|<img src=x> @octocat [a](b)`".replace("` ", "`"));
  expect(comment).toContain("`````diff\n````\n@octocat\n`````\n");
  const said = altered("refused", (lines) =>
    lines.map((line) => line.replace("95 is not", "@octocat <b>95</b> is not")),
  );
  expect(review({ events: said }).comment).toContain("@\u200boctocat &lt;b>95&lt;/b> is not");
});

test("many properties and resources are cut, and counted", () => {
  const diff = Object.fromEntries(
    [...Array(20).keys()].map((i) => [`p${String(i).padStart(2, "0")}`, { diffKind: "update" }]),
  );
  const update = (name: string): EngineEvent => ({
    resourcePreEvent: {
      metadata: {
        op: "update",
        urn: `urn:pulumi:dev::p::a:b:C::${name}`,
        type: "a:b:C",
        new: { custom: true },
        detailedDiff: diff,
      },
    },
  });
  const [change, ...more] = changesIn([update("one"), update("two")]);
  expect(more).toEqual([]);
  expect(change?.resources.map(({ name }) => name)).toEqual(["one", "two"]);
  expect(change?.properties).toHaveLength(20);
});

test("a circle of parents, which only a forged file has, ends", () => {
  const circle = (name: string, parent: string): EngineEvent => ({
    resourcePreEvent: {
      metadata: {
        op: "create",
        urn: `urn:pulumi:dev::p::a:b:C::${name}`,
        type: "a:b:C",
        new: { custom: true, parent: `urn:pulumi:dev::p::a:b:C::${parent}` },
      },
    },
  });
  const [change] = changesIn([circle("one", "two"), circle("two", "one")]);
  expect(change?.resources).toHaveLength(2);
});

function withoutPacks(line: string): string {
  return line.replace(/"PolicyPacks":\{[^}]*\}/, '"PolicyPacks":{}');
}
