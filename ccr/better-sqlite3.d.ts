/** What the store uses of better-sqlite3 13 (it ships no types): its entries that name a prebuilt binary. */
declare module 'better-sqlite3/*' {
  type Value = string | number | bigint | Uint8Array | null
  export interface Statement {
    run(...values: Value[]): { readonly changes: number; readonly lastInsertRowid: number | bigint }
    get(...values: Value[]): unknown
    all(...values: Value[]): unknown[]
  }
  export default class Database {
    /** `timeout`: milliseconds to wait for another process's lock. */
    constructor(file: string, options?: { timeout?: number })
    readonly inTransaction: boolean
    prepare(sql: string): Statement
    exec(sql: string): this
    close(): this
  }
}
