import { PROJECT } from "../project";
import { grant } from "./permissions";
import { json, MISSING, ok, problem, type Row, unknown, warning } from "./row";

const reserved = {
  accelerator: {
    ...{ machineType: "g2-standard-8", provisioning: "reservation", reservation: "ours" },
    ...{ zones: ["europe-west3-a", "us-east4-a", "us-east4-c"], minNodes: 2, maxNodes: 2 },
  },
};
export const reservation = (machineType: string, count = "4", inUseCount = "0") =>
  json({ specificReservation: { count, inUseCount, instanceProperties: { machineType } } });
const answersOf = (...answers: ReturnType<typeof json>[]) => ({
  "europe-west3-a/reservations": answers[0] ?? MISSING,
  "us-east4-a/reservations": answers[1] ?? MISSING,
  "us-east4-c/reservations": answers[2] ?? MISSING,
});
const L4S = reservation("g2-standard-8");
const WEST_RESERVED = ok("accelerator: reservation ours has 4 free machines in europe-west3-a");

export const reservations: Row[] = [
  ["no pool is from a reservation", "reservations", {}, []],
  [
    "they are there",
    "reservations",
    { config: reserved, answers: answersOf(L4S, L4S, L4S) },
    [
      WEST_RESERVED,
      ok("accelerator: reservation ours has 8 free machines in us-east4-a, us-east4-c"),
    ],
  ],
  [
    "another project shares one",
    "reservations",
    {
      config: {
        accelerator: {
          ...reserved.accelerator,
          reservation: "projects/owner-project/reservations/theirs",
        },
      },
      answers: { "/projects/owner-project/zones/": L4S, "/reservations/": MISSING },
    },
    [
      ok("accelerator: reservation theirs has 4 free machines in europe-west3-a"),
      ok("accelerator: reservation theirs has 8 free machines in us-east4-a, us-east4-c"),
    ],
  ],
  [
    "they are not there",
    "reservations",
    { config: reserved, answers: answersOf(L4S) },
    [
      WEST_RESERVED,
      problem(
        "accelerator: reservation ours is not in us-east4-a, us-east4-c",
        `gcloud compute reservations create ours --machine-type g2-standard-8 --vm-count 2 --zone us-east4-a --require-specific-reservation --project ${PROJECT}`,
      ),
    ],
  ],
  [
    "one zone has none",
    "reservations",
    { config: reserved, answers: answersOf(L4S, L4S, MISSING) },
    [
      WEST_RESERVED,
      warning(
        "accelerator: reservation ours has 4 free machines in us-east4-a; it is not in us-east4-c",
      ),
    ],
  ],
  [
    "they are for another machine, or used up",
    "reservations",
    {
      config: reserved,
      answers: answersOf(
        reservation("g2-standard-4"),
        reservation("g2-standard-8", "2", "2"),
        reservation("g2-standard-8", "2", "1"),
      ),
    },
    [
      problem(
        "accelerator: reservation ours in europe-west3-a is for g2-standard-4, not g2-standard-8",
      ),
      warning(
        "accelerator: reservation ours has 1 free machines in us-east4-a, us-east4-c; the pool keeps 2",
      ),
    ],
  ],
  [
    "the account may not see them, as no role of docs/roles.md lets it",
    "reservations",
    { config: reserved },
    [
      ["europe-west3-a", "europe-west3"],
      ["us-east4-a", "us-east4"],
    ].map(([zone]) =>
      unknown(
        `not asked, because Google says: Required 'compute.reservations.get' permission for 'projects/${PROJECT}/zones/${zone}/reservations/ours'`,
        grant("roles/compute.viewer"),
      ),
    ),
  ],
];
