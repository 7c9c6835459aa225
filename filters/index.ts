import type { Filter } from './filter.ts'

/**
 * All filters, each loaded when it is asked for: a start pays for one, not for all. A new filter is a folder with an `index.ts` and its
 * cases, and a line here; the command line, help, completions, MCP tools, docs, the laws and the case loops read this table. Where
 * `auto` should pick it, its kind of text gets a line in auto/index.ts too.
 */
const modules = {
  auto: () => import('./auto/index.ts'),
  'crush-json': () => import('./crush-json/index.ts'),
  log: () => import('./log/index.ts'),
  search: () => import('./search/index.ts'),
  diff: () => import('./diff/index.ts'),
  table: () => import('./table/index.ts'),
  report: () => import('./report/index.ts'),
  xml: () => import('./xml/index.ts'),
  snapshot: () => import('./snapshot/index.ts'),
  html: () => import('./html/index.ts'),
  kompress: () => import('./kompress/index.ts'),
  mixed: () => import('./mixed/index.ts'),
  'min-code': () => import('./min-code/index.ts'),
  trim: () => import('./trim/index.ts'),
} satisfies Record<string, () => Promise<{ default: Filter }>>

export type FilterName = keyof typeof modules
export const filterNames = Object.keys(modules) as readonly FilterName[]

/** The filter of that name, or undefined. */
export async function filterOf(name: string): Promise<Filter | undefined> {
  return Object.hasOwn(modules, name) ? (await modules[name as FilterName]()).default : undefined
}

/** All of them, in the order of the table. */
export const allFilters = (): Promise<readonly Filter[]> =>
  Promise.all(Object.values(modules).map(async load => (await load()).default))
