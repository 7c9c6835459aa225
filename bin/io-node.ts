import { open } from 'node:fs/promises'
import { BrokenPipe, type Io } from '../commands/command.ts'
import { talkTo } from './talk.ts'

/** The process as an Io under Node: bytes, EPIPE, nothing decided. */
export function ioOf(embedded: Io['embedded']): Io {
  const talk = talkTo(line => process.stderr.write(`${line}\n`))
  return {
    env: process.env,
    embedded,
    get stdin() {
      return process.stdin
    },
    self: [process.execPath, process.argv[1]!],
    isTerminal: async stream => process[stream].isTTY === true,
    write,
    warn: line => talk.warn(line),
    open: readChunks,
  }
}

function write(chunk: Uint8Array | string): Promise<void> {
  const { stdout } = process
  return new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException) =>
      reject(cause.code === 'EPIPE' ? new BrokenPipe('stdout is closed', { cause }) : cause)
    stdout.once('error', fail)
    stdout.write(chunk, cause => {
      stdout.off('error', fail)
      if (cause) fail(cause)
      else resolve()
    })
  })
}

const CHUNK = 256 * 1024

async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path)
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}
