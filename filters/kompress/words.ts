/**
 * English function words: what a reader restores when it is gone (articles, auxiliaries, most pronouns and prepositions), and what
 * carries relations and must stay. Own lists; notes on what readers managed without them stand with the rules that use them.
 */

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** All function words, for telling English from other text by their share. */
export const FUNCTION_WORDS = set(
  'a an the of to in on at by for with from as and or but that which who whom whose this these those it its is are was were be been being am has have had having do does did will would shall should can could may might must not no nor so if then than there here when where while because since until before after although though unless about into onto upon over under between through during without within against their his her our your my mine they them he she we you i him us me what how why all any some each every both few more most other such only own same just very too also up down out off again further once one two let us',
)
