/** Rows that decisions look at, in three stretches, so that what repeats from row to row is seen. */
const STRETCH = 120

/** The rows of the sample, ascending; all of them in a small table. */
export function sampleRows(rows: number): number[] {
  if (rows <= 3 * STRETCH) return Array.from({ length: rows }, (_, i) => i)
  const starts = [0, Math.floor((rows - STRETCH) * 0.55), rows - STRETCH]
  return starts.flatMap(start => Array.from({ length: STRETCH }, (_, i) => start + i))
}
