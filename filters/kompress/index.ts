import { type Filter, pass } from '../filter.ts'

const kompress: Filter = {
  name: 'kompress',
  summary: 'Text of any kind: fold what is repeated, leave out the words that a reader restores',
  options: {},
  unit: 'document',
  fits: () => 0,
  apply: () => pass('nothing-to-cut'),
}
export default kompress
