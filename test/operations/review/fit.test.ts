import { fitted, type Kept, MOST_CHARACTERS } from "../../../operations/review/fit";
import { review } from "../../../operations/review/preview";
import { altered, recorded, written } from "../eventLog/recorded";

const line = "x".repeat(99);
const write = ({ diff, rows, policies }: Kept) =>
  [`${diff} ${rows} ${policies}`, ...Array<string>(diff + rows + policies).fill(line)].join("\n");

test.each([
  [{ diff: 10, rows: 10, policies: 10 }, "10 10 10"],
  [{ diff: 10_000, rows: 10, policies: 10 }, "635 10 10"],
  [{ diff: 10_000, rows: 10_000, policies: 10 }, "0 645 10"],
  [{ diff: 10_000, rows: 10_000, policies: 10_000 }, "0 0 655"],
])("of %j lines, %s are kept: the diff is cut first", (all, kept) => {
  const text = fitted(all, write);
  expect(text.split("\n")[0]).toBe(kept);
  expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
});

test("a diff that does not fit is cut, with a sentence", () => {
  const lines = [...Array(3000).keys()].map((i) => `    + line ${i} ${line}`);
  const diff = written(lines.join("\n"), "diff.txt");
  const { comment } = review({ events: recorded("changes"), diff });
  const kept = comment.split("\n").filter((each) => each.startsWith("    + line")).length;
  expect(comment).toContain(
    `\n\`\`\`\n\n${(3000 - kept).toLocaleString("en-US")} lines do not fit into a comment; \`diff.txt\` in the artifact of the job has all.\n\n</details>\n`,
  );
  expect(comment.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  expect(comment.length).toBeGreaterThan(MOST_CHARACTERS - 200);
});

test("rows are cut after the diff, with a sentence", () => {
  const events = altered("changes", (lines) => lines.flatMap((each) => [each, ...copies(each)]));
  const diff = written("~ a: 1 => 2", "diff.txt");
  const { comment } = review({ events, diff });
  expect(comment).toMatch(
    /\n\n[\d,]+ more rows do not fit into a comment; `diff\.txt` in the artifact of the job has all\.\n\n### Policies: 19 passed\n/,
  );
  expect(comment).toContain("It does not fit into a comment;");
  expect(comment).toContain("| **replace** | **`gke-east`**");
  expect(comment.length).toBeLessThanOrEqual(MOST_CHARACTERS);
});

/** A thousand updates, each of another property. */
function copies(event: string): string[] {
  if (!event.includes('"resourcePreEvent":{"metadata":{"op":"update"')) return [];
  return [...Array(1000).keys()].map((i) =>
    event.replace(/maxUtilizationPercent|gke-nodepool/, `field${i}`),
  );
}
