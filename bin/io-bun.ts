import { gcAndSweep } from 'bun:jsc'
import { BrokenPipe, type Io } from '../commands/command.ts'
import { talkTo } from './talk.ts'

/** The process as an Io under Bun and in the binary: bytes, EPIPE, nothing decided. */
export function ioOf(embedded: Io['embedded']): Io {
  const stdout = Bun.stdout.writer()
  const talk = talkTo(line => console.error(line))
  return {
    env: process.env,
    embedded,
    get stdin() {
      return Bun.stdin.stream()
    },
    // In the binary argv[1] lies inside of it and cannot be started.
    self: Bun.main.startsWith('/$bunfs/') ? [process.execPath] : [process.execPath, Bun.main],
    async isTerminal(stream) {
      const { isatty } = await import('node:tty')
      return isatty(['stdin', 'stdout', 'stderr'].indexOf(stream))
    },
    async write(chunk) {
      try {
        await stdout.write(chunk)
        await stdout.flush()
      } catch (cause) {
        throw (cause as NodeJS.ErrnoException).code === 'EPIPE' ? new BrokenPipe('stdout is closed', { cause }) : cause
      }
    },
    warn: line => talk.warn(line),
    collect: () => void gcAndSweep(),
    open: path => Bun.file(path).stream(),
  }
}
