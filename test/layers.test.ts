import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { Glob } from 'bun'

/** Which folders a folder may take values from; types are erased and free. `*` in front: only by `import()`. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  bin: ['commands', 'models'],
  commands: ['filters', 'ccr', 'models', 'evals', 'library', 'package.json'],
  evals: ['filters', 'ccr', 'models'],
  library: ['filters', 'ccr', 'models'],
  filters: ['ccr'],
  ccr: [],
  models: [],
}
/** Heavy modules, and the only files that may reach them, by `import()`. */
const LAZY: Record<string, readonly string[]> = {
  'ccr/sqlite.ts': ['commands/host.ts', 'library/host.ts'],
  'models/tree-sitter.ts': ['models/load.ts'],
  'jsonc-parser': ['commands/settings.ts', 'commands/config.ts'],
}

const root = join(import.meta.dir, '..')
const files = [...new Glob(`{${Object.keys(MAY_IMPORT).join(',')}}/**/*.ts`).scanSync(root)]
  .filter(file => !file.endsWith('.d.ts'))
  .sort()
const transpiler = new Bun.Transpiler({ loader: 'ts' })
const importsOf = (file: string) =>
  transpiler.scanImports(readFileSync(join(root, file), 'utf8').replace(/^#!.*/, '')).map(({ path, kind }) => ({
    kind,
    target: path.startsWith('.') ? normalize(join(dirname(file), path)) : path,
  }))

test('the project has the folders that this test knows', () => {
  expect(files.length).toBeGreaterThan(30)
})

for (const file of files)
  test(`${file} imports only what lies below it`, () => {
    const folder = file.split('/')[0]!
    for (const { target, kind } of importsOf(file)) {
      const lazy = LAZY[target]
      if (lazy)
        expect({ target, by: file, kind }).toEqual({
          target,
          by: lazy.find(known => known === file)!,
          kind: 'dynamic-import',
        })
      const into = target.split('/')[0]!
      if (/^[a-z-]+\//.test(target) && Object.hasOwn(MAY_IMPORT, into) && into !== folder)
        expect([...MAY_IMPORT[folder]!]).toContain(into)
    }
  })

test("only bin/ uses Bun's own APIs: all else runs on Node too", () => {
  const users = files.filter(
    file => !file.startsWith('bin/') && /\bBun\.|from 'bun/.test(readFileSync(join(root, file), 'utf8')),
  )
  expect(users).toEqual([])
})

test('better-sqlite3 is known to the SQLite driver alone', () => {
  const users = files.filter(file => importsOf(file).some(({ target }) => target.startsWith('better-sqlite3')))
  expect(users.filter(file => !file.startsWith('ccr/sqlite'))).toEqual([])
})
