import { expectWords } from "../expectWords";
import type { Drill } from "../drills/drill";
import type { Operation } from "../../stage/operation";
import type { Sandbox } from "../../stage/sandbox";

const PROJECT = "my-project-dev";
const SERVICES = `https://serviceusage.googleapis.com/v1/projects/${PROJECT}/services`;
const METRIC = "PREEMPTIBLE_NVIDIA_L4_GPUS";
const SETTINGS = { STACK: "dev" };
/** The emulated cloud's proxy refuses other hosts than Google's. */
export const NO_HUB =
  /^(model)? +unknown +\S+: Hugging Face, or a proxy before it, answers HTTP 403$/;

/** `make preflight`, on the real engine. */
export const preflightDrills: Drill[] = [
  { name: "preflightSaysWhatUpNeeds", run: saysWhatUpNeeds },
];

/**
 * In a new project it says which APIs answer its questions. With those it finds nothing in the way, as the account that
 * deploys; a quota that is too small; and, after `up`, the stack's own resources.
 */
async function saysWhatUpNeeds(sandbox: Sandbox): Promise<void> {
  const { google } = sandbox.cloud;
  const fresh = await ended(sandbox, 2);
  const [, apis = ""] =
    /run `gcloud services enable (.*) --project my-project-dev`/.exec(fresh) ?? [];
  expectWords(fresh, [
    /^cloudresourcemanager\.googleapis\.com is not enabled in my-project-dev, /m,
  ]);
  await google.run("POST", `${SERVICES}:batchEnable`, { serviceIds: apis.split(" ") });
  expectAllOk(await ended(sandbox, 0));

  await sandbox.cloud.turn({ quotas: { [METRIC]: { "us-east4": 0 } } });
  expectWords(await ended(sandbox, 1), [
    /^ +problem +us-east4: PREEMPTIBLE_NVIDIA_L4_GPUS 1 to 2 of 0, 0 in use: the least does not fit$/m,
    /^1 problem: `pulumi up` would fail\./m,
  ]);
  await sandbox.cloud.turn({ quotas: { [METRIC]: null } });

  await sandbox.up();
  const running = await ended(sandbox, 0);
  expectAllOk(running);
  expectWords(running, [
    /^APIs +ok +all 13 are enabled$/m,
    /^clusters +ok +gke-east in us-east4: this stack's$/m,
    /^fleet +ok +multiclusteringress is this stack's$/m,
  ]);
}

async function ended(sandbox: Sandbox, code: number): Promise<string> {
  const operation: Operation = sandbox.operate("preflight", SETTINGS);
  const end = await operation.end();
  if (end !== code) throw new Error(`it ended with ${String(end)}:\n${operation.output}`);
  return operation.output;
}

export function expectAllOk(said: string): void {
  const others = said
    .split("\n")
    .filter((line) => / {2}(problem|warning|unknown) {2}/.test(line) && !NO_HUB.test(line));
  if (others.length > 0) throw new Error(`not ok:\n${others.join("\n")}`);
  expectWords(said, [/^ {2}pulumi up --policy-pack policy-pack --stack dev$/m]);
}
