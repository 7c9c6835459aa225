import auto from './auto/index.ts'
import crushJson from './crush-json/index.ts'
import type { Filter } from './filter.ts'
import kompress from './kompress/index.ts'
import log from './log/index.ts'
import trim from './trim/index.ts'

/**
 * All filters. A new one is a folder with an `index.ts` and its cases, an import and a line here; the command line, help,
 * completions, MCP tools, docs, the laws and the case loops read this table. Where `auto` should pick it, its kind of text gets a
 * line in auto/index.ts too.
 */
export const filters: readonly Filter[] = [auto, crushJson, log, kompress, trim]

/** The filter of that name, or undefined. */
export const filterOf = (name: string): Filter | undefined => filters.find(filter => filter.name === name)
