import { type Finding, on, pending, type Resource, type Value, violation } from "../frame";
import { containersOf, initContainersOf } from "../pods/podSpec";

import type { EndpointPicker } from "./endpointPicker";

/** Default port at which an endpoint picker serves the proxy. */
const STANDARD_PORT = 9002;

/** The number of the port that an endpoint picker listens at; undefined if not known yet. */
function listeningPort(picker: EndpointPicker): number | undefined {
  const flag = picker.flag("grpc-port");
  return flag === undefined && !picker.hidesFlags ? STANDARD_PORT : numberIn(flag?.value);
}

/** What is wrong with the target of a Service's port in the pods of an endpoint picker. */
export function* targetFindings(
  service: Resource,
  port: Value,
  picker: EndpointPicker,
): Generator<Finding> {
  const target = port.at("targetPort");
  const at = target.absent ? port.at("port") : target;
  const listening = listeningPort(picker);
  if (at.unknown) {
    yield on(service, pending(at));
  } else if (listening !== undefined) {
    const { found, hidden } = leadsTo(picker, at, listening);
    if (!found && hidden !== undefined) {
      yield on(picker.resource, pending(hidden));
    } else if (!found) {
      const problem = `${at} is not a port at which the endpoint picker ${picker.resource.name} listens`;
      yield on(service, violation(at, problem, `set targetPort to ${listening}`));
    }
  }
}

/** Whether a port is the picker's own, or that of a container in front of it. */
function leadsTo({ template, container }: EndpointPicker, at: Value, listening: number) {
  const number = numberIn(at);
  if (number === listening) {
    return { found: true };
  }
  const all = [...containersOf(template), ...initContainersOf(template)];
  const lists = all.map((each) => ({ own: each.path === container.path, at: each.at("ports") }));
  const found = lists.some(({ own, at: { items = [] } }) => {
    return items.some((item) => {
      const declared = item.at("containerPort").number;
      const meant = number === undefined ? item.at("name").text === at.text : declared === number;
      return meant && (!own || declared === listening);
    });
  });
  return { found, hidden: lists.map((list) => list.at).find(({ unknown }) => unknown) };
}

/** The number of a port, also if it is written as a text; undefined for a name. */
function numberIn(value: Value | undefined): number | undefined {
  const text = value?.number ?? value?.text;
  return text === undefined || !/^\d+$/.test(String(text)) ? undefined : Number(text);
}
