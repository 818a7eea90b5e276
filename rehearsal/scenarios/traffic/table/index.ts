import type { Scenario } from "../scenario";

import { badInput } from "./badInput";
import { limits } from "./limits";
import { losing } from "./losing";
import { priorities } from "./priorities";
import { rollingOut } from "./rollingOut";
import { scaling } from "./scaling";
import { spilling } from "./spilling";

const all: readonly Scenario[] = [
  ...spilling,
  ...limits,
  ...badInput,
  ...losing,
  ...priorities,
  ...rollingOut,
  ...scaling,
];

/** Every scenario of `make traffic`. Those with settings of their own come last: each of them deploys. */
export const scenarios: readonly Scenario[] = [
  ...all.filter(({ settings }) => settings === undefined),
  ...all.filter(({ settings }) => settings !== undefined),
];
