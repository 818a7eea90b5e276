import { ServiceMethod } from "../../access/admission";
import { Cloud } from "../../cloud";
import { JsonObject, without } from "../../json";
import { numericIdOf } from "../../numericIds";
import { Stored } from "../../store";
import { Call } from "../../wire/call";
import { pageOf } from "../../wire/pages";
import { ALERT_POLICY, CHANNEL, notFound, wrong } from "./common";

/** Source: the reference of `projects.notificationChannels.list`. */
const PAGE = { parameter: "pageSize", max: 1000 } as const;
/** What the server sets. */
const OWN = ["name", "creationRecord", "mutationRecords", "verificationStatus"];

/** Where incidents are reported. A stack names them, and others make them; a change of one is not emulated. */
export function channelMethods({ store, clock }: Cloud): ServiceMethod[] {
  const find = ({ name }: Call) => {
    const found = store.get(CHANNEL, name);
    if (!found) throw notFound();
    return found;
  };
  /** The same in every cloud, so that a stack can name a channel before it is made. @param collection of the project */
  const freeName = (collection: string, count = 1): string => {
    const name = channelName(collection, count);
    return store.get(CHANNEL, name) ? freeName(collection, count + 1) : name;
  };
  return [
    {
      id: "monitoring.projects.notificationChannels.list",
      handle: (call) => {
        const all = store.list(CHANNEL, `${call.name}/`);
        const { items, nextPageToken } = pageOf(call, all, PAGE);
        if (all.length === 0) return {};
        return { notificationChannels: items.map(view), nextPageToken, totalSize: all.length };
      },
    },
    {
      id: "monitoring.projects.notificationChannels.create",
      handle: ({ name, body }) => {
        const record = { mutateTime: new Date(clock.now()).toISOString() };
        const made = { enabled: true, ...without(body, OWN) };
        const records = { creationRecord: record, mutationRecords: [record] };
        return view(store.put(CHANNEL, freeName(name), { ...made, ...records }));
      },
    },
    {
      id: "monitoring.projects.notificationChannels.get",
      handle: (call) => view(find(call)),
    },
    {
      id: "monitoring.projects.notificationChannels.delete",
      handle: (call) => {
        const { type, name } = find(call);
        const users = store
          .list(ALERT_POLICY)
          .filter(({ body }) => channelsOf(body).includes(name));
        const [user] = users;
        if (user && call.query.get("force") !== "true") {
          // Source: hashicorp/terraform-provider-google#10337.
          throw wrong(
            `Could not delete "${name}" because it is still being referenced by: "${user.name}"`,
          );
        }
        users.forEach((policy) => {
          const notificationChannels = channelsOf(policy.body).filter((each) => each !== name);
          store.put(ALERT_POLICY, policy.name, { ...policy.body, notificationChannels });
        });
        store.delete(type, name);
        return {};
      },
    },
  ];
}

/** @param count of the channel among those of its project, from 1 on */
export function channelName(collection: string, count: number): string {
  return `${collection}/${numericIdOf(`${collection} ${count}`)}`;
}

function channelsOf({ notificationChannels }: JsonObject): string[] {
  return Array.isArray(notificationChannels) ? notificationChannels.map(String) : [];
}

function view({ name, body }: Stored): JsonObject {
  return { ...body, name };
}
