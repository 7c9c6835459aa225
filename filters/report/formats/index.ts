import type { Format } from '../report.ts'
import { cargo } from './cargo.ts'
import { flutter } from './flutter.ts'
import { goJson } from './go-json.ts'
import { goText } from './go-text.ts'
import { jsonDocument } from './json-document.ts'
import { junit } from './junit.ts'
import { maven } from './maven.ts'
import { ctest, dotnet, googletest, xctest } from './native.ts'
import { nodeTest } from './node-test.ts'
import { tap } from './tap.ts'
import { gradle, jest, mocha, playwright, pytest, unittest } from './text.ts'

/** All formats, the surest signs first. A new one is a file that exports a Format, and a line here. */
export const formats: readonly Format[] = [
  junit,
  jsonDocument,
  goJson,
  flutter,
  cargo,
  tap,
  nodeTest,
  pytest,
  unittest,
  goText,
  jest,
  mocha,
  playwright,
  gradle,
  maven,
  googletest,
  ctest,
  xctest,
  dotnet,
]
