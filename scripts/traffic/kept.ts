import * as fs from "node:fs";

import { z } from "zod";

import type { TrafficRecord } from "../../rehearsal/scenarios/traffic/record";

const second = z.number().nonnegative();
const percent = z.number().min(0).max(100);
const requests = z.int().nonnegative();

const scenario = z.strictObject({
  name: z.string().min(1),
  title: z.string().min(1),
  seconds: second,
  problems: z.array(z.string()),
  figures: z.array(
    z.strictObject({ name: z.string(), value: z.string(), expected: z.string().optional() }),
  ),
  marks: z.array(z.strictObject({ second, text: z.string() })),
  targetPercent: percent.optional(),
  timeline: z
    .array(
      z.strictObject({
        second,
        sent: requests,
        served: z.record(z.string(), requests),
        failed: requests,
        utilizationPercent: z.record(z.string(), percent),
      }),
    )
    .min(1),
  latency: z.array(
    z.strictObject({
      name: z.string(),
      count: requests,
      p50: second,
      p90: second,
      p99: second,
      max: second,
    }),
  ),
  failures: z.record(z.string(), requests),
});

/** A record of `make traffic`, of which one scenario is kept. */
const kept = z.strictObject({
  begun: z.iso.datetime(),
  cores: z.int().positive(),
  seconds: second,
  parts: z.array(z.strictObject({ name: z.string(), version: z.string() })),
  regions: z.array(z.string()).min(1),
  creation: z.array(
    z.strictObject({
      resource: z.string(),
      region: z.string().optional(),
      startSecond: second,
      endSecond: second,
    }),
  ),
  scenarios: z.tuple([scenario]),
}) satisfies z.ZodType<TrafficRecord>;

export type KeptTraffic = z.infer<typeof kept>;

/** @throws Error that names the file and all that is wrong with it */
export function readKeptTraffic(file: string): KeptTraffic {
  const result = kept.safeParse(JSON.parse(fs.readFileSync(file, "utf8")));
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path, message }) => `  ${path.join(".")}: ${message}`,
  );
  throw new Error([`${file} is not one recorded scenario:`, ...problems].join("\n"));
}
