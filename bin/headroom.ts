#!/usr/bin/env bun
import { main } from '../commands/main.ts'
import { embedded } from './embedded.ts'
import { ioOf } from './process.ts'

process.exitCode = await main(process.argv.slice(2), ioOf(process, embedded))
process.stdin.destroy()
