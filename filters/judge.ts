import { bytesOf, textOf } from '../ccr/text.ts'
import { expand } from './expand.ts'
import type { Filter } from './filter.ts'
import { filterOf } from './index.ts'
import { foundBy, namedBy, shown } from './wanted.ts'

/** How much of what a question asks for a rewrite shows. */
export type Judge = (rewrite: string, filter: Filter) => Promise<{ readonly shown: number; readonly of: number }>

/** The judge of rewrites of `text`: by what the question names, else by what it surely describes, where the filter does not look for that itself. */
export function judgeOf(query: string, text: string): Judge {
  const named = namedBy(query, text)
  const described = named.length > 0 ? [] : foundBy(query, text)
  return async (rewrite, filter) => {
    const wanted = filter.answers ? named : [...named, ...described]
    if (wanted.length === 0) return { shown: 0, of: 0 }
    // As it stands, and as one who knows its notation reads it.
    const { bytes } = await expand(bytesOf(rewrite), name => (name === filter.name ? filter : filterOf(name)))
    return { shown: shown([rewrite, textOf(bytes)], wanted, text), of: wanted.length }
  }
}
