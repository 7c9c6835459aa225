/** A file that the binary embeds: importing it gives the path to read it from. */
declare module '*.bin' {
  const path: string
  export default path
}
declare module '*.zst' {
  const path: string
  export default path
}
