import { ok, problem, type Row, SECRET, secretOption, unknown } from "./row";

const LLAMA = "meta-llama/Llama-3.1-8B-Instruct";
const ADAPTER = "Kawon/llama3.1-food-finetune_v14_r8";
const llama = ok(`the token may load ${LLAMA} at main`);
const adapter = ok(`the token may load ${ADAPTER} at main`);
const setToken = "pulumi config set --secret inference-gateway:huggingFaceToken --stack dev";
const auth = (repository: string) => `/api/models/${repository}/auth-check`;

export const model: Row[] = [
  ["the token may load all", "model", {}, [llama, adapter]],
  [
    "Hugging Face does not know the token",
    "model",
    { config: { huggingFaceToken: "hf_revoked" } },
    [problem("Hugging Face does not know the token", setToken)],
  ],
  [
    "the token is in Secret Manager",
    "model",
    { config: secretOption },
    [unknown(`not asked, because the token is in ${SECRET}, and only pods read it`)],
  ],
  [
    "the licence is not accepted",
    "model",
    { hub: { [auth(LLAMA)]: [403, "GatedRepo"] } },
    [
      problem(
        `${LLAMA}: the token's account has not accepted the licence, or the token may not read gated repositories`,
        `accept it at https://huggingface.co/${LLAMA}`,
      ),
      adapter,
    ],
  ],
  [
    "there is no such adapter",
    "model",
    { hub: { [auth(ADAPTER)]: [404, "RepoNotFound"] } },
    [
      llama,
      problem(
        `${ADAPTER}: Hugging Face has no such repository, or does not show it to the token`,
        "in Pulumi.dev.yaml: the repository under model",
      ),
    ],
  ],
  [
    "there is no such revision, of one cluster",
    "model",
    {
      config: {
        clusters: {
          "gke-west": { region: "europe-west3", model: { revision: "refs/pr/7", adapters: [] } },
          "gke-east": { region: "us-east4" },
        },
      },
      hub: { [`/api/models/${LLAMA}/revision/refs%2Fpr%2F7`]: [404, "RevisionNotFound"] },
    },
    [
      problem(`${LLAMA} has no revision refs/pr/7`, "in Pulumi.dev.yaml: the revision under model"),
      llama,
      adapter,
    ],
  ],
  [
    "Hugging Face is busy",
    "model",
    { hub: { [auth(LLAMA)]: [503] } },
    [unknown(`${LLAMA}: Hugging Face, or a proxy before it, answers HTTP 503`), adapter],
  ],
  [
    "a proxy refuses the way to Hugging Face",
    "model",
    { hub: { [auth(LLAMA)]: [403] } },
    [unknown(`${LLAMA}: Hugging Face, or a proxy before it, answers HTTP 403`), adapter],
  ],
];
