import {
  Change,
  changesBetween,
  DiffRequest,
  DiffResponse,
  isWithin,
  parsePath,
  PropertyChange,
  PropertyMap,
  revealed,
  UNKNOWN,
  Value,
  valueAt,
} from "../plugin";
import { AUTONAMED, isTrue } from "./annotations";
import { Context } from "./context";
import { forceNewPaths, forcesNew } from "./forceNew";
import { isBuiltIn } from "./kinds";
import { metadataOf, withMetadata } from "./metadata";
import { sameQuantity } from "./quantities";
import { parseState, State } from "./state";
import { asSent, withoutNulls, withoutReadOnlyMetadata } from "./stripping";
import { parseToken } from "./tokens";

/**
 * Compares the new inputs with the live object of the state, as far as the old inputs speak of it. The server is not
 * asked. What it changed when it stored the object is therefore a change again on every run.
 */
export async function diff(request: DiffRequest, context: Context): Promise<DiffResponse> {
  const state = parseState(request.oldOutputs);
  const token = parseToken(request.type);
  const news = await canonical(revealed(request.newInputs), context);
  const olds = await canonical(oldObject(state, news), context);
  const paths = forceNewPaths(news, token.patch, context.settings);
  const ignored = request.ignoreChanges.map(parsePath);
  const changes = changesBetween(olds, news)
    .filter((change) => !ignored.some((path) => isWithin(change.path, path)))
    .filter((change) => !isRespelled(change, olds, news))
    .map((change): PropertyChange => ({
      ...change,
      replace: forcesNew(change, news, paths),
      inputDiff: change.kind === "delete",
    }));
  return {
    changes,
    deleteBeforeReplace: changes.some(({ replace }) => replace) && keepsItsName(news, state.live),
  };
}

function oldObject({ live, inputs }: State, news: PropertyMap): PropertyMap {
  const old = asSent(live, withoutReadOnlyMetadata(inputs));
  const { apiVersion = news.apiVersion, kind = news.kind } = old;
  // A name that the program only now spells out is the one that the object has had all along.
  const named = withMetadata(old, { name: metadataOf(live).name });
  return { ...named, ...definedOnly({ apiVersion, kind }) };
}

function definedOnly(map: Record<string, Value | undefined>): PropertyMap {
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** One spelling for objects that mean the same: the namespace written down or not, nulls or nothing. */
async function canonical(object: PropertyMap, { scopes }: Context): Promise<PropertyMap> {
  const cleaned = withoutReadOnlyMetadata(withoutNulls(object));
  const { apiVersion, kind, metadata } = cleaned;
  if (metadata === UNKNOWN) return cleaned;
  const namespaced = (await scopes.isNamespaced(String(apiVersion), String(kind))) ?? true;
  const { namespace = "default" } = metadataOf(cleaned);
  return withMetadata(cleaned, { namespace: namespaced ? namespace : undefined });
}

/** Whether a built-in kind's server keeps both values in one spelling. (Custom resources are stored as sent.) */
function isRespelled({ kind, path }: Change, olds: PropertyMap, news: PropertyMap): boolean {
  return (
    kind === "update" &&
    isBuiltIn(String(news.apiVersion)) &&
    sameQuantity(path, valueAt(olds, path), valueAt(news, path))
  );
}

/** A named object cannot exist twice, so the old one must go before the new one comes. */
function keepsItsName(news: PropertyMap, live: PropertyMap): boolean {
  const [to, from] = [metadataOf(news), metadataOf(live)];
  return (
    typeof to.name === "string" &&
    !isTrue(news, AUTONAMED) &&
    to.name === from.name &&
    to.namespace === from.namespace
  );
}
