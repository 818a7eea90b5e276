import { isObject, Json, JsonObject } from "../../json";
import { wrong } from "./common";

/** Source: the reference of `MosaicLayout.columns`. */
const MOST_COLUMNS = 48;
/** What a widget may be, beside a blank. Source: the reference of `Widget`. */
const NO_CONTENT = ["id", "title", "timeRange", "visibilityCondition"];
/** Ways to ask for time series. Source: the reference of `TimeSeriesQuery`. */
const QUERIES = [
  "opsAnalyticsQuery",
  "prometheusQuery",
  "timeSeriesFilter",
  "timeSeriesFilterRatio",
  "timeSeriesQueryLanguage",
  "traceQuery",
];

/**
 * Rules of the reference of `projects.dashboards`. Source of the words: recorded refusals in Config Connector's mock
 * (`mockgcp/mockmonitoring/dashboard.go`) and in covid19cz/erouska-backend#185; where those have none, worded like them.
 * @throws ApiError
 */
export function checkDashboard(body: JsonObject): void {
  required(body.displayName, "displayName");
  if (!isObject(body.mosaicLayout)) return;
  const { columns, tiles } = body.mosaicLayout;
  const width = numberOf(columns);
  if (width < 1 || width > MOST_COLUMNS) {
    throw invalid("mosaicLayout.columns", width, `must be between 1 and ${MOST_COLUMNS}.`);
  }
  const placed = objectsIn(tiles).map((tile, i) =>
    placeOf(tile, width, `mosaicLayout.tiles[${i}]`),
  );
  checkOverlaps(placed);
}

interface Place {
  field: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Spans the tiles that it groups. */
  isGroup: boolean;
}

function placeOf(tile: JsonObject, columns: number, field: string): Place {
  const [left, top] = [numberOf(tile.xPos), numberOf(tile.yPos)];
  const [width, height] = [numberOf(tile.width), numberOf(tile.height)];
  if (left < 0) throw invalid(`${field}.xPos`, left, "must not be negative.");
  if (top < 0) throw invalid(`${field}.yPos`, top, "must not be negative.");
  if (width < 1) throw invalid(`${field}.width`, width, "must be at least 1.");
  if (height < 1) throw invalid(`${field}.height`, height, "must be at least 1.");
  const right = left + width;
  if (right > columns) {
    throw invalid(field, `xPos ${left}, width ${width}`, `must be within ${columns} columns.`);
  }
  const { widget } = tile;
  checkWidget(isObject(widget) ? widget : {}, `${field}.widget`);
  const isGroup =
    isObject(widget) &&
    (widget.collapsibleGroup !== undefined || widget.singleViewGroup !== undefined);
  return { field, left, top, right, bottom: top + height, isGroup };
}

function checkOverlaps(places: Place[]): void {
  const tiles = places.filter(({ isGroup }) => !isGroup);
  tiles.forEach((tile, i) => {
    const other = tiles.slice(0, i).find((before) => overlap(before, tile));
    if (other) throw wrong(`Field ${tile.field} has an invalid value: overlaps ${other.field}.`);
  });
}

function overlap(a: Place, b: Place): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function checkWidget(widget: JsonObject, field: string): void {
  const content = Object.keys(widget).filter((key) => !NO_CONTENT.includes(key));
  if (content.length === 0) throw missing(`${field}.content`);
  if (isObject(widget.xyChart)) checkChart(widget.xyChart, `${field}.xyChart`);
}

function checkChart({ dataSets, thresholds }: JsonObject, field: string): void {
  const sets = objectsIn(dataSets);
  if (sets.length === 0) throw missing(`${field}.dataSets`);
  sets.forEach(({ timeSeriesQuery }, i) => {
    const query = `${field}.dataSets[${i}].timeSeriesQuery`;
    if (!isObject(timeSeriesQuery)) throw missing(query);
    const asked = QUERIES.filter((key) => timeSeriesQuery[key] !== undefined);
    if (asked.length !== 1) throw missing(`${query}.source`);
  });
  objectsIn(thresholds).forEach((threshold, i) => {
    for (const key of ["color", "direction"]) {
      const value = threshold[key];
      if (typeof value !== "string") continue;
      throw invalid(
        `${field}.thresholds[${i}].${key}`,
        value,
        `${key} is not allowed in a XyChart.`,
      );
    }
  });
}

function required(value: Json | undefined, field: string): void {
  if (value === undefined || value === "") throw missing(field);
}

function missing(field: string) {
  return wrong(`Dashboard is missing required field ${field}.`);
}

function invalid(field: string, value: string | number, why: string) {
  return wrong(`Field ${field} has an invalid value of "${value}": ${why}`);
}

function numberOf(value: Json | undefined): number {
  return Number(value ?? 0);
}

function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
