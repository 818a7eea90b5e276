import type { OnlyRead } from "./step";

/** Commands of the page that the rehearsal cannot run. `rehearsal/README.md` lists them too. */
export const onlyRead: readonly OnlyRead[] = [
  {
    command:
      "gcloud logging read 'resource.type=\"internal_http_lb_rule\"' --project my-project --freshness 10m --limit 10000 --format 'value(resource.labels.forwarding_rule_name, resource.labels.backend_scope)' | sort | uniq -c",
    because: "no request reaches a model, so there is no log of requests",
  },
  {
    command: "npm ci",
    because: "it would install the packages that the rehearsal itself runs on once more",
  },
  {
    command: "make verify STACK=dev",
    because: "no gateway answers in a drill; `make rehearse` runs it against one that does",
  },
  {
    command: "kubectl logs --follow --pod-running-timeout=10m job/verify-gateway",
    because: "emulated pods have no logs",
  },
  {
    command: "gcloud beta monitoring channels create",
    because: "the drill does not run it yet; the emulated cloud has notification channels",
  },
  {
    command: "gcloud beta monitoring channels list",
    because: "the drill does not run it yet; the emulated cloud has notification channels",
  },
  {
    command: "pulumi stack output dashboardUrl",
    because: "the drill does not run it yet; its stack has no `monitoring`",
  },
];
