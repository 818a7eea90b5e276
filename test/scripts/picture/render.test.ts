import type { Browser } from "puppeteer-core";

import type { CostEstimate } from "../../../cost";
import { picture } from "../../../scripts/picture/picture";
import { synthesize } from "../../support/program";

import { startBrowser } from "./support/browser";
import { look } from "./support/drawing";
import { faultsOf } from "./support/faults";
import { variants } from "./support/variants";

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

test.each(Object.entries(variants))("is drawn without a fault: %s", async (_, [stack, options]) => {
  const { registrations, outputs } = await synthesize(stack, options);
  const svg = picture(stack, { registrations, cost: outputs.cost as CostEstimate });
  for (const scheme of ["light", "dark"] as const) {
    const drawing = await look(browser, svg, scheme);
    expect(faultsOf(drawing)).toEqual([]);
  }
});
