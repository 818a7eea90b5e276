import { ApiError } from "../../errors";
import { at, JsonObject } from "../../json";
import { Call } from "../../wire/call";

/** `name = "app"`, `name eq app`, `(status != DOWN)`: what is compared is text. */
const TERM = /^\s*\(?\s*([\w.]+)\s*(=|!=|eq|ne|:)\s*"?([^"()\s]*)"?\s*\)?\s*$/;

/**
 * What a list's `filter` leaves: comparisons of fields with texts, joined by AND or a blank between parentheses.
 * @throws ApiError 400 for another expression
 */
export function matching({ query }: Call, all: JsonObject[]): JsonObject[] {
  const filter = query.get("filter") ?? "";
  const tests = filter.trim() === "" ? [] : filter.split(/\s+AND\s+|\)\s*(?=\()/).map(test);
  return all.filter((item) => tests.every((fits) => fits(item)));

  function test(term: string): (item: JsonObject) => boolean {
    const [, field = "", operator = "", wanted = ""] = TERM.exec(term) ?? [];
    if (field === "") {
      const message = `Invalid value for field 'filter': '${filter}'. Invalid list filter expression.`;
      throw new ApiError("INVALID_ARGUMENT", message, "invalid");
    }
    const isEqual = operator === "=" || operator === "eq";
    return (item) => {
      const value = String(at(item, field) ?? "");
      if (operator === ":") return value.includes(wanted);
      // `eq` and `ne` take regular expressions, which match the whole value.
      const isSame = /e/.test(operator)
        ? new RegExp(`^(?:${wanted})$`).test(value)
        : value === wanted;
      return isEqual === isSame;
    };
  }
}
