/** Builds what npm publishes, plain ESM with types, into dist/npm: the compiler's output, the rank tables and grammars beside it. */
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const out = join(root, 'dist/npm')
rmSync(out, { recursive: true, force: true })
execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
const grammars = readdirSync(join(root, 'models/grammars')).filter(name => name.endsWith('.zst'))
for (const file of [
  'models/tokenizer/o200k_base.bin',
  'models/tokenizer/cl100k_base.bin',
  ...grammars.map(name => `models/grammars/${name}`),
])
  cpSync(join(root, file), join(out, file))
chmodSync(join(out, 'bin/headroom.js'), 0o755)
