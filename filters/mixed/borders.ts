/**
 * Lines between two texts that were put one after the other: a shell's prompt with a command, the headings of `head` and `tail`,
 * of scripts (`== git diff ==`), the speakers and tags of conversations. pytest's rules, as wide as the screen, are none.
 */
export const isBorder = (line: string): boolean => line.length < 300 && BORDERS.some(border => border.test(line))

const BORDERS: readonly RegExp[] = [
  /^(?:\$|❯|➜|»|%) \S|^\[?[\w.-]{1,40}@[\w.-]{1,60}[: ][^$#%\n]{0,100}[$#%] \S|^PS [A-Z]:\\[^>]{0,100}> ?\S|^\+ (?:\w+=\S+ )?[a-z][\w./-]{1,40}(?: |$)/,
  /^==> .{1,200} <==$/,
  /^(={2,6}|-{2,6}|#{2,6}|\*{2,6}|~{2,6}) \S.{0,200}? \1$/,
  /^[#*_>[<({ -]{0,6}(?:user|human|assistant|system|agent|tool|tool[ _-]?(?:use|call|result|output)s?|function[ _-]?(?:call|result)s?|command|cmd|input|output|stdout|stderr|result|response|observation|logs?)\b[\w .-]{0,40}[\])}>*_]{0,3}:/i,
  /^<\/?[a-z]+(?:[_-][a-z]+){0,4}(?: [\w-]+="[^"<>]{0,200}"){0,5}>$/,
]
