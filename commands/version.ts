import manifest from '../package.json' with { type: 'json' }

declare const HEADROOM_COMMIT: string | undefined

/** `headroom 0.1.0 (3f9a1c2)`; scripts/build.ts fixes the commit, a source checkout says that it is one. */
export function versionLine(): string {
  const commit = typeof HEADROOM_COMMIT === 'string' ? HEADROOM_COMMIT : 'source'
  return `headroom ${manifest.version} (${commit})`
}
