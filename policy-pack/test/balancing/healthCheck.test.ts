import { UNKNOWN } from "../support/unknown";
import { fixedPorts, healthCheckFindings } from "../../balancing/healthCheck";
import { messageOf, type RawProps, Value } from "../../frame";
import { changed, healthCheck } from "../fixtures/stack";
import type { Registered } from "../support/policies";

const DEFAULT = "spec.default";
const CONFIG = `${DEFAULT}.config`;
const HTTP = `${CONFIG}.httpHealthCheck`;
const TYPES = "TCP, HTTP, HTTPS, HTTP2, GRPC";

const check = (path: string, value?: unknown) => changed(healthCheck, path, value);
const checked = (config: unknown) => check(CONFIG, config);

function defaultsOf({ inputs }: Registered): Value {
  return new Value([], inputs as RawProps).at("spec", "default");
}

function messages(resource: Registered): string[] {
  return [...healthCheckFindings(defaultsOf(resource))].map(messageOf);
}

test("passes a check that says everything", () => {
  expect(messages(healthCheck)).toEqual([]);
});

test.each<[string, Registered, string]>([
  [
    "without config",
    checked(null),
    `${CONFIG}: is not set, so Google Cloud asks for /; ` +
      "set type and the block of that type, with what to ask for",
  ],
  [
    "without anything",
    check("spec", {}),
    `${CONFIG}: is not set, so Google Cloud asks for /; ` +
      "set type and the block of that type, with what to ask for",
  ],
  [
    "with a text for config",
    checked("HTTP"),
    `${CONFIG}: "HTTP" is not an object; set type and the block of that type, with what to ask ` +
      "for",
  ],
  ["without a type", check(`${CONFIG}.type`), `${CONFIG}.type: is not set; write one of ${TYPES}`],
  [
    "of a type that there is not",
    check(`${CONFIG}.type`, "http"),
    `${CONFIG}.type: "http" is not a type of health check; write one of ${TYPES}`,
  ],
  [
    "of a type that every object has",
    check(`${CONFIG}.type`, "constructor"),
    `${CONFIG}.type: "constructor" is not a type of health check; write one of ${TYPES}`,
  ],
  [
    "without the block of its type",
    checked({ type: "HTTP" }),
    `${HTTP}: is not set, but type is "HTTP"; set it, with what to ask for`,
  ],
  [
    "with a second block",
    check(`${CONFIG}.tcpHealthCheck`, {}),
    `${CONFIG}.tcpHealthCheck: does not go with type "HTTP"; ` +
      "leave type and httpHealthCheck alone here",
  ],
  [
    "with a field that there is not",
    check(`${CONFIG}.port`, 8000),
    `${CONFIG}.port: does not go with type "HTTP"; leave type and httpHealthCheck alone here`,
  ],
  [
    "on a fixed port that it does not name",
    check(`${HTTP}.port`),
    `${HTTP}.port: is not set, but USE_FIXED_PORT needs it; set it`,
  ],
  [
    "on a fixed port with a name",
    check(`${HTTP}.portName`, "http"),
    `${HTTP}.portName: does not go with USE_FIXED_PORT; remove it`,
  ],
  [
    "on a named port without a name",
    check(HTTP, { portSpecification: "USE_NAMED_PORT" }),
    `${HTTP}.portName: is not set, but USE_NAMED_PORT needs it; set it`,
  ],
  [
    "on the serving port and another",
    check(HTTP, { portSpecification: "USE_SERVING_PORT", port: 9003 }),
    `${HTTP}.port: does not go with USE_SERVING_PORT; remove it`,
  ],
  [
    "on a port in no known way",
    check(`${HTTP}.portSpecification`, "FIXED"),
    `${HTTP}.portSpecification: there is no "FIXED"; ` +
      "write one of USE_FIXED_PORT, USE_NAMED_PORT, USE_SERVING_PORT",
  ],
  [
    "that the next overtakes",
    check(`${DEFAULT}.timeoutSec`, 6),
    `${DEFAULT}.timeoutSec: timeoutSec (6) is longer than checkIntervalSec (5); ` +
      "set timeoutSec to 5 or less, or checkIntervalSec to 6 or more",
  ],
  [
    "that the next overtakes at the default interval",
    check(DEFAULT, { timeoutSec: 6, config: { type: "TCP", tcpHealthCheck: {} } }),
    `${DEFAULT}.timeoutSec: timeoutSec (6) is longer than the default checkIntervalSec (5); ` +
      "set timeoutSec to 5 or less, or checkIntervalSec to 6 or more",
  ],
  [
    "that the next overtakes at the default timeout",
    check(DEFAULT, { checkIntervalSec: 4, config: { type: "TCP", tcpHealthCheck: {} } }),
    `${DEFAULT}.checkIntervalSec: the default timeoutSec (5) is longer than ` +
      "checkIntervalSec (4); set timeoutSec to 4 or less, or checkIntervalSec to 5 or more",
  ],
])("fails a check %s", (_, resource, message) => {
  expect(messages(resource)).toEqual([message]);
});

test.each<[string, Registered, unknown[]]>([
  ["a fixed one", healthCheck, [8000]],
  ["one without a specification", check(HTTP, { port: 9003 }), [9003]],
  ["one that is not known yet", check(`${HTTP}.port`, UNKNOWN), [UNKNOWN]],
  ["the serving one", check(`${HTTP}.portSpecification`, "USE_SERVING_PORT"), []],
  ["one with a name", check(`${HTTP}.portSpecification`, "USE_NAMED_PORT"), []],
  ["none in a block that is none", check(HTTP, [8000]), []],
  ["none in a config that is not known yet", checked(UNKNOWN), []],
])("reads which port is asked: %s", (_, resource, ports) => {
  expect(fixedPorts(defaultsOf(resource)).map(({ raw }) => raw)).toEqual(ports);
});
