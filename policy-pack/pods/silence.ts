import { type Finding, on, pending, type Value, violation } from "../frame";
import { isOn, wordsOf } from "../picker/flags";

import type { ModelServer } from "./modelServer";

/**
 * vLLM makes its metrics only where it logs statistics (`StatLoggerManager`, v1/engine/async_llm.py;
 * vllm-project/vllm#11987). SGLang has none by default.
 * https://docs.sglang.io/references/production_metrics.html
 */
const OFF = "disable-log-stats";
const ON = "enable-metrics";

/**
 * The finding about a server whose flags switch its metrics off, whatever its version has.
 * @param effect what follows from that, after "so"
 */
export function* silenceFindings(server: ModelServer, effect: string): Generator<Finding> {
  const { resource, engine, commandLine, container, flags, title } = server;
  if (engine === undefined) {
    return;
  }
  if (commandLine.kind === "hidden") {
    yield on(resource, pending(commandLine.at));
    return;
  }
  const off = flags.get(OFF);
  if (engine === "vllm" && isOn(off)) {
    const at = off?.at ?? container.at("args");
    const problem = `with --${OFF} ${title} has no metrics, so ${effect}`;
    yield on(resource, violation(at, problem, "remove it"));
  }
  // A file of flags may switch them on.
  const isRead = commandLine.kind === "read" && !flags.has("config");
  if (engine === "sglang" && isRead && !isOn(flags.get(ON))) {
    const args = container.at(container.at("args").absent ? "command" : "args");
    yield on(
      resource,
      unlessHidden(server, args, `without --${ON} ${title} has no metrics, so ${effect}`),
    );
  }
}

/** An argument that is not known yet may be the flag that is missed. */
function unlessHidden({ container }: ModelServer, args: Value, problem: string): Finding {
  const hidden = wordsOf(container).find(({ unknown }) => unknown);
  return hidden === undefined ? violation(args, problem, `add "--${ON}"`) : pending(hidden);
}
