import { createConsola } from 'consola/core'

/** Talk to the user by consola, each line under the program's name. consola's own reporters would take 8 ms of every start. */
export const talkTo = (print: (line: string) => void) =>
  createConsola({ level: 3, reporters: [{ log: ({ args }) => print(`headroom: ${args.join(' ')}`) }] })
