/** The middle of some values; of an even number of them, halfway between the middle two. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (low + high) / 2;
}

export interface Line {
  slope: number;
  /** At 0. */
  offset: number;
  /** The farthest that a point is from the line, as a share of the line's value there. */
  deviation: number;
}

/** The straight line with the least squares. @param points x and y, at least two with different x */
export function fitLine(points: [number, number][]): Line {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const covariance = mean(points.map(([x, y]) => (x - meanX) * (y - meanY)));
  const slope = covariance / mean(points.map(([x]) => (x - meanX) ** 2));
  const offset = meanY - slope * meanX;
  const deviations = points.map(([x, y]) => Math.abs(y / (offset + slope * x) - 1));
  return { slope, offset, deviation: Math.max(...deviations) };
}
