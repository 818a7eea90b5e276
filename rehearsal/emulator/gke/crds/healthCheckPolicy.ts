import { Kind } from "./definition";
import { conditionsOnly, targetRef } from "./policyAttachment";
import { boolean, integer, object, oneOf, port, Rule, Schema, string, where } from "./schema";

/** Type of a check to the one block that must stand beside it. */
const BLOCKS: Record<string, string> = {
  TCP: "tcpHealthCheck",
  HTTP: "httpHealthCheck",
  HTTPS: "httpsHealthCheck",
  HTTP2: "http2HealthCheck",
  GRPC: "grpcHealthCheck",
};

export function healthCheckPolicy(): Kind {
  return {
    group: "networking.gke.io",
    version: "v1",
    kind: "HealthCheckPolicy",
    plural: "healthcheckpolicies",
    scope: "Namespaced",
    spec: object({ targetRef, default: defaults() }, { required: ["targetRef"] }),
    status: conditionsOnly,
  };
}

function defaults(): Schema {
  return object(
    {
      checkIntervalSec: integer(1, 300),
      timeoutSec: integer(1, 300),
      healthyThreshold: integer(1, 10),
      unhealthyThreshold: integer(1, 10),
      logConfig: object({ enabled: boolean() }),
      config: config(),
    },
    { rules: INTERVAL_RULES },
  );
}

/** Both default to 5 seconds, and a check must end before the next one begins. */
const INTERVAL_RULES: Rule[] = [
  {
    rule: where(["timeoutSec", "checkIntervalSec"], "self.timeoutSec <= self.checkIntervalSec"),
    message: "timeoutSec cannot exceed checkIntervalSec",
  },
  {
    rule: where(["timeoutSec"], "has(self.checkIntervalSec) || self.timeoutSec <= 5"),
    message:
      "when checkIntervalSec is unspecified, timeoutSec cannot exceed 5, " +
      "which is the default value of checkIntervalSec",
  },
  {
    rule: where(["checkIntervalSec"], "has(self.timeoutSec) || self.checkIntervalSec >= 5"),
    message:
      "when timeoutSec is unspecified, checkIntervalSec must be at least 5, " +
      "which is the default value of timeoutSec",
  },
];

function config(): Schema {
  const http = httpCheck();
  const text = string({ maxLength: 1024 });
  return object(
    {
      type: oneOf(...Object.keys(BLOCKS)),
      tcpHealthCheck: check({ request: text, response: text }),
      httpHealthCheck: http,
      httpsHealthCheck: http,
      http2HealthCheck: http,
      grpcHealthCheck: check({ grpcServiceName: text }),
    },
    {
      required: ["type"],
      // The type and its block, nothing more and nothing less.
      minProperties: 2,
      maxProperties: 2,
      rules: Object.entries(BLOCKS).map(([type, block]) => ({
        rule: `self.type != '${type}' || has(self.${block})`,
        message: `${block} must be specified for type ${type}`,
      })),
    },
  );
}

function httpCheck(): Schema {
  return check({
    host: string({ maxLength: 2048 }),
    proxyHeader: oneOf("NONE", "PROXY_V1"),
    requestPath: string({ maxLength: 2048, pattern: "^\\/[A-Za-z0-9\\/\\-._~%!?$&'()*+,;=:]*$" }),
    response: string({ maxLength: 1024 }),
  });
}

function check(fields: Record<string, Schema>): Schema {
  return object(
    {
      ...fields,
      port,
      portName: string({ maxLength: 63, pattern: "^[a-z]([-a-z0-9]*[a-z0-9])?$" }),
      portSpecification: oneOf("USE_FIXED_PORT", "USE_NAMED_PORT", "USE_SERVING_PORT"),
    },
    {
      rules: [
        portRule(
          "USE_FIXED_PORT",
          "has(self.port) && !has(self.portName)",
          "for portSpecification being USE_FIXED_PORT, port must be set and portName must be unset",
        ),
        portRule(
          "USE_NAMED_PORT",
          "!has(self.port) && has(self.portName)",
          "for portSpecification being USE_NAMED_PORT, port must be unset and portName must be set",
        ),
        portRule(
          "USE_SERVING_PORT",
          "!has(self.port) && !has(self.portName)",
          "port and portName must be unset for portSpecification being USE_SERVING_PORT",
        ),
      ],
    },
  );
}

function portRule(specification: string, rule: string, message: string): Rule {
  const other = `self.portSpecification != '${specification}'`;
  return { rule: where(["portSpecification"], `${other} || (${rule})`), message };
}
