/** Lines that are left out: by their indices, the end exclusive. */
export interface Cut {
  readonly first: number
  readonly end: number
  /** What they are: `7 lines`. */
  readonly what: string
  /** Why they go, for explain. */
  readonly rule: string
  /** Where the diff goes on: a reader's aid behind the marker that decoding skips. */
  readonly cue?: string
}
