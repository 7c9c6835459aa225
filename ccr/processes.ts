import { readFileSync } from 'node:fs'

/** A process as the store remembers it. */
export interface ProcessRef {
  readonly pid: number
  /** Which boot of the machine and when in it the process began; '' where the system does not say. Pids are used again. */
  readonly began: string
}

/** Who asks, and who of those who asked before is still there. A port, so that tests can let processes end. */
export interface Processes {
  readonly own: ProcessRef
  /** When in doubt, yes. */
  isRunning(process: ProcessRef): boolean
}

/** The processes of this machine. */
export const systemProcesses: Processes = {
  get own() {
    return { pid: process.pid, began: beganOf(process.pid) }
  },
  isRunning({ pid, began }) {
    if (!exists(pid)) return false
    const now = beganOf(pid)
    return began === '' || now === '' || began === now
  },
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (cause) {
    // EPERM: it is there, and another user's.
    return (cause as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** proc(5): field 22 of stat is the start in clock ticks since boot; fields are counted behind the name, which may hold spaces. */
function beganOf(pid: number): string {
  if (process.platform !== 'linux') return ''
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${ticks}`
  } catch {
    return '' // No /proc, or the process has just ended: the pid alone must do.
  }
}
