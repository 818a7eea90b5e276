import { ApiError } from "../../errors";
import { at, JsonObject } from "../../json";
import { Call } from "../../wire/call";

/** `name = "app"`, `(status != DOWN)`, `name eq ".*-(a|b)"`: what is compared is text. */
const TERM =
  /^\s*\(?\s*([\w.]+)\s*(=|!=|:|\beq\b|\bne\b)\s*(?:"((?:[^"\\]|\\.)*)"|([^"()\s]+))\s*\)?\s*$/;

/**
 * What a list's `filter` leaves: comparisons of fields with texts, joined by AND or a blank between parentheses.
 * @throws ApiError 400 for any other expression
 */
export function matching({ query }: Call, all: JsonObject[]): JsonObject[] {
  const filter = (query.get("filter") ?? "").trim();
  const tests = filter === "" ? [] : filter.split(/\s+AND\s+|\)\s*(?=\()/).map(test);
  return all.filter((item) => tests.every((fits) => fits(item)));

  function test(term: string): (item: JsonObject) => boolean {
    const [, field = "", operator, quoted, bare = ""] = TERM.exec(term) ?? [];
    if (field === "") throw invalidFilter(filter);
    const wanted = quoted ?? bare;
    const value = (item: JsonObject) => String(at(item, field) ?? "");
    switch (operator) {
      case "=":
        return (item) => value(item) === wanted;
      case "!=":
        return (item) => value(item) !== wanted;
      case ":":
        // Whether it has the field at all, or has the text in it.
        return (item) => (wanted === "*" ? value(item) !== "" : value(item).includes(wanted));
      default: {
        const pattern = wholly(wanted, filter);
        return (item) => pattern.test(value(item)) === (operator === "eq");
      }
    }
  }
}

/** `eq` and `ne` take regular expressions, which match the whole value. */
function wholly(source: string, filter: string): RegExp {
  try {
    return new RegExp(`^(?:${source})$`);
  } catch {
    throw invalidFilter(filter);
  }
}

function invalidFilter(filter: string): ApiError {
  const message = `Invalid value for field 'filter': '${filter}'. Invalid list filter expression.`;
  return new ApiError("INVALID_ARGUMENT", message, "invalid");
}
