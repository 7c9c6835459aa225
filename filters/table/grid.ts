/** Tables whose rows stand among one another, and lines that are none of theirs. */
export interface Block {
  readonly grids: readonly Grid[]
  /** What the lines of the block are, in order; headers are not among them. */
  readonly items: readonly Item[]
}

/** Lines of one make, cut into cells that give the line back when they are joined again. */
export interface Grid {
  readonly layout: Layout
  /** One name a column, as it stands in the header (quotes and all), or `c1`, `c2` ... where there is none. */
  readonly names: readonly string[]
  /** By column, then by row: the cells as they stand in the text. */
  readonly columns: readonly (readonly string[])[]
  /** Columns whose cells are markers: they are written as they stand. */
  readonly gapped?: ReadonlySet<number>
}

/** A row by its number in its grid (the first, if none is said), a line that is none, or the marker of a gap. */
export type Item =
  | { readonly row: number; readonly grid?: number }
  | { readonly text: string }
  | { readonly marker: string }

/** How cells make a line. Each kind is a line in layouts.ts. */
export interface Layout {
  /** What the block line says after the number of its lines: a kind and its settings, no line end. */
  readonly spec: string
  /** Parts the cells of the body's rows, unless another character occurs less often in them. */
  readonly separator: string
  /** The line, or the lines, of a row, without the last line end; `names` is the same array for all rows of a table. */
  readonly join: (cells: readonly string[], names: readonly string[]) => string
  /** The lines that the names stand in; undefined where they stand in none. */
  readonly header?: (names: readonly string[]) => string
}
