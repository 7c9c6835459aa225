/** In a source checkout everything lies where it is written; scripts/build.ts puts embedded-binary.ts in this file's place. */
export const embedded: Readonly<Record<string, string>> = {}
