import * as fs from "node:fs";
import * as path from "node:path";

import ts from "typescript";

import { register } from "../support/components";
import type { Answers } from "../support/mocks";

import { examples } from "./examples";

const COMPONENTS = path.resolve(__dirname, "../../components");
const EXAMPLES = path.resolve(__dirname, "examples.ts");

const sources = fs
  .readdirSync(COMPONENTS, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) =>
    ts.createSourceFile(
      file,
      fs.readFileSync(path.join(COMPONENTS, file), "utf8"),
      ts.ScriptTarget.Latest,
      true,
    ),
  );

/** Statements of one kind in all files of `components/`. */
function statements<T extends ts.Statement>(is: (node: ts.Statement) => node is T): T[] {
  return sources.flatMap(({ statements: all }) => all.filter(is));
}

const components = statements(ts.isClassDeclaration).filter(({ heritageClauses = [] }) =>
  heritageClauses.some((clause) => clause.getText().endsWith("ComponentResource")),
);

/** What the examples go on from. */
const ANSWERS: Answers = {
  "gcp:container/cluster:Cluster": () => ({
    controlPlaneEndpointsConfig: { dnsEndpointConfig: { endpoint: "gke.example.goog" } },
  }),
  "kubernetes:gateway.networking.k8s.io/v1:Gateway": () => ({
    status: { addresses: [{ value: "10.0.0.1" }] },
  }),
};

/** The code of a class's `@example`, without its fence and the comment's own indentation. */
function exampleOf(component: ts.ClassDeclaration): string {
  const [tag] = ts.getJSDocTags(component).filter(({ tagName }) => tagName.text === "example");
  const text = ts.getTextOfJSDocComment(tag?.comment) ?? "";
  return /^```ts\n(.+)\n```$/s.exec(text.trim())?.[1] ?? "";
}

describe("documentation of components", () => {
  test("every field of every Args interface says what it is", () => {
    const args = statements(ts.isInterfaceDeclaration).filter(({ name }) =>
      name.text.endsWith("Args"),
    );
    const fields = args.flatMap((declaration) =>
      declaration.members.map((member) => ({
        field: `${declaration.name.text}.${member.name?.getText()}`,
        documented: ts.getJSDocCommentsAndTags(member).length > 0,
      })),
    );
    expect(fields.length).toBeGreaterThan(80);
    expect(fields.filter(({ documented }) => !documented).map(({ field }) => field)).toEqual([]);
  });

  test.each(components.map((component) => [component.name?.text, component] as const))(
    "%s has an example that is part of examples.ts, which compiles and runs",
    (_, component) => {
      const example = exampleOf(component);
      expect(example).not.toBe("");
      const compiled = fs.readFileSync(EXAMPLES, "utf8").replace(/^ +/gm, "");
      expect(compiled).toContain(example.replace(/^ +/gm, ""));
    },
  );

  test("the examples run, and register every component", async () => {
    const { registrations } = await register(examples, { answers: ANSWERS });
    const registered = registrations.filter(({ custom }) => !custom).map(({ type }) => type);
    const types = components.map(({ name }) => `inference-gateway:index:${name?.text}`);
    expect([...new Set(registered)].sort()).toEqual(types.sort());
  });
});
