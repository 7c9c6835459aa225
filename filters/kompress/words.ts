/**
 * English words by what they do in a sentence: those that a reader restores when they are gone, and those that carry relations and
 * must stay. Readers who were given texts without articles, auxiliaries, pronouns and most prepositions answered as well as from
 * the whole; what they missed in shorter texts were particles of verbs, agents and recipients, number words and because.
 */

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** Restored from the words around them. Guards in guards.ts keep those uses that carry a relation. */
export const RESTORED = set(
  'a an the of to in on at for with from as and that which this these those it its is are was were be been being am has have had having do does did their his her our your my they them he she we you i him us me so then there also just very too into onto upon',
)

/** Negations, duties, cause, condition and time, particles of verbs: without them a sentence says something else. */
export const RELATIONS = set(
  "not no nor never none nothing nobody neither without cannot can't couldn't won't wouldn't shouldn't don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't mustn't " +
    'must shall should only because since if unless until till before after although though whether except but or than instead despite unlike ' +
    'off out up down by within per against',
)

/** Modals, quantifiers, comparatives, questions and places: they stay while the words around them do. */
export const SOFT_RELATIONS = set(
  'my our your can could may might will would ought all any each every both either some several few fewer many much more most less least half enough other another same such own ' +
    'when while where whereas once over under above below between through during along across via about around toward towards behind beyond ' +
    'um uh uhm hmm mm er erm mhm basically actually really quite simply essentially literally obviously ' +
    'who whom whose what how why yet still already again first last next ago later earlier',
)

/** Those of them that are missed least. */
export const WEAK = set(
  'my our your can could will would ought might any such same via about around yet still already own another towards toward ' +
    'um uh uhm hmm mm er erm mhm basically actually really quite simply essentially literally obviously',
)

/** Without them a number or an amount says something else. */
export const COMPARES = set('more most less least fewer half enough other several few both either every')

/** Adverbs of degree and hedges. */
export const DEGREE = set(
  'fairly rather pretty extremely highly particularly especially generally usually typically probably perhaps maybe certainly definitely clearly indeed somewhat slightly relatively absolutely completely totally entirely truly merely somehow anyway oh ah please thanks thank hopefully unfortunately fortunately interestingly currently overall therefore thus moreover furthermore additionally',
)

/** Numbers in words. */
export const NUMBERS = set(
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen third quarter fourth fifth sixth seventh eighth ninth tenth twice double triple zero',
)

/** All function words, for telling English from other text by their share. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set([...RESTORED, ...RELATIONS, ...SOFT_RELATIONS])

/** Forms of be: with a participle behind them they say who did something and to whom it was done. */
export const BE = set('is are was were be been being am')

/** Participles of verbs that people both do and undergo: "Bo was told" and "Bo told" are not the same. */
export const UNDERGONE = set(
  'told asked given sent shown offered paid called invited informed promised taught assigned elected appointed fired hired replaced blamed attacked killed accused arrested charged sued chosen hit warned reminded notified moved seen heard met caught found left lost beaten helped trained advised contacted interviewed instructed ordered allowed forced owed sold lent granted denied refused awarded born based',
)

/** Verbs that take on, in or to as a part of themselves. */
export const PHRASAL = set(
  'turn turns turned turning log logs logged logging sign signs signed signing switch switches switched switching check checked plug plugged put puts take takes took hold held carry carries carried go goes going went opt opted kick kicked step stepped add added adds give gave given hand handed pass passed bring brought come came',
)

/** Words after which of or for says a part: one of nine, none of them, half of it. */
export const PARTS = set(
  'one two three four five six seven eight nine ten none all any some most many few half each both either neither several least part out instead because ahead',
)

export const MODALS = set('can could may might must shall should will would to not')

/** What opens a noun. */
export const DETERMINERS = set('the a an his her their our my your its him them us me all each no more some any many')

/** What transcribers note of the sound of speech. */
export const SOUNDS =
  /^[{[(](?:disfmarker|(?:non)?vocalsound|pause|gap|laughs?|laughter|coughs?|sighs?|breath)[)}\]][.,]?$/

/** A turn that only says that its speaker listens. */
export const LISTENING =
  /^(?:[A-Z][\w.'’-]{0,30}(?: [A-Z(][\w.'’()-]{0,30}){0,4} ?: *)?(?:(?:yeah|yep|yes|right|ok|okay|sure|oh|ah|um|uh|mm|hmm|mm-hmm|mmm|mhm|uh-huh|huh|hm|i see|good|great|cool|exactly|alright|all right|\{\w+\})[ .,!]*){1,4}$/i

/** Beginnings of words that decide, require or report a failure: their sentences keep their words longest. */
export const CUE =
  /^(?:must$|should$|shall$|requir|decid|decis|resol[uv]|agree|propos|action|consensus|vot(?:e|ing)|approv|reject|recommend|deadline|error|fail|never$|conclu|promis|deprecat)/
