/** What is left out, by node. */
export interface Cuts {
  /** The marker that stands for the children from this one to `last`, if they are left out. */
  run(node: number): { readonly marker: string; readonly last: number } | undefined
  /** The marker that stands for the text of this element, or for this comment. */
  inside(node: number): string | undefined
}

export const NO_CUTS: Cuts = { run: () => undefined, inside: () => undefined }
