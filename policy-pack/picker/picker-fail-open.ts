import { inferencePools } from "../fleet/kinds";
import {
  advice,
  type Finding,
  pending,
  reliability,
  requireValue,
  resourcePolicy,
  type Value,
  violation,
} from "../frame";

/** While no picker answers: requests go to any endpoint, or get an error. */
const MODES = ["FailOpen", "FailClose"];

export const pickerFailOpen = resourcePolicy({
  name: "picker-fail-open",
  description:
    "A pool says where its endpoint picker is, and answers requests while that restarts.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "Set failureMode of the InferencePool's endpointPickerRef to FailOpen, because the API " +
    "server's default is FailClose, and its port to that of the endpoint picker's Service.",
  url: "https://gateway-api-inference-extension.sigs.k8s.io/reference/spec/",
  settings: {},
  judges: inferencePools,

  *judge({ props }) {
    const current = props.at("spec", "endpointPickerRef");
    // The first alphas of the kind have it under another name, with another field for the port.
    const alpha = props.at("spec", "extensionRef");
    const reference = alpha.present ? alpha : current;
    if (reference.unknown) {
      yield pending(reference);
    } else if (!reference.absent) {
      yield* modeFindings(reference.at("failureMode"));
      yield* portFindings(current);
    }
  },
});

/** Both modes are valid, so FailClose only gets advice. The API server refuses any other. */
function* modeFindings(mode: Value): Generator<Finding> {
  const closed = "requests get an error while the endpoint picker restarts";
  const fix = 'set it to "FailOpen"';
  if (mode.unknown) {
    yield pending(mode);
  } else if (mode.absent) {
    yield advice(mode, `is not set, so it is FailClose and ${closed}`, fix);
  } else if (mode.raw === "FailClose") {
    yield advice(mode, `with ${mode} ${closed}`, fix);
  } else if (!MODES.includes(mode.text ?? "")) {
    yield violation(mode, `${mode} is neither ${MODES.join(" nor ")}`, fix);
  }
}

function* portFindings(reference: Value): Generator<Finding> {
  const kind = reference.at("kind");
  const port = reference.at("port", "number");
  if (!reference.present || (!kind.absent && kind.raw !== "Service")) {
    return;
  }
  const number = Number.isInteger(port.raw) ? Number(port.raw) : 0;
  yield* requireValue(port, {
    whenAbsent: "is not set, and a picker behind a Service needs it",
    whenWrong: number < 1 || number > 65535 ? `${port} is not in 1..65535` : undefined,
    fix: "set it to the port of the endpoint picker's Service, for example 9002",
  });
}
