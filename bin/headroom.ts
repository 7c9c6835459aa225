#!/usr/bin/env node
import { main } from '../commands/main.ts'
import { embedded } from './embedded.ts'

// Bun's own streams start in a fraction of the 13 ms that its node:stream copies take.
const { ioOf } = typeof Bun === 'undefined' ? await import('./io-node.ts') : await import('./io-bun.ts')
// Every write has been waited for; what is still open (a pipe that nobody ends, the store) must not hold the process.
process.exit(await main(process.argv.slice(2), ioOf(embedded)))
