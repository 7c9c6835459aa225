/** Builds dist/headroom, one file with everything in it, for this machine or for `--target bun-darwin-arm64` and the like. */
import { mkdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { BunPlugin } from 'bun'

const root = resolve(import.meta.dir, '..')
const target = flag('--target') ?? `bun-${process.platform}-${process.arch}`
const outfile = resolve(root, flag('--outfile') ?? 'dist/headroom')

/** Swaps modules that differ in the binary: embedded files have other paths, and only the target's SQLite may be in it. */
const swaps: BunPlugin = {
  name: 'swaps',
  setup(build) {
    build.onResolve({ filter: /^\.\/embedded\.ts$/ }, () => ({ path: resolve(root, 'bin/embedded-binary.ts') }))
  },
}

mkdirSync(resolve(root, 'dist'), { recursive: true })
const result = await Bun.build({
  entrypoints: [resolve(root, 'bin/headroom.ts')],
  compile: { target: target as Bun.Build.CompileTarget, outfile },
  target: 'bun',
  format: 'esm',
  minify: true,
  splitting: true,
  bytecode: true,
  define: { HEADROOM_COMMIT: JSON.stringify(commit()), HEADROOM_MUSL: String(target.endsWith('-musl')) },
  plugins: [swaps],
})
for (const log of result.logs) console.error(String(log))
if (!result.success) process.exit(1)
console.error(`${outfile}: ${(statSync(outfile).size / 1e6).toFixed(1)} MB for ${target}`)

function flag(name: string): string | undefined {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}

function commit(): string {
  const { stdout, exitCode } = Bun.spawnSync(['git', 'rev-parse', '--short', 'HEAD'], { cwd: root })
  return exitCode === 0 ? stdout.toString().trim() : 'unknown'
}
