/** What a question asks for by its kind, where it does not say which one: `which numbers`, `who was there`, `what was decided`. */
export interface Roles {
  readonly decisions: boolean
  readonly numbers: boolean
  readonly names: boolean
  readonly identifiers: boolean
}

export const NO_ROLES: Roles = { decisions: false, numbers: false, names: false, identifiers: false }

export function rolesOf(question: string | undefined): Roles {
  if (!question) return NO_ROLES
  const names = (role: keyof Roles) => question.search(KINDS[role]) >= 0
  return {
    decisions: names('decisions'),
    numbers: names('numbers'),
    names: names('names'),
    identifiers: names('identifiers'),
  }
}

const KINDS: Readonly<Record<keyof Roles, RegExp>> = {
  decisions:
    /\b(?:deci(?:de|sion)\w*|requir\w*|agree\w*|resol(?:ve|ution)\w*|conclu\w*|action items?|next steps|to-?dos?|obligat\w*|deadlines?|recommend\w*|vot(?:e[ds]?|ing)|consensus|must)\b/gi,
  numbers:
    /\b(?:numbers?|numeric|figures?|amounts?|quantit(?:y|ies)|how (?:many|much|long|often|old|far|big|large|high)|counts?|percent\w*|rates?|dates?|versions?|prices?|costs?|totals?|thresholds?|limits?)\b/gi,
  names:
    /\b(?:who|whom|whose|names?|named|persons?|people|entit(?:y|ies)|compan(?:y|ies)|organi[sz]ations?|places?)\b/gi,
  identifiers:
    /\b(?:identifiers?|functions?|symbols?|variables?|commands?|flags?|parameters?|inline|class(?:es)?|fields?|paths?)\b/gi,
}

/**
 * A question without the words that say what kind of thing is asked for and not which one: `the last line that mentions foo` is after
 * `foo`. What texts of any kind hold by the dozen (lines, values) would else be taken for hits.
 */
export const subjectOf = (question: string): string => question.replace(ABOUT_TEXT, ' ')

const ABOUT_TEXT =
  /\b(?:sentences?|lines?|rows?|entr(?:y|ies)|words?|tokens?|paragraphs?|sections?|texts?|documents?|files?|logs?|contexts?|chars|characters|shapes?|kinds?|its?|last|first|once|occurs?|random|values?|answers?|mention\w*|summar\w+|discuss\w*|talk\w*|meetings?)\b/gi

/** The same without the kinds of things that it names: what is left was chosen for this text. */
export const ownSubjectOf = (question: string): string =>
  Object.values(KINDS).reduce((rest, kind) => rest.replace(kind, ' '), subjectOf(question))
