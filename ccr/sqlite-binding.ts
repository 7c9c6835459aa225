import { readFileSync } from 'node:fs'
import type Database from 'better-sqlite3/linux-x64'
import { StoreError } from './store.ts'

/** `--define HEADROOM_MUSL=false` (or true) lets the build of a Linux binary embed one of the two prebuilt libraries, not both. */
declare const HEADROOM_MUSL: boolean | undefined

/**
 * SQLite for this platform. Each specifier is literal and each test stands where the bundler folds it, so that a binary embeds
 * only the library (2 MB) of its target. Throws a StoreError where there is none.
 */
export async function loadDatabase(): Promise<typeof Database> {
  const { platform, arch } = process
  if (process.platform === 'linux' && process.arch === 'x64')
    return (typeof HEADROOM_MUSL === 'undefined' ? onMusl() : HEADROOM_MUSL)
      ? (await import('better-sqlite3/linuxmusl-x64')).default
      : (await import('better-sqlite3/linux-x64')).default
  if (process.platform === 'linux' && process.arch === 'arm64')
    return (typeof HEADROOM_MUSL === 'undefined' ? onMusl() : HEADROOM_MUSL)
      ? (await import('better-sqlite3/linuxmusl-arm64')).default
      : (await import('better-sqlite3/linux-arm64')).default
  if (process.platform === 'darwin' && process.arch === 'x64')
    return (await import('better-sqlite3/darwin-x64')).default
  if (process.platform === 'darwin' && process.arch === 'arm64')
    return (await import('better-sqlite3/darwin-arm64')).default
  throw new StoreError(`store: no SQLite for ${platform}-${arch}; HEADROOM_STORE=off works without a store`)
}

/** Which C library this process runs on, told by its loader: libraries built for the other one do not load. */
function onMusl(): boolean {
  return readFileSync('/proc/self/maps', 'latin1').includes('/ld-musl-')
}
