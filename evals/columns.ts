/** One decimal, or a dash where there is nothing. */
export const share = (value: number | undefined) => (value === undefined ? '-' : value.toFixed(1))

/** Cells under each other: words to the left, figures to the right. */
export function columns(table: readonly (readonly string[])[]): string {
  const widths = table[0]!.map((_, i) => Math.max(...table.map(row => row[i]!.length)))
  const isFigure = table[0]!.map((_, i) => table.slice(1).every(row => /^(?:-|-?[\d.]+)$/.test(row[i]!)))
  const cell = (text: string, i: number) => (isFigure[i] ? text.padStart(widths[i]!) : text.padEnd(widths[i]!))
  return table.map(row => row.map(cell).join('  ').trimEnd()).join('\n')
}
