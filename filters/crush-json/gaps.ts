import { type Marker, markerAt } from '../../ccr/marker.ts'
import { memberPath, stepsOf } from '../../ccr/select.ts'

/** A member's name, a JSON string, as a step of a selector; an element such as `[0]` is one already. */
export const memberStep = (name: string): string =>
  name.startsWith('[') ? name : memberPath('', JSON.parse(name) as string)

/** The marker of rows that a whole line is, or undefined; that of one value may be a row's only cell. */
export function lineMarker(line: string): Marker | undefined {
  const marker = markerAt(line, 0)
  return marker?.end === line.length && gapSize(marker) !== undefined ? marker : undefined
}

/** How many siblings a marker stands for; undefined for what is none or stands for one value. */
export function gapSize(marker: Marker | undefined): number | undefined {
  if (marker?.where.kind === 'lines')
    return marker.where.ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0)
  const last = marker?.where.kind === 'path' ? stepsOf(marker.where.path)?.at(-1) : undefined
  return last && 'from' in last ? last.to - last.from : undefined
}
