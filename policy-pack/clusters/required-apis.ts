import { features, projectServices } from "../fleet/cloudTypes";
import { fleetOf } from "../fleet/fleet";
import { gateways } from "../fleet/kinds";
import { areApart, projectOf } from "../fleet/project";
import {
  allOn,
  type Finding,
  listSetting,
  on,
  pending,
  reliability,
  requireValue,
  type Resource,
  type Stack,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

/** Without these nothing in a project can be created or changed, whatever else is enabled. */
const NEEDED_BY_ALL = [
  "cloudresourcemanager.googleapis.com",
  "iam.googleapis.com",
  "iamcredentials.googleapis.com",
  "serviceusage.googleapis.com",
];

export const requiredApis = stackPolicy({
  name: "required-apis",
  description: "The APIs that a multi-cluster gateway works with are enabled, and stay so.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "Add a gcp.projects.Service for each API that the message names, with disableOnDestroy " +
    "false. Where another stack enables some of them, remove those from setting services; where " +
    "it enables all, disable this policy.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/enabling-multi-cluster-gateways",
  settings: {
    services: listSetting({
      default: [
        "autoscaling.googleapis.com",
        "cloudresourcemanager.googleapis.com",
        "compute.googleapis.com",
        "container.googleapis.com",
        "dns.googleapis.com",
        "gkehub.googleapis.com",
        "logging.googleapis.com",
        "monitoring.googleapis.com",
        "multiclusteringress.googleapis.com",
        "multiclusterservicediscovery.googleapis.com",
        "networkservices.googleapis.com",
        "trafficdirector.googleapis.com",
      ],
      description: "APIs that have to be enabled.",
    }),
  },

  *judge(stack, { services }) {
    const enabled = stack.select(projectServices);
    for (const service of enabled) {
      yield* disablingFindings(service, [...services, ...NEEDED_BY_ALL]);
    }
    const place = needOf(stack);
    const project = place && projectAround(stack, place);
    const here = enabled.filter((service) => !areApart(projectOf(service), project));
    if (here.length > 0 && place !== undefined) {
      yield* missingFindings(place, here, services);
    }
  },
});

/** The value that shows that the stack has a multi-cluster gateway. */
interface Place {
  readonly resource: Resource;
  readonly value: Value;
}

/** The project of a feature, or of the cluster that a gateway is in. */
function projectAround(stack: Stack, { resource }: Place): string | undefined {
  const { cluster } = fleetOf(stack).memberOf(resource);
  return projectOf(features.matches(resource) ? resource : (cluster ?? resource));
}

function needOf(stack: Stack): Place | undefined {
  const names = ["multiclusteringress", "multiclusterservicediscovery"];
  const [feature] = names.flatMap((name) => {
    return stack.select(features).filter(({ props }) => props.at("name").text === name);
  });
  const gateway = stack.select(gateways).find(({ props }) => {
    return props.at("spec", "gatewayClassName").text?.endsWith("-mc");
  });
  if (feature !== undefined) {
    return { resource: feature, value: feature.props.at("name") };
  }
  return gateway && { resource: gateway, value: gateway.props.at("spec", "gatewayClassName") };
}

function* missingFindings(
  { resource, value }: Place,
  enabled: readonly Resource[],
  services: readonly string[],
): Generator<Finding> {
  const names = enabled.map(({ props }) => props.at("service"));
  const known = new Set(names.map(({ text }) => text));
  const missing = services.filter((service) => !known.has(service));
  const hidden = enabled.filter(({ props }) => props.at("service").unknown);
  if (missing.length === 0) {
    return;
  }
  if (hidden.length > 0) {
    yield* hidden.map((service) => on(service, pending(service.props.at("service"))));
  } else {
    const problem = `${value} needs APIs that this stack does not enable: ${missing.join(", ")}`;
    yield on(resource, violation(value, problem, "add a gcp.projects.Service for each"));
  }
}

function* disablingFindings(service: Resource, services: readonly string[]): Generator<Finding> {
  const name = service.props.at("service");
  const disables = service.props.at("disableOnDestroy");
  if (!services.includes(name.text ?? "")) {
    return;
  }
  const problem = `destroying this stack disables ${name.text} for the whole project`;
  const findings = requireValue(disables, {
    whenWrong: disables.raw === true ? problem : undefined,
    fix: "set it to false",
  });
  yield* allOn(service, findings);
}
