import { type Cut, linesOf } from './repeats.ts'

/** Licence texts, tables of contents, quoted history and signatures of mails: known, derivable, or shown elsewhere. */
export function boilerplate(lines: readonly string[]): Cut[] {
  return [...licences(lines), ...contents(lines), ...mailTails(lines)].filter(({ from, to }) => to - from >= 3)
}

const LICENCE_OPENS =
  /Permission is hereby granted, free of charge|Redistribution and use in source and binary forms|Licensed under the Apache License|is free software[:;] you can redistribute it|GNU (?:LESSER |AFFERO )?GENERAL PUBLIC LICENSE|Permission to use, copy, modify,? and(?:\/or)? distribute/i
const LICENCE_GOES_ON =
  /warrant|liab|copyright|licen[sc]e|redistribut|permission|damages|merchantab|fitness|condition|provided|contributors|notice|software|arising|infring/i

/** A licence inside another document, its first line kept. A document that is a licence is left alone. */
function licences(lines: readonly string[]): Cut[] {
  const cuts: Cut[] = []
  for (let i = 0; i < lines.length; i++) {
    if (!LICENCE_OPENS.test(lines[i]!.slice(0, 400))) continue
    const to = licenceEnd(lines, i)
    if (to - i < lines.length / 2)
      cuts.push({ from: i + 1, to, what: `${linesOf(i + 1, to)}: licence text`, rule: 'licence' })
    i = to
  }
  return cuts
}

/** Paragraphs go on being licence while they use its words. */
function licenceEnd(lines: readonly string[], start: number): number {
  let end = start
  for (let i = start; i < lines.length && i - start < 400; ) {
    let next = i
    while (next < lines.length && lines[next]!.trim() !== '') next++
    const words = lines.slice(i, next).filter(line => LICENCE_GOES_ON.test(line)).length
    if (words < (next - i) / 2 || /^\s*(?:#|```)/.test(lines[i] ?? '')) break
    end = next
    while (next < lines.length && lines[next]!.trim() === '') next++
    i = next
  }
  return end
}

/** Six lines at least that are each a link into this document. */
function contents(lines: readonly string[]): Cut[] {
  const cuts: Cut[] = []
  for (let i = 0; i < lines.length; i++) {
    let to = i
    while (to < lines.length && /^\s*(?:[-*+]|\d+\.) +\[.*\]\(#[^)]*\)\s*$/.test(lines[to]!)) to++
    if (to - i >= 6) cuts.push({ from: i, to, what: `${linesOf(i, to)}: table of contents`, rule: 'contents' })
    i = Math.max(i, to - 1)
  }
  return cuts
}

/** In mails: what is quoted from earlier ones, two lines of it kept, and signatures. */
function mailTails(lines: readonly string[]): Cut[] {
  if (!lines.some(line => line.length < 400 && MAIL.test(line))) return []
  const cuts: Cut[] = []
  for (let i = 0; i < lines.length; i++) {
    let to = i
    if (lines[i] === '-- ' || lines[i] === '-- \r') {
      while (to < lines.length && to - i < 16 && lines[to]!.trim() !== '') to++
      cuts.push({ from: i, to, what: `${linesOf(i, to)}: signature`, rule: 'signature' })
    } else if (lines[i]!.startsWith('>')) {
      while (to < lines.length && lines[to]!.startsWith('>')) to++
      cuts.push({ from: i + 2, to, what: `${linesOf(i + 2, to)}: quoted`, rule: 'quoted history' })
    }
    i = Math.max(i, to - 1)
  }
  return cuts
}

const MAIL = /^(?:On .{5,200} wrote:|-+ ?Original Message ?-+|Message-ID: <|In-Reply-To: <)/i
