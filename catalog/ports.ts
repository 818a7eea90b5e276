/** Ports that more than one part of a stack has to agree on. */
export const PORTS = {
  /** The gateway's listener, in every region. */
  gateway: 80,
  /** vLLM's default, for requests, metrics and health. */
  modelServer: 8000,
  /** The endpoint picker as the chart `inferencepool` sets it up. */
  picker: {
    /** Where the gateway asks it for a pod (Envoy's ext_proc). */
    extProc: 9002,
    /** Where health checkers and probes ask it. */
    health: 9003,
    metrics: 9090,
  },
} as const;
