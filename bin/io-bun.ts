import { BrokenPipe, type Io } from '../commands/command.ts'

/** The process as an Io under Bun and in the binary: bytes, EPIPE, nothing decided. */
export function ioOf(embedded: Io['embedded']): Io {
  const stdout = Bun.stdout.writer()
  return {
    env: process.env,
    embedded,
    get stdin() {
      return Bun.stdin.stream()
    },
    async isTerminal(stream) {
      const { isatty } = await import('node:tty')
      return isatty(stream === 'stdin' ? 0 : 1)
    },
    async write(chunk) {
      try {
        await stdout.write(chunk)
        await stdout.flush()
      } catch (cause) {
        throw (cause as NodeJS.ErrnoException).code === 'EPIPE' ? new BrokenPipe('stdout is closed', { cause }) : cause
      }
    },
    warn: line => console.error(`headroom: ${line}`),
    open: path => Bun.file(path).stream(),
  }
}
