import { entriesAt, type Resource, type Value } from "../frame";

/**
 * Whether a route takes requests of a listener, or the value that decides and is not known yet. Both
 * take every name if they say none; `*.example.com` stands for names with more labels before it.
 * Source: Gateway API, HTTPRouteSpec.hostnames.
 */
export function sharesHostname(route: Resource, listener: Value): boolean | Value {
  const own = listener.at("hostname");
  const names = entriesAt(route.props.at("spec"), "hostnames").filter(({ absent }) => !absent);
  const hidden = [own, ...names].find(({ unknown }) => unknown);
  if (hidden !== undefined) {
    return hidden;
  }
  const given = own.text ?? "";
  return (
    given === "" || names.length === 0 || names.some(({ text }) => areShared(given, text ?? ""))
  );
}

function areShared(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a === b || covers(a, b) || covers(b, a);
}

function covers(pattern: string, name: string): boolean {
  return pattern.startsWith("*.") && name.endsWith(pattern.slice(1)) && name !== pattern.slice(1);
}
