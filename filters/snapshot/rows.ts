import type { Layout } from '../table/grid.ts'
import { rowLayout } from '../xml/rows.ts'
import { printShown } from './shown.ts'

/** Rows of nodes: `@ref`, `@url`, `@text`, `@attrs`, `@post`, and the name of the node itself. */
export const snapshotRows = (spec: string): Layout =>
  rowLayout(spec, (key, parts, name) => {
    const of = (part: string) => parts.find(({ name }) => name === part)?.value
    return printShown({
      key,
      names: name ? [name] : [],
      pre: of('attrs') ?? '',
      ref: of('ref') ?? '',
      post: of('post') ?? '',
      url: of('url') ?? '',
      text: of('text'),
    })
  })
